"""Reads of the calendar: the general holidays under the province's own days, each office's hours."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.calendars.models import CalendarChange, CalendarDay, OfficeWeek
from bot.calendars.working_time import Calendar, Week
from bot.clock import VIETNAM
from bot.officials.holidays import is_holiday, is_worked_instead
from bot.officials.office_hours import PERIODS, WORKING_WEEKDAYS

USUAL_WEEK: Week = tuple(PERIODS if weekday in WORKING_WEEKDAYS else () for weekday in range(7))


@dataclass(frozen=True)
class Calendars:
    """One version of the calendar, for every office; ``version`` 0 before the first change."""

    version: int
    days: dict[date, bool]
    weeks: dict[int | None, Week]

    def special(self, day: date) -> bool | None:
        """What the province says of the day, else the government."""
        if day in self.days:
            return self.days[day]
        return True if is_worked_instead(day) else False if is_holiday(day) else None

    def of(self, office_id: int | None) -> Calendar:
        """The calendar of one office."""
        week = self.weeks.get(office_id) or self.weeks.get(None) or USUAL_WEEK
        return Calendar(week, self.special, VIETNAM)


KEPT = "calendars"
"""Where a session keeps what it has read."""
_kept: dict[UUID, Calendars] = {}
"""The version of the newest stamp seen by this process."""
_GENERAL = Calendars(0, {}, {})


async def calendars(session: AsyncSession) -> Calendars:
    """The calendar as it stands; read once in a unit of work, unless that changes it."""
    if KEPT not in session.info:
        session.info[KEPT] = await _newest(session)
    kept: Calendars = session.info[KEPT]
    return kept


async def _newest(session: AsyncSession) -> Calendars:
    newest = (
        await session.execute(
            select(CalendarChange.id, CalendarChange.stamp).order_by(CalendarChange.id.desc()).limit(1)
        )
    ).first()
    if newest is None:
        return _GENERAL
    if newest.stamp not in _kept:
        read = await _read(session, newest.id)
        _kept.clear()
        _kept[newest.stamp] = read
    return _kept[newest.stamp]


async def _read(session: AsyncSession, version: int) -> Calendars:
    days = select(CalendarDay).where(CalendarDay.change_id <= version).order_by(CalendarDay.change_id)
    named = {row.day: row.working for row in await session.scalars(days)}
    weeks = select(OfficeWeek).where(OfficeWeek.change_id <= version).order_by(OfficeWeek.change_id)
    hours = {row.office_id: week_from(row.hours) for row in await session.scalars(weeks)}
    return Calendars(
        version,
        {day: working for day, working in named.items() if working is not None},
        {office: week for office, week in hours.items() if week},
    )


async def changes(session: AsyncSession, limit: int = 100) -> list[tuple[CalendarChange, list[CalendarDay]]]:
    """The newest changes of the calendar with the days each names."""
    query = select(CalendarChange).order_by(CalendarChange.id.desc()).limit(limit)
    found = list(await session.scalars(query))
    days = select(CalendarDay).where(CalendarDay.change_id.in_([c.id for c in found])).order_by(CalendarDay.day)
    by_change: dict[int, list[CalendarDay]] = {}
    for row in await session.scalars(days):
        by_change.setdefault(row.change_id, []).append(row)
    return [(change, by_change.get(change.id, [])) for change in found]


def week_from(hours: list[list[list[str]]]) -> Week:
    """The week as the table stores it."""
    return tuple(
        tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in ranges) for ranges in hours
    )
