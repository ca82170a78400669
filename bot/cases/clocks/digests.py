"""The daily digest: what an office has before it, written once on the morning of each of its working days.

After a standstill only today's is written: a digest of a morning that has passed helps nobody.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, cast, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.calendars.queries import calendars
from bot.cases.clocks.models import Clock, OfficeDigest
from bot.cases.clocks.queries import due_soon, overdue
from bot.cases.models import Case
from bot.clock import local
from bot.officials.models import Office

COUNTS = {
    "new": "Mới gửi, chờ tiếp nhận",
    "in_progress": "Đang giải quyết",
    "waiting_for_resident": "Chờ người dân bổ sung",
    "transferred": "Đã chuyển, chờ nơi nhận",
    "incoming": "Nơi khác chuyển đến, chờ nhận",
    "due_soon": "Sắp đến hạn",
    "overdue": "Quá hạn",
}
_STATES = {"new": "new", "received": "in_progress", "in_progress": "in_progress"} | {
    state: state for state in ("waiting_for_resident", "transferred")
}


async def write_digests(session: AsyncSession, at: datetime) -> int:
    """Today's digest for every office that is open by now and has none; how many were written."""
    known, today = await calendars(session), local(at).date()
    done = select(OfficeDigest.office_id).where(OfficeDigest.day == today)
    offices = await session.scalars(select(Office.id).where(Office.level != "front", Office.id.not_in(done)))
    openings = {office: known.of(office).opening(today) for office in offices}
    due = [office for office, opening in openings.items() if opening is not None and opening <= at]
    if not due:
        return 0
    counts = await counted(session, at)
    rows = [{"office_id": o, "day": today, "at": at, "counts": counts.get(o, dict.fromkeys(COUNTS, 0))} for o in due]
    written = insert(OfficeDigest).values(rows).on_conflict_do_nothing().returning(OfficeDigest.id)
    return len((await session.scalars(written)).all())


async def counted(session: AsyncSession, at: datetime) -> Mapping[int, dict[str, int]]:
    """By office how many of each kind there are now; offices with nothing are missing."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
    states = select(Case.office_id, Case.state, func.count()).where(Case.state.in_(_STATES))
    for office, state, number in await session.execute(states.group_by(Case.office_id, Case.state)):
        found[office][_STATES[state]] += number
    incoming = select(Case.to_office_id, func.count()).where(Case.state == "transferred").group_by(Case.to_office_id)
    late, soon = (_subjects(condition) for condition in (overdue(at), due_soon(at)))
    for name, query in (("incoming", incoming), ("due_soon", soon), ("overdue", late)):
        for at_office, number in (await session.execute(query)).all():
            found[at_office or 0][name] = number
    return dict(found)


def _subjects(condition: ColumnElement[bool]) -> Select[int, int]:
    """By office how many cases and requests have a clock like that."""
    subject = func.coalesce(cast(Clock.case_id, String), cast(Clock.data_request_id, String))
    return select(Clock.office_id, func.count(func.distinct(subject))).where(condition).group_by(Clock.office_id)
