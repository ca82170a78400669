"""Warnings: before the end to the office, after it to its leader, two working days later to the province.

Each is written once for each end of a clock, however often this runs and however long it did not.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.calendars.queries import calendars
from bot.calendars.working_time import Calendar, add
from bot.cases.clocks.models import CaseWarning, Clock
from bot.cases.clocks.queries import due_soon, overdue

NEAR, OVERDUE, ESCALATED = "near", "overdue", "escalated"
ESCALATE_AFTER = 2
"""Working days past the end."""


async def warn(session: AsyncSession, at: datetime) -> int:
    """Write every warning whose time has come; how many are new."""
    near = (await session.scalars(_unwarned(NEAR, due_soon(at)))).all()
    late = (await session.scalars(_unwarned(OVERDUE, overdue(at)))).all()
    later = await session.scalars(_unwarned(ESCALATED, overdue(at - timedelta(days=ESCALATE_AFTER))))
    known = await calendars(session)
    escalated = [c for c in later if _escalates(c, known.of(c.office_id), at)]
    rows = [
        {"clock_id": c.id, "office_id": c.office_id, "kind": kind, "due_at": c.due_at, "at": at}
        for kind, clocks in ((NEAR, near), (OVERDUE, late), (ESCALATED, escalated))
        for c in clocks
    ]
    if not rows:
        return 0
    written = insert(CaseWarning).values(rows).on_conflict_do_nothing().returning(CaseWarning.id)
    return len((await session.scalars(written)).all())


def _unwarned(kind: str, clocks: ColumnElement[bool]) -> Select[Clock]:
    """Those of the clocks without that warning."""
    return select(Clock).where(clocks, ~warned(kind)).order_by(Clock.due_at, Clock.id).limit(5000)


def warned(kind: str) -> ColumnElement[bool]:
    """Clocks with that warning of their present end."""
    query = select(CaseWarning.id).where(
        CaseWarning.clock_id == Clock.id, CaseWarning.kind == kind, CaseWarning.due_at == Clock.due_at
    )
    return query.exists()


def _escalates(clock: Clock, calendar: Calendar, at: datetime) -> bool:
    return add(clock.due_at, ESCALATE_AFTER * calendar.day, calendar) <= at
