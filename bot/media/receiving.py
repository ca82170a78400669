"""The worker's part: fetch what a platform has, look at it, keep the copies to show. Any step may die and be redone."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.conversations.models import Conversation, Message
from bot.db import unit_of_work
from bot.language import fold
from bot.media import identity, service
from bot.media.fetching import Fetcher, NotNow
from bot.media.kinds import PHOTO
from bot.media.models import Media
from bot.media.preparing import Prepared, Unfit, prepare
from bot.media.queries import known_keys
from bot.media.service import Limits
from bot.media.storage import NoRoom, Storage

PATIENCE = timedelta(minutes=30)
"""How long a platform may fail before the resident is told that it did not work."""
ORPHANS_AFTER = timedelta(hours=1)
"""Longer than anything takes between writing a file and committing the row that names it."""
BATCH = 500

log = structlog.get_logger()


class TryLater(Exception):
    """Not done yet; the job is run again."""


@dataclass(frozen=True)
class Receiving:
    """What receiving needs; one per worker process. ``at_step`` is told each step's name (tests kill there)."""

    engine: AsyncEngine
    storage: Storage
    fetcher: Fetcher
    limits: Limits
    clock: Callable[[], datetime]
    hidden_hours: float
    at_step: Callable[[str], None] = lambda step: None

    async def receive(self, media_id: UUID) -> None:
        """Do what is left to do for it, if anything; ``TryLater``."""
        async with unit_of_work(self.engine) as session:
            media = await session.get(Media, media_id)
            conversation = await session.get(Conversation, media.conversation_id) if media else None
        if media is None or conversation is None or media.state != "waiting":
            return
        try:
            content = await self._content(media, conversation.channel)
            prepared = await prepare(content, media.name or "", self.limits.most_bytes)
            await self._keep(media, content, prepared)
        except Unfit as unfit:
            await self._refuse(media.id, unfit.reason)
        except (NotNow, NoRoom) as error:
            await self._again(media, type(error).__name__)

    async def _content(self, media: Media, channel: str) -> bytes:
        if media.original_key is not None:
            return await asyncio.to_thread(self.storage.open, media.original_key)
        return await self.fetcher.fetch(channel, media.reference or "", self.limits.most_bytes)

    async def _again(self, media: Media, why: str) -> None:
        log.warning("media_not_received", media=str(media.id), why=why)
        if self.clock() - media.received_at < PATIENCE:
            raise TryLater
        await self._refuse(media.id, "unreachable")

    async def _keep(self, media: Media, content: bytes, prepared: Prepared) -> None:
        """Files first, then the row that names them: what dies in between leaves files that nobody is shown."""
        original = media.original_key or await self._put(content)
        shown = await self._put(prepared.shown)
        thumbnail = await self._put(prepared.thumbnail) if prepared.thumbnail else None
        self.at_step("files_written")
        async with unit_of_work(self.engine) as session:
            row = await session.get_one(Media, media.id, with_for_update=True)
            if row.state != "waiting":  # another worker was quicker, or it was erased meanwhile: these become orphans
                return
            row.original_key, row.shown_key, row.thumbnail_key = original, shown, thumbnail
            row.reference = None
            service.describe(row, content, prepared)
            await self._hide_card(session, row, prepared)
            self.at_step("kept")

    async def _put(self, content: bytes) -> str:
        return await asyncio.to_thread(self.storage.put, content)

    async def _hide_card(self, session: AsyncSession, row: Media, prepared: Prepared) -> None:
        message = await session.get_one(Message, row.message_id)
        known_by = "code" if identity.on_card(prepared.codes) else None
        if known_by is None and row.kind == PHOTO and identity.says_so(message.text, fold):
            known_by = "caption"
        if known_by:
            await service.hide(session, row, known_by, self.clock(), self.hidden_hours)

    async def _refuse(self, media_id: UUID, reason: str) -> None:
        async with unit_of_work(self.engine) as session:
            row = await session.get_one(Media, media_id, with_for_update=True)
            if row.state == "waiting":
                row.original_key = None
                await service.refuse(session, row, reason, self.limits, self.clock())

    async def delete_orphans(self, now: datetime) -> int:
        """Delete files that no row names, once they are older than any transaction; how many."""
        old = await asyncio.to_thread(lambda: list(self.storage.older_than(now - ORPHANS_AFTER)))
        gone = 0
        for start in range(0, len(old), BATCH):
            batch = old[start : start + BATCH]
            async with unit_of_work(self.engine) as session:
                orphans = set(batch) - await known_keys(session, batch)
            for key in orphans:
                await asyncio.to_thread(self.storage.delete, key)
            gone += len(orphans)
        return gone
