"""Imported conventions: kept as drafts, confirmed by an official or thrown away; the only writers of conventions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.jobs import hold_lock
from bot.places.models import Village
from bot.places.service import province
from knowledge_base.conventions.kinds import LABELS
from knowledge_base.conventions.queries import sections
from knowledge_base.conventions.splitting import LONGEST_HEADING, split
from knowledge_base.models import Convention, ConventionSection


class ConventionRefused(ValueError):
    """The convention cannot be kept or confirmed; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class Recognition:
    """When the village adopted it, when and by whom the commune recognised it."""

    adopted_on: date | None = None
    recognised_on: date | None = None
    recognised_by: str | None = None


@dataclass(frozen=True)
class SectionEdit:
    """What an official made of a section: its kind and heading."""

    kind: str
    heading: str


async def keep_draft(
    session: AsyncSession, village: Village, file: str, text: str, recognition: Recognition, at: datetime
) -> Convention:
    """Keep the text as the village's next version, in sections, for an official to confirm. ``ConventionRefused``."""
    _check_days(recognition, at.date())
    parts = split(text)
    if not parts:
        raise ConventionRefused("Không tìm thấy nội dung nào trong tệp.")
    await hold_lock(session, f"convention:{village.slug}")
    newest = select(func.max(Convention.version)).where(Convention.village_slug == village.slug)
    served = await province(session)
    draft = Convention(
        village_slug=village.slug,
        version=(await session.scalar(newest) or 0) + 1,
        state="draft",
        source_file=file,
        imported_at=at,
        sample=bool(served and served.sample),
    )
    _set(draft, recognition)
    session.add(draft)
    await session.flush()
    session.add_all(
        ConventionSection(convention_id=draft.id, position=n, kind=part.kind, heading=part.heading, text=part.text)
        for n, part in enumerate(parts, start=1)
    )
    await session.flush()
    return draft


async def confirm(
    session: AsyncSession,
    draft: Convention,
    recognition: Recognition,
    edits: Mapping[int, SectionEdit],
    official_id: int | None,
    at: datetime,
) -> None:
    """Make the draft the village's convention from its day of recognition on; earlier versions stay as they are.

    ``edits`` by section id; a section without one stays as it was split. ``ConventionRefused``.
    """
    _check_draft(draft)
    _check_days(recognition, at.date())
    if not recognition.recognised_on or not recognition.recognised_by:
        raise ConventionRefused("Cần ngày công nhận và nơi công nhận. Chưa được công nhận thì để nguyên bản nháp.")
    for section in await sections(session, draft):
        if section.id in edits:
            _edit(section, edits[section.id])
    _set(draft, recognition)
    draft.state, draft.confirmed_at, draft.confirmed_by = "confirmed", at, official_id
    await session.flush()


async def discard(session: AsyncSession, draft: Convention) -> None:
    """Throw a draft away; a confirmed version is never deleted. ``ConventionRefused``."""
    _check_draft(draft)
    await session.execute(delete(Convention).where(Convention.id == draft.id))


def _check_draft(draft: Convention) -> None:
    if draft.state != "draft":
        raise ConventionRefused("Bản này đã được xác nhận, không sửa hay bỏ được nữa.")


def _check_days(given: Recognition, today: date) -> None:
    if bool(given.recognised_on) != bool(given.recognised_by):
        raise ConventionRefused("Ngày công nhận và nơi công nhận phải đi cùng nhau.")
    if any(day and day > today for day in (given.adopted_on, given.recognised_on)):
        raise ConventionRefused("Ngày thông qua, ngày công nhận không được ở tương lai.")
    if given.adopted_on and given.recognised_on and given.adopted_on > given.recognised_on:
        raise ConventionRefused("Ngày thông qua phải trước ngày công nhận.")


def _set(convention: Convention, given: Recognition) -> None:
    convention.adopted_on, convention.recognised_on = given.adopted_on, given.recognised_on
    convention.recognised_by_office = given.recognised_by


def _edit(section: ConventionSection, edit: SectionEdit) -> None:
    heading = edit.heading.strip()
    if edit.kind not in LABELS or not heading or len(heading) > LONGEST_HEADING:
        raise ConventionRefused(f"Mục {section.position}: cần chọn loại và đặt tên (tối đa {LONGEST_HEADING} ký tự).")
    section.kind, section.heading = edit.kind, heading
