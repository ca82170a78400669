"""A case goes from office to office: sent, accepted or returned; when two cannot agree, the province assigns."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.changes import Change, change, lock
from bot.cases.clocks.limits import ACCEPTANCE
from bot.cases.clocks.queries import running_of
from bot.cases.models import Case
from bot.cases.rules import Act, NotAllowed, Step
from bot.cases.telling import tell
from bot.cases.wording import Told
from bot.officials.models import WORKING_LEVELS, Office, Official
from bot.officials.queries import office_for

"""The Front counts; it works no cases."""
MOST_RETURNS = 2
"""The return that makes the province's coordinator decide."""


async def transfer(
    session: AsyncSession,
    case: Case,
    to: Office,
    doer: Official,
    at: datetime,
    *,
    reason: str,
    text: str = "",
    seen: int | None = None,
) -> Change:
    """Send the case to another office, which has one working day to return it; the sender answers for it till then."""

    def send(case: Case) -> None:
        _refuse_target(case, to)
        case.to_office_id = to.id

    step = Step(Act.TRANSFER, text=text, reason=reason, office=to.id)
    done = await change(session, case, step, doer, at, seen=seen, effect=send)
    await tell(session, case, Act.TRANSFER, Told(to_office=to.name, reason=reason), at)
    return done


async def accept(
    session: AsyncSession, case: Case, doer: Official, at: datetime, *, text: str = "", seen: int | None = None
) -> Change:
    """The receiving office takes the case: from now on it is in charge and its own clock runs."""
    sender = await session.get_one(Office, case.office_id)

    def take(case: Case) -> None:
        case.office_id, case.assignee_id = case.to_office_id or case.office_id, None
        _settle(case)

    done = await change(session, case, Step(Act.ACCEPT, text=text), doer, at, seen=seen, effect=take)
    await tell(session, case, Act.ACCEPT, Told(from_office=sender.name, text=text), at)
    return done


async def give_back(
    session: AsyncSession, case: Case, doer: Official, at: datetime, *, reason: str, text: str, seen: int | None = None
) -> Change:
    """The receiving office returns the case, within a working day; the second return takes it to the coordinator.

    ``NotAllowed`` after that day: then it can be accepted, or the coordinator assigns it.
    """
    await lock(session, case)
    late = not await may_be_returned(session, case, at)
    coordinator = await office_for(session, None)
    refused_by = await session.get_one(Office, doer.office_id)

    def put_back(case: Case) -> None:
        if late:
            raise NotAllowed("the working day for returning is over", "time")
        returns = case.returns + 1
        if returns >= MOST_RETURNS:
            case.office_id, case.assignee_id = coordinator.id, None
        _settle(case)
        case.returns = returns

    step = Step(Act.RETURN, text=text, reason=reason)
    done = await change(session, case, step, doer, at, seen=seen, effect=put_back)
    disputed = case.returns >= MOST_RETURNS
    told = Told(from_office=refused_by.name, to_office="" if disputed else refused_by.name, reason=reason)
    await tell(session, case, Act.RETURN, told, at)
    return done


async def assign_office(
    session: AsyncSession, case: Case, to: Office, doer: Official, at: datetime, *, text: str, seen: int | None = None
) -> Change:
    """The province's coordinator puts the case where it belongs; that office cannot return it."""

    def put(case: Case) -> None:
        _refuse_target(case, to)
        case.office_id, case.assignee_id = to.id, None
        _settle(case)

    step = Step(Act.ASSIGN_OFFICE, text=text, office=to.id)
    done = await change(session, case, step, doer, at, seen=seen, effect=put)
    await tell(session, case, Act.ASSIGN_OFFICE, Told(), at)
    return done


async def may_be_returned(session: AsyncSession, case: Case, at: datetime) -> bool:
    """Whether the working day for returning is not over yet."""
    waiting = (clock for clock in await running_of(session, case) if clock.measure == ACCEPTANCE.measure)
    return not any(clock.overdue(at) for clock in waiting)


async def targets(session: AsyncSession, case: Case) -> Sequence[Office]:
    """Where the case can go: the province's offices first, then the communes', by name."""
    query = select(Office).where(Office.level.in_(WORKING_LEVELS))
    if case.to_office_id is None:
        query = query.where(Office.id != case.office_id)
    return (await session.scalars(query.order_by(Office.level.desc(), Office.name, Office.id))).all()


def _refuse_target(case: Case, to: Office) -> None:
    if to.level not in WORKING_LEVELS:
        raise NotAllowed(f"an office of level {to.level} works no cases", "office")
    if to.id == case.office_id and case.to_office_id is None:
        raise NotAllowed("the case is there already", "office")


def _settle(case: Case) -> None:
    """The case lies in one office again."""
    case.to_office_id, case.returns = None, 0
