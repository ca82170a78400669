"""Use cases of what residents send beside words: taken in, hidden, opened by an auditor, erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import Conversation, Message, SealedHold
from bot.conversations.replies import Reply
from bot.conversations.service import add_replies
from bot.db import AGAINST_WRITERS
from bot.db.jobs import defer_in
from bot.language import clean
from bot.media import sentences
from bot.media.kinds import CALLED, LOCATION, Type
from bot.media.models import Media, OriginalOpened
from bot.media.preparing import Prepared
from bot.media.queries import sent_since
from bot.officials.models import Official
from bot.settings import Settings

MEDIA_JOB, MEDIA = "receive_media", "media"
"""The job, and the queue it waits in."""
LONGEST_NAME = 120
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Limits:
    """How large one thing may be, and how much one conversation may send in a day."""

    most_bytes: int
    per_day: int
    bytes_per_day: int


def limits_of(given: Settings) -> Limits:
    """The limits that the settings give."""
    return Limits(given.media_max_bytes, given.media_per_day, given.media_bytes_per_day)


@dataclass(frozen=True)
class Brought:
    """One thing that a platform's message brings: what the platform calls it and where it has it."""

    kind: str
    reference: str | None = None
    """An address, or the platform's file id; None for a location."""
    name: str | None = None
    size: int | None = None
    latitude: float | None = None
    longitude: float | None = None


async def expect(
    session: AsyncSession, message: Message, brought: Sequence[Brought], limits: Limits, at: datetime
) -> list[Media]:
    """Keep what a message brings, to be fetched by the worker; call it in the transaction that keeps the message."""
    before = await session.scalar(select(func.count()).where(Media.message_id == message.id)) or 0
    rows = [_row(message, position, one, at) for position, one in enumerate(brought, before)]
    count, size = await sent_since(session, message.conversation_id, at - DAY)
    for row in rows:
        if row.kind == LOCATION:
            continue
        if (row.size or 0) > limits.most_bytes:
            await refuse(session, row, "too_large", limits, at)
            continue
        count, size = count + 1, size + (row.size or 0)
        if count > limits.per_day or size > limits.bytes_per_day:
            await refuse(session, row, "too_many", limits, at)
    session.add_all(rows)
    await session.flush()
    for row in rows:
        if row.state == "waiting":
            await queue(session, row.id)
    return rows


def _row(message: Message, position: int, one: Brought, at: datetime) -> Media:
    return Media(
        id=uuid4(),
        conversation_id=message.conversation_id,
        message_id=message.id,
        position=position,
        kind=one.kind,
        state="kept" if one.kind == LOCATION else "waiting",
        reference=one.reference,
        name=named(one.name),
        size=one.size,
        latitude=one.latitude,
        longitude=one.longitude,
        received_at=at,
    )


def named(name: str | None) -> str | None:
    """A file's name without folders and odd letters, not too long; its end stays."""
    plain = clean((name or "").replace("\\", "/").rsplit("/", 1)[-1].replace("\0", ""))
    return " ".join(plain.split())[-LONGEST_NAME:] or None


async def keep_upload(
    session: AsyncSession, message: Message, key: str, content: bytes, name: str | None, found: Type, at: datetime
) -> Media:
    """Keep what the web chat sent; its bytes lie in the storage under that key already."""
    row = Media(
        id=uuid4(),
        conversation_id=message.conversation_id,
        message_id=message.id,
        kind=found.kind,
        state="waiting",
        name=named(name),
        media_type=found.media_type,
        size=len(content),
        digest=sha256(content).hexdigest(),
        original_key=key,
        received_at=at,
    )
    session.add(row)
    await session.flush()
    await queue(session, row.id)
    return row


def describe(row: Media, content: bytes, prepared: Prepared) -> None:
    """It is kept: what it is, found out from what came."""
    row.state, row.kind, row.media_type = "kept", prepared.type.kind, prepared.media_type
    row.size, row.digest = len(content), sha256(content).hexdigest()
    row.width, row.height = prepared.width, prepared.height


async def queue(session: AsyncSession, media_id: UUID) -> None:
    """Have a worker receive it; media has hands of its own, so that answers do not wait for it."""
    await defer_in(session, MEDIA_JOB, lock=f"media:{media_id}", queue=MEDIA, media_id=str(media_id))


async def refuse(session: AsyncSession, media: Media, reason: str, limits: Limits, at: datetime) -> None:
    """It cannot be taken: the row stays with the reason, and the resident is told."""
    media.state, media.reason, media.reference = "refused", reason, None
    words = sentences.REFUSED[reason].format(what=CALLED[media.kind], megabytes=limits.most_bytes // 1_000_000)
    message = await session.get_one(Message, media.message_id)
    if message.text:
        words = f"{words} {sentences.OF_TEXT}"
    await _tell(session, media, words, at)


async def hide(
    session: AsyncSession, media: Media, how: str, at: datetime, hours: float, official: Official | None = None
) -> None:
    """An identity card: shown to nobody from now on, erased after so many hours; the resident is told, once."""
    if media.hidden_as is not None or media.state != "kept":
        return
    others = select(Media.id).where(Media.message_id == media.message_id, Media.hidden_as.is_not(None)).limit(1)
    told = await session.scalar(others) is not None
    media.hidden_as, media.hidden_at, media.hidden_by = how, at, official.id if official else None
    if not told:
        await _tell(session, media, sentences.IDENTITY.format(hours=round(hours)), at)


async def _tell(session: AsyncSession, media: Media, words: str, at: datetime) -> None:
    conversation = await session.get_one(Conversation, media.conversation_id, with_for_update=AGAINST_WRITERS)
    await add_replies(session, conversation, [Reply("notice", words)], to=None, at=at)


async def open_original(
    session: AsyncSession, media_id: UUID, official: Official, reason: str, at: datetime
) -> Media | None:
    """An auditor opens what came, as it came; recorded with the reason. None when there is nothing to open."""
    media = await session.get(Media, media_id)
    message = await session.get(Message, media.message_id) if media else None
    if media is None or media.original_key is None or media.hidden_as or message is None or message.sealed:
        return None
    session.add(OriginalOpened(media_id=media.id, official_id=official.id, reason=reason, at=at))
    return media


async def erase(session: AsyncSession, which: ColumnElement[bool]) -> int:
    """Erase what is meant; how many there were. No page names the files from the commit on; the sweep deletes them."""
    query = select(Media).where(which, Media.state != "erased").with_for_update()
    rows = (await session.scalars(query)).all()
    for row in rows:
        row.state, row.reference, row.name, row.digest = "erased", None, None, None
        row.original_key = row.shown_key = row.thumbnail_key = None
        row.latitude = row.longitude = None
    return len(rows)


async def erase_hidden(session: AsyncSession, before: datetime) -> int:
    """Erase the identity cards hidden before the moment."""
    return await erase(session, Media.hidden_at < before)


async def erase_sealed(session: AsyncSession) -> int:
    """Erase what came with words that were sealed as a denunciation and are deleted by now."""
    held = select(SealedHold.id).where(SealedHold.message_id == Message.id).exists()
    gone = select(Message.id).where(Message.sealed, ~held)
    return await erase(session, Media.message_id.in_(gone))


def unused(before: datetime, in_use: ColumnElement[bool]) -> ColumnElement[bool]:
    """What came before the moment and belongs to nothing: no case (``in_use``), no talk that an official owns."""
    owned = select(Conversation.id).where(Conversation.owner == "official")
    old = (Media.received_at < before) & (Media.state != "erased")
    return old & ~in_use & Media.conversation_id.not_in(owned)
