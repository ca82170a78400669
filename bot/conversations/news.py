"""Waiting for news of a conversation: one LISTEN connection per process wakes all who wait."""

import asyncio
from collections import defaultdict
from contextlib import suppress
from uuid import UUID

import psycopg
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

log = structlog.get_logger()


async def announce(session: AsyncSession, conversation_id: UUID) -> None:
    """Wake whoever waits for news of the conversation once the transaction commits."""
    await session.execute(text("select pg_notify('conversation', :id)"), {"id": str(conversation_id)})


class News:
    """Wakes waiters when something in their conversation was committed; a lost connection is opened again."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._waiting: dict[UUID, set[asyncio.Event]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        self._wake_all()

    def subscribe(self, conversation: UUID) -> asyncio.Event:
        """An event that is set at the next news; subscribe before reading, so that nothing falls between."""
        event = asyncio.Event()
        self._waiting[conversation].add(event)
        return event

    def unsubscribe(self, conversation: UUID, event: asyncio.Event) -> None:
        self._waiting[conversation].discard(event)
        if not self._waiting[conversation]:
            del self._waiting[conversation]

    async def _listen(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._url, autocommit=True) as connection:
                    await connection.execute("listen conversation")
                    self._wake_all()
                    async for notice in connection.notifies():
                        self._wake(UUID(notice.payload))
            except (psycopg.Error, OSError) as error:
                log.warning("news_lost", error=type(error).__name__)
            await asyncio.sleep(1)

    def _wake(self, conversation: UUID) -> None:
        for event in self._waiting.get(conversation, ()):
            event.set()

    def _wake_all(self) -> None:
        for conversation in list(self._waiting):
            self._wake(conversation)
