"""From a resident's question to what is told of a village's convention, or which village is meant."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.language import fold, syllables
from bot.places.models import Commune, Village
from bot.places.service import Place, communes, places_named, province
from knowledge_base.conventions import wording
from knowledge_base.conventions.asking import asks_law, asks_one_thing, follows_up, names_convention, own_village
from knowledge_base.conventions.choosing import best
from knowledge_base.conventions.kinds import LABELS, kinds_in
from knowledge_base.conventions.queries import in_force, sections, villages_with_text
from knowledge_base.models import Convention, ConventionSection

SHOWN_PLACES = 8
NAMING = 9
"""Syllables of a message that only names a village: “tổ dân phố 2 phường Hoa Ngàn ạ”."""
TOPIC = "convention"
WHICH_VILLAGE = "Bác hỏi quy ước của bản (thôn, tổ dân phố) nào, xã nào? Bác bấm chọn, hoặc nhắn tên giúp tôi."
NO_FINE = "Mục này không ghi mức phạt nào."


@dataclass(frozen=True)
class Question:
    """What was said, and what the talk already tells about where the resident lives."""

    words: str
    topic: str | None = None
    chosen: dict[str, Any] = field(default_factory=dict)
    """Of a pressed button: ``section`` (id), ``village`` or ``commune`` (slugs), ``about`` (a kind, or empty)."""
    place_said: str = ""
    """What was heard as a place's name."""
    spoken_of: str | None = None
    """Slug of the village whose convention the talk is about."""
    awaited: str | None = None
    """What was asked of a village not named yet: a kind, or empty for all; None when none is awaited."""
    report_village: int | None = None
    commune: int | None = None


@dataclass(frozen=True)
class Choice:
    """A button: its label and the ``chosen`` of the next question."""

    label: str
    chosen: dict[str, Any]


@dataclass(frozen=True)
class Told:
    """A reply: what it says, what may be chosen next, and what the talk is about from now on."""

    text: str
    more: str | None = None
    choices: tuple[Choice, ...] = ()
    village: str | None = None
    awaited: str | None = None
    section: int | None = None
    asks: bool = False
    """Whether it asks which village is meant."""


async def tell(session: AsyncSession, question: Question, on: date) -> Told | None:
    """What is told of a village's convention; None when the question is not about one."""
    if "section" in question.chosen:
        return await _section_chosen(session, int(question.chosen["section"]))
    if not await _is_ours(session, question):
        return None
    places = await _meant(session, question)
    about = _about(question)
    if len(places) == 1 and places[0].village:
        return await _of_village(session, places[0].village, question, about, on)
    return await _ask_village(session, places, about, on)


async def offers_own(session: AsyncSession, question: Question, on: date) -> Choice | None:
    """The way from the law on conventions to the text of one's own village; None where no text is held."""
    if question.topic != TOPIC or not await villages_with_text(session, on):
        return None
    return Choice("Xem quy ước bản tôi", {"about": _about(question)})


async def _is_ours(session: AsyncSession, question: Question) -> bool:
    if question.chosen.keys() & {"village", "commune", "about"}:
        return True
    words = question.words
    spoken = question.topic == TOPIC or names_convention(words)
    named = await _named(session, question)
    if question.awaited is not None and named and len(syllables(words)) <= NAMING:
        return not asks_law(words)
    if question.spoken_of and follows_up(words) and kinds_in(words):
        return not asks_law(words)
    return spoken and not asks_law(words) and bool(named or own_village(words) or question.place_said)


async def _meant(session: AsyncSession, question: Question) -> list[Place]:
    """The village that was chosen or named, else that of the talk or the report, else the commune of the talk."""
    if slug := question.chosen.get("village"):
        return await _village_places(session, Village.slug == str(slug))
    if slug := question.chosen.get("commune"):
        found = await session.scalar(select(Commune).where(Commune.slug == str(slug)))
        return [Place(found, None)] if found else []
    if named := await _named(session, question):
        return named
    if question.spoken_of:
        return await _village_places(session, Village.slug == question.spoken_of)
    if question.report_village:
        return await _village_places(session, Village.id == question.report_village)
    known = await session.get(Commune, question.commune) if question.commune else None
    return [Place(known, None)] if known else []


async def _named(session: AsyncSession, question: Question) -> list[Place]:
    return await places_named(session, f"{question.place_said} {question.words}")


async def _village_places(session: AsyncSession, wanted: Any) -> list[Place]:
    joined = select(Commune, Village).join(Village, Village.commune_id == Commune.id).where(wanted)
    return [Place(commune, village) for commune, village in await session.execute(joined)]


def _about(question: Question) -> str:
    """The kind that is asked for, or empty for the whole."""
    if "about" in question.chosen:
        return str(question.chosen["about"]) if question.chosen["about"] in LABELS else ""
    kinds = sorted(kinds_in(question.words))
    return kinds[0] if kinds else (question.awaited or "")


async def _of_village(session: AsyncSession, village: Village, question: Question, about: str, on: date) -> Told:
    convention = await in_force(session, village.slug, on)
    if convention is None:
        where = await province(session)
        return Told(wording.not_held(village, sample=bool(where and where.sample)), village=village.slug)
    parts = await sections(session, convention)
    words = question.words if not question.chosen else ""
    section = _of_kind(parts, about) if not kinds_in(words) and about else best(parts, words, _spelled(village))
    if section:
        return _section_told(village, convention, section, words)
    specific = bool(about) or asks_one_thing(words)
    text = wording.says_nothing(village, convention) if specific else wording.contents(village, convention, parts)
    return Told(text, choices=_section_choices(parts), village=village.slug)


async def _section_chosen(session: AsyncSession, section_id: int) -> Told | None:
    """The section behind a button, of whichever version it was shown from."""
    section = await session.get(ConventionSection, section_id)
    convention = await session.get(Convention, section.convention_id) if section else None
    if section is None or convention is None or convention.state != "confirmed":
        return None
    village = (await session.scalars(select(Village).where(Village.slug == convention.village_slug))).one()
    return _section_told(village, convention, section, "")


def _section_told(village: Village, convention: Convention, section: ConventionSection, words: str) -> Told:
    text, more = wording.told(village, convention, section)
    if " phat " in f" {fold(words)} " and "phat" not in fold(section.text).split():
        text = f"{text}\n{NO_FINE}"
    return Told(text, more, village=village.slug, section=section.id)


def _of_kind(parts: Sequence[ConventionSection], kind: str) -> ConventionSection | None:
    return next((part for part in parts if part.kind == kind), None)


def _section_choices(parts: Sequence[ConventionSection]) -> tuple[Choice, ...]:
    return tuple(Choice(part.heading, {"section": part.id}) for part in parts)


async def _ask_village(session: AsyncSession, places: Sequence[Place], about: str, on: date) -> Told:
    """Which village: those named, those of the commune, or first the commune; where texts are held comes first."""
    held = await villages_with_text(session, on)
    if len(places) > 1:
        choices = [Choice(place.choice, _chosen(place, about)) for place in places]
    elif places:
        of_it = select(Village).where(Village.commune_id == places[0].commune.id).order_by(Village.id)
        villages = sorted(await session.scalars(of_it), key=lambda village: village.slug not in held)
        choices = [Choice(village.label, {"village": village.slug, "about": about}) for village in villages]
    else:
        choices = [Choice(c.label, {"commune": c.slug, "about": about}) for c in await _communes_first(session, held)]
    return Told(WHICH_VILLAGE, choices=tuple(choices[:SHOWN_PLACES]), awaited=about, asks=True)


def _chosen(place: Place, about: str) -> dict[str, Any]:
    where = {"village": place.village.slug} if place.village else {"commune": place.commune.slug}
    return where | {"about": about}


async def _communes_first(session: AsyncSession, held: frozenset[str]) -> list[Commune]:
    """The communes, those with texts first."""
    with_text = set(await session.scalars(select(Village.commune_id).where(Village.slug.in_(held))))
    return sorted(await communes(session), key=lambda commune: commune.id not in with_text)


def _spelled(village: Village) -> str:
    return village.slug.replace("-", " ")
