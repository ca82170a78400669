"""Villages' conventions (hương ước, quy ước): loading the shipped ones, finding the section a question is about."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.language import syllables, terms
from bot.places.models import Village
from bot.places.sample import MARK
from bot.places.service import province
from knowledge_base.loader import CONTENT, ContentError
from knowledge_base.models import Convention, ConventionSection

KINDS = {
    "wedding": "đám cưới, việc cưới, cưới hỏi, cưới xin, thách cưới, ép cưới, tổ chức cưới, ăn hỏi, tảo hôn, kết hôn",
    "funeral": "đám ma, ma chay, việc tang, đám tang, nhà có tang, tang lễ, chôn cất, đưa tang, người mất, người chết",
    "environment": "rác, vệ sinh, môi trường, nước thải, nguồn nước, chuồng lợn, chuồng trâu, giữ rừng, chặt cây",
    "security": "an ninh, trật tự, trộm, đánh nhau, cờ bạc, đánh bạc, ma túy, say rượu, karaoke, mở loa, ồn ào",
    "contribution": "đóng góp, góp tiền, góp công, đóng tiền, thu tiền, đóng quỹ, thu quỹ, quỹ bản, quỹ thôn, thu chi",
    "learning": "khuyến học, đi học, học hành, bỏ học, học sinh, học bài",
    "grazing": "chăn thả, thả rông, chăn nuôi, trâu bò, gia súc, phá lúa, phá hoa màu, chăn dắt, thả trâu, thả bò",
    "keeping": "vi phạm, không làm theo, bị phạt, phạt tiền, phạt vạ, nộp phạt, xử phạt, nhắc nhở, biểu dương",
}
"""What sections speak of, each with the words people use for it."""
_NOISE = frozenset(
    syllables(
        "bản thôn tổ dân phố xã quy ước hương lệ làng của có là gì thế nào không được phải cho về trong ở mình nói"
    )
)


@dataclass(frozen=True)
class Found:
    """The convention in force, and the section a question is about."""

    convention: Convention
    section: ConventionSection


async def load_conventions(session: AsyncSession, directory: Path = CONTENT / "conventions") -> int:
    """Add the shipped sample conventions that are not there yet; how many. Raises ``ContentError``."""
    known = set(await session.execute(select(Convention.village_slug, Convention.version)))
    villages = set(await session.scalars(select(Village.slug)))
    added = 0
    for file, row in read(directory):
        _check(file, row, villages)
        if (row["village"], row["version"]) not in known:
            await _add(session, row)
            added += 1
    return added


def read(directory: Path = CONTENT / "conventions") -> list[tuple[str, dict[str, Any]]]:
    """The rows of every file in the folder as they stand, each with its file's name."""
    files = sorted(directory.glob("*.yml"))
    return [(file.name, row) for file in files for row in yaml.safe_load(file.read_text(encoding="utf-8")) or []]


async def in_force(session: AsyncSession, village_slug: str) -> Convention | None:
    """The village's newest recognised convention; a version nobody recognised is a draft, and not told."""
    of_village = select(Convention).where(Convention.village_slug == village_slug)
    recognised = of_village.where(Convention.recognised_on.is_not(None)).order_by(Convention.version.desc())
    return await session.scalar(recognised.limit(1))


async def sections(session: AsyncSession, convention: Convention) -> Sequence[ConventionSection]:
    """The convention's sections in order."""
    of_it = select(ConventionSection).where(ConventionSection.convention_id == convention.id)
    return (await session.scalars(of_it.order_by(ConventionSection.position))).all()


async def section_for(session: AsyncSession, village_slug: str, question: str) -> Found | None:
    """The section of the convention in force that the question is about; None when none clearly is, or none is held."""
    convention = await in_force(session, village_slug)
    if convention is None:
        return None
    section = best(await sections(session, convention), question, ignoring=_spelled(village_slug))
    return Found(convention, section) if section else None


async def answer(session: AsyncSession, village: Village, question: str) -> str:
    """What a resident of the village reads: the section asked about, the list of sections, or that none is held."""
    convention = await in_force(session, village.slug)
    if convention is None:
        where = await province(session)
        return not_held(village, sample=bool(where and where.sample))
    parts = await sections(session, convention)
    section = best(parts, question, ignoring=_spelled(village.slug))
    return told(village, convention, section) if section else contents(village, convention, parts)


def best(parts: Sequence[ConventionSection], question: str, ignoring: str = "") -> ConventionSection | None:
    """The section of the kind the question speaks of, otherwise the one that shares a telling pair of words with it.

    None when the convention has no such section: another one would be a wrong answer.
    """
    asked = _kinds_in(question)
    if asked:
        parts = [part for part in parts if part.kind in asked]
    pairs = _pairs(question, _NOISE | set(syllables(ignoring)))
    shared = {part.position: len(pairs & set(terms(f"{part.heading}. {part.text}"))) for part in parts}
    told_first = sorted(parts, key=lambda part: (-shared[part.position], part.position))
    return told_first[0] if told_first and (asked or shared[told_first[0].position]) else None


def _kinds_in(question: str) -> set[str]:
    """The kinds whose longest phrase in the question is the longest of all."""
    said = f" {' '.join(syllables(question))} "
    lengths = {
        kind: max((len(p) for p in _phrases(words) if f" {p} " in said), default=0) for kind, words in KINDS.items()
    }
    longest = max(lengths.values())
    return {kind for kind, length in lengths.items() if length == longest > 0}


def _phrases(words: str) -> list[str]:
    return [" ".join(syllables(phrase)) for phrase in words.split(",")]


def _pairs(question: str, ignored: Set[str]) -> set[str]:
    """Neighbouring folded syllables “a_b”; one alone says too little (“đất”, “dắt” and “đặt” are one when folded)."""
    return {term for term in terms(question) if "_" in term and not ignored & set(term.split("_"))}


def told(village: Village, convention: Convention, section: ConventionSection) -> str:
    """The section's words, after which convention it is and who recognised it."""
    return f"{_source(village, convention)}, mục “{section.heading}”: {section.text}"


def contents(village: Village, convention: Convention, parts: Sequence[ConventionSection]) -> str:
    """What the convention speaks of, to choose from."""
    return f"{_source(village, convention)} gồm các mục: {'; '.join(p.heading for p in parts)}. Bác muốn xem mục nào?"


def not_held(village: Village, *, sample: bool) -> str:
    """That we do not have the text; never that the village has none."""
    head = {"bản": "trưởng bản", "tổ dân phố": "tổ trưởng tổ dân phố"}.get(village.kind, "trưởng thôn")
    said = f"Tôi chưa có văn bản quy ước của {village.label}. Bác hỏi {head} hoặc UBND cấp xã để xem văn bản giúp tôi."
    return (MARK if sample else "") + said


def _source(village: Village, convention: Convention) -> str:
    adopted = f"dân thông qua ngày {_day(convention.adopted_on)}, " if convention.adopted_on else ""
    recognised = f"{convention.recognised_by_office} công nhận ngày {_day(convention.recognised_on)}"
    head = MARK if convention.sample else ""
    return f"{head}Quy ước {village.label}, phiên bản {convention.version} ({adopted}{recognised})"


def _day(day: date | None) -> str:
    return f"{day.day}/{day.month}/{day.year}" if day else "chưa rõ"


def _spelled(slug: str) -> str:
    return slug.replace("-", " ")


def _check(file: str, row: dict[str, Any], villages: set[str]) -> None:
    name = f"{file}: {row.get('village')} phiên bản {row.get('version')}"
    if row.get("village") not in villages:
        raise ContentError(f"{name}: no such village")
    if bool(row.get("recognised_on")) != bool(row.get("recognised_by")):
        raise ContentError(f"{name}: recognised_on and recognised_by go together")
    if unknown := {part.get("kind") for part in row["sections"]} - KINDS.keys():
        raise ContentError(f"{name}: unknown section kinds {unknown}")


async def _add(session: AsyncSession, row: dict[str, Any]) -> None:
    convention = Convention(
        village_slug=row["village"],
        version=row["version"],
        adopted_on=row["adopted_on"],
        recognised_on=row["recognised_on"],
        recognised_by_office=row["recognised_by"],
        sample=True,
    )
    session.add(convention)
    await session.flush()
    session.add_all(
        ConventionSection(convention_id=convention.id, position=position, **part)
        for position, part in enumerate(row["sections"], start=1)
    )
    await session.flush()
