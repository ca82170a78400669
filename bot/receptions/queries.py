"""What comes next: reception days, dialogues, voter contacts and village meetings."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.officials.holidays import is_holiday
from bot.places.models import Commune, Village
from bot.receptions.models import Reception, ReceptionDay
from bot.receptions.schedule import Change, Holiday, Occurrence, occurrences


@dataclass(frozen=True)
class Meeting:
    """One day of a reception, with the place it belongs to (no commune: the province)."""

    reception: Reception
    commune: Commune | None
    village: Village | None
    occurrence: Occurrence

    @property
    def day(self) -> date:
        return self.occurrence.day

    @property
    def takes_place(self) -> bool:
        """False for a day that was cancelled or moved."""
        return self.occurrence.takes_place


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

    ``kind`` None: every kind. ``at`` is the local time of that first day: what has ended by then is left out. Days that
    were cancelled or moved are among them.
    """
    owner = Reception.commune_id.is_(None) if commune_id is None else Reception.commune_id == commune_id
    return await _meetings(session, _of_kind([owner], kind), on, days, at, holiday)


async def upcoming_everywhere(
    session: AsyncSession, kind: str, on: date, days: int = 45, *, at: time = time.min, holiday: Holiday = is_holiday
) -> list[Meeting]:
    """The meetings of one kind in the whole province, soonest first."""
    return await _meetings(session, _of_kind([], kind), on, days, at, holiday)


async def meetings_of(
    session: AsyncSession, reception_id: int, on: date, days: int = 45, *, at: time = time.min
) -> list[Meeting]:
    """The days of one reception, soonest first; none where there is no such reception."""
    return await _meetings(session, [Reception.id == reception_id], on, days, at, is_holiday)


def _of_kind(where: Sequence[ColumnElement[bool]], kind: str | None) -> list[ColumnElement[bool]]:
    return [*where, Reception.kind == kind] if kind else list(where)


async def _meetings(
    session: AsyncSession,
    where: Sequence[ColumnElement[bool]],
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
    rows = (await session.execute(query)).all()
    changes = await _changes(session, [reception.id for reception, _, _ in rows])
    meetings = [
        Meeting(reception, commune, village, occurrence)
        for reception, commune, village in rows
        for occurrence in occurrences(
            reception.rhythm, on, on + timedelta(days=days), holiday, changes.get(reception.id)
        )
        if occurrence.day > on or reception.to_time > at
    ]
    return sorted(meetings, key=lambda meeting: (meeting.day, meeting.reception.from_time, meeting.reception.slug))


async def _changes(session: AsyncSession, receptions: Sequence[int]) -> dict[int, dict[date, Change]]:
    found: dict[int, dict[date, Change]] = defaultdict(dict)
    for row in await session.scalars(select(ReceptionDay).where(ReceptionDay.reception_id.in_(receptions))):
        found[row.reception_id][row.day] = row.change
    return found
