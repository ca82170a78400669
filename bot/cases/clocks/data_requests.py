"""The law's clocks of requests about personal data (DL-03, DL-04, DL-05)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.clocks.limits import DATA_DONE, DATA_EXTENSION, DATA_REPLY, LimitRefused
from bot.cases.clocks.models import Clock, ClockMove
from bot.cases.clocks.running import extend, start, stop
from bot.conversations.models import Conversation, DataRequest
from bot.officials.models import Office
from bot.officials.queries import office_for


async def opened(session: AsyncSession, request: DataRequest, wish: str, at: datetime) -> Sequence[Clock]:
    """The clocks of a request, started once; ``wish`` is a key of ``DATA_DONE``."""
    known = (await session.scalars(select(Clock).where(Clock.data_request_id == request.id))).all()
    if known:
        return known
    conversation = await session.get_one(Conversation, request.conversation_id)
    if conversation.office_id is not None:
        office = await session.get_one(Office, conversation.office_id)
    else:
        office = await office_for(session, conversation.commune_id)
    clocks = [
        await start(session, limit, office, at, data_request_id=request.id) for limit in (DATA_REPLY, DATA_DONE[wish])
    ]
    await session.flush()
    return clocks


async def met(session: AsyncSession, requests: Sequence[int], at: datetime, *measures: str) -> None:
    """The requests were replied to (``data_reply``) or done; without measures: both."""
    open_ = select(Clock).where(Clock.data_request_id.in_(requests), Clock.stopped_at.is_(None))
    for clock in await session.scalars(open_.order_by(Clock.id).with_for_update()):
        if not measures or clock.measure in measures:
            await stop(session, clock, at, "met")


async def running(session: AsyncSession, requests: Sequence[int]) -> dict[int, list[Clock]]:
    """By request its clocks that have not stopped, the reply's first."""
    query = select(Clock).where(Clock.data_request_id.in_(requests), Clock.stopped_at.is_(None)).order_by(Clock.id)
    clocks = (await session.scalars(query)).all()
    return {request: [clock for clock in clocks if clock.data_request_id == request] for request in requests}


def wish_of(clock: Clock) -> str | None:
    """What was asked, as its clock tells; None for the clock of the first reply."""
    return next((wish for wish, limit in DATA_DONE.items() if limit == clock.limit), None)


def may_be_prolonged(clock: Clock) -> bool:
    """Whether the law lets this end be put off at all."""
    return (clock.measure, clock.basis) == (DATA_EXTENSION.measure, DATA_EXTENSION.basis)


async def prolonged(session: AsyncSession, request_id: int, days: int, at: datetime) -> Clock:
    """More time, once, for what DL-04 is about; ``LimitRefused`` otherwise."""
    query = select(Clock).where(
        Clock.data_request_id == request_id, Clock.measure == DATA_EXTENSION.measure, Clock.stopped_at.is_(None)
    )
    clock = await session.scalar(query.with_for_update())
    if clock is None or not may_be_prolonged(clock):
        raise LimitRefused("Yêu cầu này không được gia hạn")
    if not 1 <= days <= DATA_EXTENSION.amount:
        raise LimitRefused(f"Chỉ được gia hạn từ 1 đến {DATA_EXTENSION.amount} ngày")
    extended = select(ClockMove.id).where(ClockMove.clock_id == clock.id, ClockMove.reason == "extended")
    if await session.scalar(extended):
        raise LimitRefused("Yêu cầu này đã được gia hạn một lần")
    extend(session, clock, timedelta(days=days), at)
    return clock
