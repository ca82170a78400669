"""For ``/health``: whether messages go out, and how many do not."""

from collections import Counter

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.spool import Spool
from bot.conversations import channel_states
from bot.conversations.undelivered import counts
from bot.db import unit_of_work


class DeliveryCheck:
    """Asks the database and the spool."""

    def __init__(self, engine: AsyncEngine, spool: Spool) -> None:
        self._engine, self._spool = engine, spool

    async def __call__(self) -> str:
        """How many messages wait or failed; ``LookupError`` naming the channels that wait for a person."""
        async with unit_of_work(self._engine) as session:
            stopped = [f"{state.channel} stopped: {state.reason}" for state in await channel_states.stopped(session)]
            found: Counter[str] = Counter()
            for _, state, count in await counts(session):
                found[state] += count
        told = ", ".join(f"{found[state]} {state}" for state in ("pending", "waiting", "uncertain", "failed"))
        spooled = self._spool.count()
        line = "; ".join([*stopped, told, *([f"{spooled} in the spool"] if spooled else [])])
        if stopped:
            raise LookupError(line)
        return line

    async def close(self) -> None:
        """Nothing is held."""
