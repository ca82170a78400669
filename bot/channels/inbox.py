"""Taking in what platforms send: into the database, or into the spool while it does not answer; nothing is lost."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.arrivals import Reader, read
from bot.channels.intake import take_in
from bot.channels.spool import Spool, Spooled
from bot.db import unit_of_work
from bot.db.engine import is_away

log = structlog.get_logger()

PATIENCE_SECONDS = 0.5


class Inbox:
    """One per process. ``accept`` in the web process, ``drain`` in the worker."""

    def __init__(
        self, engine: AsyncEngine, spool: Spool, readers: Mapping[str, Reader], clock: Callable[[], datetime]
    ) -> None:
        self._engine, self.spool, self._readers, self._clock = engine, spool, readers, clock
        self._late: set[asyncio.Task[None]] = set()

    async def accept(self, channel: str, raw: bytes) -> None:
        """Keep a verified event; once this returns it is safe. Raises ``OSError`` when not even the disk takes it.

        While the spool holds anything, what comes later queues behind it, so that nobody's messages change places.
        """
        at = self._clock()
        if self.spool.holds_any() or not await self._kept_in_time(channel, raw, at):
            await asyncio.to_thread(self.spool.keep, channel, raw, at)

    async def _kept_in_time(self, channel: str, raw: bytes, at: datetime) -> bool:
        """False as well when it is not known yet: kept twice, it still counts once."""
        task = asyncio.create_task(self._take(channel, raw, at))
        self._late.add(task)
        task.add_done_callback(self._forget)
        await asyncio.wait({task}, timeout=PATIENCE_SECONDS)
        if not task.done():
            task.cancel()  # not waited for: giving up a connection that hangs may take long
            return False
        return task.exception() is None

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._late.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("event_spooled", error=type(error).__name__)

    async def _take(self, channel: str, raw: bytes, at: datetime) -> None:
        arrivals = read(channel, self._readers[channel], raw)
        async with unit_of_work(self._engine) as session:
            for arrival in arrivals:
                await take_in(session, arrival, at)

    async def drain(self) -> int:
        """Take in what waits, in order, as far as the database answers; how many were taken."""
        taken = 0
        with self.spool.draining() as mine:
            for spooled in self.spool.waiting() if mine else ():
                if not await self._taken(spooled):
                    break
                taken += 1
        return taken

    async def _taken(self, spooled: Spooled) -> bool:
        try:
            await self._take(spooled.channel, spooled.raw, spooled.at)
        except (OSError, PoolTimeout, DBAPIError) as error:
            if not isinstance(error, DBAPIError) or is_away(error):
                return False
            self._set_aside(spooled, error)
        except Exception as error:  # noqa: BLE001 -- whatever it was, what is behind it must go on
            self._set_aside(spooled, error)
        else:
            self.spool.forget(spooled)
        return True

    def _set_aside(self, spooled: Spooled, error: Exception) -> None:
        log.error("spooled_event_refused", file=spooled.path.name, error=type(error).__name__)
        self.spool.set_aside(spooled)
