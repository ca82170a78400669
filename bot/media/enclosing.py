"""What an official sends a resident beside words: looked at and cleaned first, and only what every channel carries."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import Message
from bot.media import identity
from bot.media.kinds import FILE, PHOTO
from bot.media.models import Media
from bot.media.preparing import Prepared, Unfit, prepare
from bot.media.service import describe, named
from bot.media.storage import Storage

MOST_PHOTO, MOST_FILE = 20_000_000, 5_000_000
"""Bytes that an official may choose. A photo is made smaller before it goes; a document goes as it is."""
CARRIED = frozenset(
    (
        "image/jpeg",
        "application/pdf",
        "application/msword",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
)
"""What Zalo takes, which takes least."""
WORDS_ALONE = {PHOTO: "Cán bộ gửi bác ảnh này.", FILE: "Cán bộ gửi bác tệp này."}
"""Said above what is sent without a word."""


@dataclass(frozen=True)
class Enclosure:
    """A photo or document that may go: its bytes lie in the storage under these keys."""

    name: str | None
    prepared: Prepared
    original: bytes
    original_key: str
    shown_key: str
    thumbnail_key: str | None


async def enclosure(content: bytes, name: str, storage: Storage) -> Enclosure:
    """Look at what an official chose and keep its copies; ``Unfit`` when it may not go, ``NoRoom``."""
    prepared = await prepare(content, name, MOST_PHOTO)
    if prepared.media_type not in CARRIED:
        raise Unfit("kind")
    if prepared.type.kind == FILE and len(content) > MOST_FILE:
        raise Unfit("too_large")
    if identity.on_card(prepared.codes):
        raise Unfit("identity")
    original, shown, thumbnail = await asyncio.to_thread(_put, storage, content, prepared)
    return Enclosure(named(name), prepared, content, original, shown, thumbnail)


def _put(storage: Storage, content: bytes, prepared: Prepared) -> tuple[str, str, str | None]:
    thumbnail = storage.put(prepared.thumbnail) if prepared.thumbnail else None
    return storage.put(content), storage.put(prepared.shown), thumbnail


async def enclose(session: AsyncSession, message: Message, one: Enclosure, at: datetime) -> None:
    """It goes with this message of an official, in the transaction that keeps the message."""
    row = Media(
        id=uuid4(),
        conversation_id=message.conversation_id,
        message_id=message.id,
        name=one.name,
        original_key=one.original_key,
        shown_key=one.shown_key,
        thumbnail_key=one.thumbnail_key,
        received_at=at,
    )
    describe(row, one.original, one.prepared)
    session.add(row)
    await session.flush()
