"""Keeping a platform's pace, all workers together."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.platform import Later
from bot.db.pace import take_place

LONGEST_WAIT = 3.0


async def keep_pace(engine: AsyncEngine, key: str, *, per_second: float, burst: int = 1) -> None:
    """Wait for the key's next place; raises ``Later`` where it would come too late to be waited for."""
    wait = await take_place(engine, key, per_second=per_second, burst=burst, longest=LONGEST_WAIT)
    if wait is None:
        raise Later(LONGEST_WAIT, "pace")
    await asyncio.sleep(wait)
