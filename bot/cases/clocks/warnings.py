"""Warnings: before the end to the office, after it to its leader, two working days later to the province.

Each is written once for each end of a clock, however often this runs and however long it did not.
"""

from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.calendars.queries import calendars
from bot.calendars.working_time import Calendar, add
from bot.cases.clocks.models import CaseWarning, Clock

NEAR, OVERDUE, ESCALATED = "near", "overdue", "escalated"
ESCALATE_AFTER = 2
"""Working days past the end."""
ONLY_NEAR = frozenset({"passing_on"})
"""Its end matters only if the case is not ours: nobody's superior is told."""


async def warn(session: AsyncSession, at: datetime) -> int:
    """Write every warning whose time has come; how many are new."""
    near = list(await session.scalars(_unwarned(NEAR).where(Clock.warn_at <= at, Clock.due_at > at)))
    late = _unwarned(OVERDUE).where(Clock.due_at <= at, Clock.measure.not_in(ONLY_NEAR))
    overdue = list(await session.scalars(late))
    later = _unwarned(ESCALATED).where(
        Clock.due_at <= at - timedelta(days=ESCALATE_AFTER), Clock.measure.not_in(ONLY_NEAR)
    )
    known = await calendars(session)
    escalated = [c for c in await session.scalars(later) if _escalates(c, known.of(c.office_id), at)]
    rows = [
        {"clock_id": c.id, "office_id": c.office_id, "kind": kind, "due_at": c.due_at, "at": at}
        for kind, clocks in ((NEAR, near), (OVERDUE, overdue), (ESCALATED, escalated))
        for c in clocks
    ]
    if not rows:
        return 0
    written = insert(CaseWarning).values(rows).on_conflict_do_nothing().returning(CaseWarning.id)
    return len((await session.scalars(written)).all())


def _unwarned(kind: str) -> Select[Clock]:
    """Running clocks without that warning of their present end."""
    warned = select(CaseWarning.id).where(
        CaseWarning.clock_id == Clock.id, CaseWarning.kind == kind, CaseWarning.due_at == Clock.due_at
    )
    running = select(Clock).where(Clock.stopped_at.is_(None), Clock.paused_at.is_(None), ~warned.exists())
    return running.order_by(Clock.due_at, Clock.id).limit(5000)


def _escalates(clock: Clock, calendar: Calendar, at: datetime) -> bool:
    return add(clock.due_at, ESCALATE_AFTER * calendar.day, calendar) <= at
