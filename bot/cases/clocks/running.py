"""What happens to one clock: started, paused, resumed, handed over, stopped, moved by a change of the calendar."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.calendars.queries import Calendars, calendars
from bot.calendars.working_time import add, between
from bot.cases.clocks.limits import WORKING_DAYS, Limit
from bot.cases.clocks.models import Clock, ClockMove
from bot.cases.clocks.queries import runs
from bot.officials.models import Office


async def start(session: AsyncSession, limit: Limit, office: Office, at: datetime, **subject: object) -> Clock:
    """A new running clock of the office; ``subject`` is its ``case_id`` or ``data_request_id``."""
    known = await calendars(session)
    calendar = known.of(office.id)
    due = limit.due(at, calendar)
    clock = Clock(
        office_id=office.id,
        level=office.working_level,
        measure=limit.measure,
        amount=limit.amount,
        unit=limit.unit,
        basis=limit.basis,
        pauses=limit.pauses,
        calendar_version=known.version,
        started_at=at,
        due_at=due,
        warn_at=limit.warn(due, calendar, at),
        **subject,
    )
    session.add(clock)
    return clock


async def pause(session: AsyncSession, clock: Clock, at: datetime) -> None:
    """The clock stands still, if its limit lets it; its end will be as far away when it runs on."""
    if not clock.pauses or clock.paused_at:
        return
    clock.left = between(at, clock.due_at, (await calendars(session)).of(clock.office_id))
    clock.paused_at = at
    _moved(session, clock, at, "paused", clock.due_at)


async def resume(session: AsyncSession, clock: Clock, at: datetime) -> None:
    """The clock runs on with the time that was left; an end that had passed stays where it was."""
    if clock.paused_at is None:
        return
    before, was_open = clock.due_at, clock.paused_at < clock.due_at
    if was_open:
        known = await calendars(session)
        _aim(clock, add(at, clock.left or timedelta(), known.of(clock.office_id)), known, at)
    clock.paused_at = clock.left = None
    _moved(session, clock, at, "resumed", before)


async def stop(session: AsyncSession, clock: Clock, at: datetime, end: str) -> None:
    """The clock has done its work."""
    await resume(session, clock, at)
    clock.stopped_at, clock.end = at, end


async def calendar_changed(session: AsyncSession, before: Calendars, after: Calendars, at: datetime) -> int:
    """Aim running clocks anew; how many ends moved.

    The time left now, by the calendar that held, is what is left by the new one: what has passed stays passed, an end
    already missed or met stays where it was, and a paused clock meets the new calendar when it runs on.
    """
    running = select(Clock).where(runs(), Clock.due_at > at, Clock.unit == WORKING_DAYS)
    moved = 0
    for clock in await session.scalars(running.order_by(Clock.id).with_for_update()):
        was = clock.due_at
        left = between(at, was, before.of(clock.office_id))
        _aim(clock, add(at, left, after.of(clock.office_id)), after, at)
        if clock.due_at != was:
            moved += 1
            _moved(session, clock, at, "calendar", was)
    await session.flush()
    return moved


def extend(session: AsyncSession, clock: Clock, by: timedelta, at: datetime) -> None:
    """A later end, by calendar days."""
    before = clock.due_at
    clock.due_at, clock.warn_at = before + by, clock.warn_at + by
    _moved(session, clock, at, "extended", before)


def _aim(clock: Clock, due: datetime, known: Calendars, at: datetime) -> None:
    clock.due_at, clock.calendar_version = due, known.version
    clock.warn_at = clock.limit.warn(due, known.of(clock.office_id), at)


def _moved(session: AsyncSession, clock: Clock, at: datetime, reason: str, before: datetime) -> None:
    session.add(ClockMove(clock_id=clock.id, at=at, reason=reason, due_before=before, due_after=clock.due_at))
