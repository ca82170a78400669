"""What the year leaves: every case accounted for, and the four figures that the province's targets are about."""

from collections.abc import AsyncIterator, Set
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.history import history, prove
from bot.cases.models import Case
from bot.cases.states import OPEN

LOST_REPORTERS = """
with recursive going_on as (
    select id as own, id, merged_into_id from cases
    union all
    select g.own, c.id, c.merged_into_id from going_on g join cases c on c.id = g.merged_into_id
)
select c.id from cases c join going_on g on g.own = c.id and g.merged_into_id is null
where not exists (
    select from case_reporters r
    where r.case_id = g.id and r.conversation_id = c.conversation_id and r.own_case_id = c.id
)
"""
"""Cases whose sender is no reporter of what their case became."""
WITHOUT_CLOCK = """
select id from cases c where state in ('new', 'received', 'in_progress', 'waiting_for_resident', 'transferred')
and not exists (
    select from case_clocks k where k.case_id = c.id and k.measure = 'settlement' and k.stopped_at is null
)
"""
STILL_RUNNING = """
select case_id from case_clocks k join cases c on c.id = k.case_id
where k.stopped_at is null and c.state in ('answered', 'closed', 'withdrawn', 'merged')
"""
REPLIED = """
select count(*), count(*) filter (where exists (
    select from case_entries e where e.case_id = c.id and e.act = 'answer'
)) from cases c where c.state not in ('withdrawn', 'merged')
"""
ON_TIME = """
select count(*), count(*) filter (where stopped_at <= due_at) from case_clocks
where measure = 'settlement' and (end_ = 'met' or (stopped_at is null and due_at < :at))
""".replace("end_", '"end"')
STARS = "select count(*), count(*) filter (where stars >= 4) from case_ratings"


@dataclass(frozen=True)
class Verdict:
    """Figures in per cent, and what lies behind them."""

    cases: int
    unaccounted: int
    replied_pct: float
    on_time_pct: float
    satisfaction_pct: float
    rated: int
    settled: int
    still_open: int
    faults: dict[str, int]

    @property
    def report(self) -> dict[str, float]:
        names = ("cases", "unaccounted", "replied_pct", "on_time_pct", "satisfaction_pct")
        return {name: getattr(self, name) for name in names}


async def judge(session: AsyncSession, sent: Set[UUID], at: object) -> Verdict:
    """Look at every case in the database; ``sent`` are the ids that residents were given."""
    held = set(await session.scalars(select(Case.id)))
    broken = {case_id async for case_id in _broken(session)}
    faults = {
        "lost": sent - held,
        "from nowhere": held - sent,
        "without a clock": set(await session.scalars(text(WITHOUT_CLOCK))),
        "a clock runs on": set(await session.scalars(text(STILL_RUNNING))),
        "a reporter lost": set(await session.scalars(text(LOST_REPORTERS))),
        "history not whole": broken,
    }
    settled, in_time = (await session.execute(text(ON_TIME), {"at": at})).one()
    wanted, replied = (await session.execute(text(REPLIED))).one()
    rated, content = (await session.execute(text(STARS))).one()
    return Verdict(
        cases=len(held),
        unaccounted=len(set().union(*faults.values())),
        replied_pct=_per_cent(replied, wanted),
        on_time_pct=_per_cent(in_time, settled),
        satisfaction_pct=_per_cent(content, rated),
        rated=rated,
        settled=settled,
        still_open=len(set(await session.scalars(select(Case.id).where(Case.state.in_(OPEN))))),
        faults={name: len(cases) for name, cases in faults.items()},
    )


async def _broken(session: AsyncSession) -> AsyncIterator[UUID]:
    """Cases whose history does not verify, or does not end where the case stands."""
    cases = (await session.scalars(select(Case).order_by(Case.id))).all()
    for case in cases:
        entries = await history(session, case)
        numbered = [entry.number for entry in entries] == list(range(1, case.version + 1))
        if prove(entries).broken_at or not numbered or entries[-1].to_state != case.state:
            yield case.id
        for entry in entries:
            session.expunge(entry)


def _per_cent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 100.0
