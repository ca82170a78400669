"""Two cases about the same thing become one: every reporter is kept, told in their own channel, shown to nobody."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.changes import Change, change, lock, parts_of
from bot.cases.history import Written, append
from bot.cases.models import Case, CaseReporter
from bot.cases.rules import Act, NotAllowed, Step, Who
from bot.cases.states import OPEN
from bot.cases.telling import tell
from bot.cases.wording import Told
from bot.officials.models import Official


async def merge(
    session: AsyncSession, case: Case, into: Case, doer: Official, at: datetime, *, seen: int | None = None
) -> Change:
    """Go on with ``into`` alone; ``case`` ends as its duplicate and its reporters are told about ``into`` from now on.

    ``NotAllowed`` unless the official has charge of both and both are open; ``Overtaken`` as ``change`` does.
    """
    await lock(session, case, into)
    await _refuse_target(session, case, into, doer)

    def end(case: Case) -> None:
        case.outcome, case.merged_into_id = "duplicate", into.id

    done = await change(session, case, Step(Act.MERGE), doer, at, seen=seen, effect=end)
    await tell(session, case, Act.MERGE, Told(), at)
    await _take_over_reporters(session, case, into)
    joined = Written(f"official:{doer.id}", "join", into.state, case.code, shown=False)
    await append(session, into, joined, at)
    return done


async def living(session: AsyncSession, case: Case) -> Case:
    """The case that goes on: the case itself, or what it was merged into, however many times."""
    while case.merged_into_id is not None:
        case = await session.get_one(Case, case.merged_into_id)
    return case


async def _refuse_target(session: AsyncSession, case: Case, into: Case, doer: Official) -> None:
    if case.id == into.id or into.state not in OPEN:
        raise NotAllowed(f"into a case that is {into.state}", "other")
    if not await parts_of(session, into, doer) & {Who.OFFICE, Who.COORDINATOR}:
        raise NotAllowed("into a case of another office", "other")


async def _take_over_reporters(session: AsyncSession, case: Case, into: Case) -> None:
    """Who has a part in both keeps one, a sender's before a follower's."""
    query = select(CaseReporter).where(CaseReporter.case_id == case.id, CaseReporter.left_at.is_(None))
    for reporter in (await session.scalars(query.order_by(CaseReporter.conversation_id))).all():
        row = {
            "own_case_id": reporter.own_case_id,
            "part": reporter.part,
            "visibility": reporter.visibility,
            "since": reporter.since,
        }
        joined = insert(CaseReporter).values(case_id=into.id, conversation_id=reporter.conversation_id, **row)
        if reporter.part == "sender":
            weaker = (CaseReporter.part == "follower") | CaseReporter.left_at.is_not(None)
            keys = ("case_id", "conversation_id")
            await session.execute(
                joined.on_conflict_do_update(index_elements=keys, set_=row | {"left_at": None}, where=weaker)
            )
        else:
            await session.execute(joined.on_conflict_do_nothing())
