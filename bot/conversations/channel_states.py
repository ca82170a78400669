"""Whether messages can go out on a channel, or a person must act first."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import ChannelState


async def stop(
    session: AsyncSession, channel: str, reason: str, detail: str | None, at: datetime, next_try_at: datetime
) -> None:
    """Nothing goes out before the next try; stopped since the first time it was so."""
    row = insert(ChannelState).values(
        channel=channel, stopped_since=at, reason=reason, detail=detail, next_try_at=next_try_at
    )
    kept = {
        "stopped_since": func.coalesce(ChannelState.stopped_since, at),
        "reason": reason,
        "detail": detail,
        "next_try_at": next_try_at,
    }
    await session.execute(row.on_conflict_do_update(index_elements=["channel"], set_=kept))


async def start(session: AsyncSession, channel: str) -> None:
    """Messages go out again."""
    await session.execute(delete(ChannelState).where(ChannelState.channel == channel))


async def state_of(session: AsyncSession, channel: str) -> ChannelState | None:
    """None while nothing is wrong."""
    return await session.get(ChannelState, channel)


async def stopped(session: AsyncSession) -> Sequence[ChannelState]:
    """Every channel that waits for a person."""
    return (await session.scalars(select(ChannelState).order_by(ChannelState.channel))).all()
