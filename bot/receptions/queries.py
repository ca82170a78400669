"""What comes next: reception days, dialogues, voter contacts and village meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.officials.holidays import is_holiday
from bot.places.models import Commune, Village
from bot.receptions.models import Reception
from bot.receptions.schedule import Holiday, Occurrence, occurrences


@dataclass(frozen=True)
class Meeting:
    """One planned day of a reception, with the place it belongs to (no commune: the province)."""

    reception: Reception
    commune: Commune | None
    village: Village | None
    occurrence: Occurrence

    @property
    def day(self) -> date:
        return self.occurrence.day


async def upcoming(
    session: AsyncSession,
    commune_id: int | None,
    kind: str | None,
    on: date,
    days: int = 45,
    *,
    at: time = time.min,
    holiday: Holiday = is_holiday,
) -> list[Meeting]:
    """The meetings of the commune, or of the province itself without one, soonest first, for so many days ahead.

    ``kind`` None: every kind. ``at`` is the local time of that first day: what has ended by then is left out.
    """
    owner = Reception.commune_id.is_(None) if commune_id is None else Reception.commune_id == commune_id
    return await _planned(session, [owner], kind, on, days, at, holiday)


async def upcoming_everywhere(
    session: AsyncSession, kind: str, on: date, days: int = 45, *, at: time = time.min, holiday: Holiday = is_holiday
) -> list[Meeting]:
    """The meetings of one kind in the whole province, soonest first."""
    return await _planned(session, [], kind, on, days, at, holiday)


async def _planned(
    session: AsyncSession,
    where: Sequence[ColumnElement[bool]],
    kind: str | None,
    on: date,
    days: int,
    at: time,
    holiday: Holiday,
) -> list[Meeting]:
    query = (
        select(Reception, Commune, Village)
        .outerjoin(Commune, Commune.id == Reception.commune_id)
        .outerjoin(Village, Village.id == Reception.village_id)
        .where(*where)
    )
    rows = await session.execute(query if kind is None else query.where(Reception.kind == kind))
    meetings = [
        Meeting(reception, commune, village, occurrence)
        for reception, commune, village in rows
        for occurrence in occurrences(reception.rhythm, on, on + timedelta(days=days), holiday)
        if occurrence.day > on or reception.to_time > at
    ]
    return sorted(meetings, key=lambda meeting: (meeting.day, meeting.reception.from_time, meeting.reception.slug))
