"""All of ours in one loop on the sample town: the web process, and a worker that answers, delivers, fetches, drains."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.delivery import Delivery
from bot.channels.inbox import Inbox
from bot.channels.webchat import conversation_named
from bot.conversations.models import Conversation, Message, OutboxRow
from bot.conversations.turns import TryAgain, Turns
from bot.db import unit_of_work
from bot.media.models import Media
from bot.media.receiving import Receiving, TryLater
from tests.channels.contract.doors import Door

QUEUED = text("select distinct conversation_id from messages where state = 'queued'")
UNSENT = text(
    "select distinct conversation_id from outbox where state = 'pending' and coalesce(next_try_at, at) <= now()"
)
WAITING = text("select id from media where state = 'waiting'")
PATIENCE_SECONDS = 20.0


@dataclass
class House:
    """See the module's text; ``work`` runs until it is cancelled."""

    town: AsyncEngine
    turns: Turns
    delivery: Delivery
    receiving: Receiving
    inbox: Inbox
    url: str = ""

    async def work(self) -> None:
        """As the worker's jobs do, without their queue."""
        while True:
            await self.inbox.drain()
            with suppress(TryAgain, TryLater):
                await self._each(QUEUED, self.turns.answer_all)
                await self._each(UNSENT, self.delivery.deliver_all)
                await self._each(WAITING, self.receiving.receive)
            await asyncio.sleep(0.02)

    async def _each(self, query: Any, work: Callable[[UUID], Awaitable[None]]) -> None:
        async with self.town.connect() as connection:
            found = list((await connection.scalars(query)).all())
        for one in found:
            await work(one)

    async def talk(self, door: Door) -> Conversation | None:
        """The conversation's row."""
        async with unit_of_work(self.town) as session:
            if door.channel == "web":
                return await session.get(Conversation, conversation_named(door.name))
            mine = Conversation.channel == door.channel, Conversation.external_user == door.name
            return await session.scalar(select(Conversation).where(*mine))

    async def received(self, door: Door) -> list[Message]:
        """What the resident wrote, as it is kept."""
        return await self._of(door, Message, Message.sender == "resident")

    async def outbox(self, door: Door) -> list[OutboxRow]:
        return await self._of(door, OutboxRow)

    async def media(self, door: Door) -> list[Media]:
        return await self._of(door, Media)

    async def _of(self, door: Door, table: Any, *more: Any) -> list[Any]:
        talk = await self.talk(door)
        async with unit_of_work(self.town) as session:
            mine = table.conversation_id == (talk.id if talk else None)
            return list(await session.scalars(select(table).where(mine, *more).order_by(table.id)))


async def until[T](look: Callable[[], Awaitable[T]], what: str) -> T:
    """The first true thing that it gives."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (found := await look()):  # noqa: ASYNC110 - simple, and quick enough
                await asyncio.sleep(0.05)
            return found
    except TimeoutError:
        raise AssertionError(f"not within {PATIENCE_SECONDS:.0f} s: {what}") from None
