"""Use cases of the calendar: a change is a new version, and what ran under the old one is told of both."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.calendars.models import CalendarChange, CalendarDay, OfficeWeek
from bot.calendars.queries import KEPT
from bot.calendars.working_time import Week, checked
from bot.db.jobs import hold_lock

LOCK = "calendar"


class CalendarRefused(ValueError):
    """The calendar cannot be changed so; the message says why, in Vietnamese."""


async def set_days(
    session: AsyncSession, days: Mapping[date, bool | None], *, note: str, official_id: int | None, at: datetime
) -> CalendarChange:
    """Days off (False), days worked (True), or as the general calendar says again (None); ``CalendarRefused``."""
    if not days:
        raise CalendarRefused("Chưa có ngày nào để đổi")
    change = await _change(session, note, official_id, at)
    session.add_all(CalendarDay(change_id=change.id, day=day, working=working) for day, working in days.items())
    await session.flush()
    return change


async def set_week(
    session: AsyncSession,
    week: Week | None,
    *,
    office_id: int | None,
    note: str,
    official_id: int | None,
    at: datetime,
) -> CalendarChange:
    """The hours of one office, or of all without their own; None takes the office's own away. ``CalendarRefused``."""
    try:
        hours = [[[f"{o:%H:%M}", f"{c:%H:%M}"] for o, c in ranges] for ranges in checked(week)] if week else []
    except ValueError as fault:
        raise CalendarRefused(str(fault)) from fault
    change = await _change(session, note, official_id, at)
    session.add(OfficeWeek(change_id=change.id, office_id=office_id, hours=hours))
    await session.flush()
    return change


async def _change(session: AsyncSession, note: str, official_id: int | None, at: datetime) -> CalendarChange:
    if not note.strip():
        raise CalendarRefused("Hãy ghi văn bản hoặc lý do đổi lịch")
    await hold_lock(session, LOCK)
    session.info.pop(KEPT, None)
    change = CalendarChange(at=at, official_id=official_id, note=note.strip())
    session.add(change)
    await session.flush()
    return change
