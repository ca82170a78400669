"""Whether messages can go out on a channel, or a person must act first."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import ChannelState


async def stop(
    session: AsyncSession, channel: str, reason: str, detail: str | None, at: datetime, next_try_at: datetime | None
) -> None:
    """A person must act. Nothing goes out before the next try; None where messages still go out for a while."""
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


async def goes_out(session: AsyncSession, channel: str) -> None:
    """A message went out: what had stopped has ended, what was only announced stands."""
    held_up = ChannelState.channel == channel, ChannelState.next_try_at.is_not(None)
    await session.execute(delete(ChannelState).where(*held_up))


async def start(session: AsyncSession, channel: str) -> None:
    """A person has acted: everything is well."""
    await session.execute(delete(ChannelState).where(ChannelState.channel == channel))


async def state_of(session: AsyncSession, channel: str) -> ChannelState | None:
    """None while nothing is wrong."""
    return await session.get(ChannelState, channel)


async def stopped(session: AsyncSession) -> Sequence[ChannelState]:
    """Every channel that waits for a person."""
    return (await session.scalars(select(ChannelState).order_by(ChannelState.channel))).all()
