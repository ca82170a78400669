"""Reads of what residents sent beside words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import Message
from bot.media.models import Media, OriginalOpened
from bot.officials.models import Official


async def of_messages(session: AsyncSession, message_ids: Iterable[int]) -> dict[int, list[Media]]:
    """What came with each of these messages, in order."""
    query = select(Media).where(Media.message_id.in_(list(message_ids))).order_by(Media.message_id, Media.position)
    found: dict[int, list[Media]] = defaultdict(list)
    for media in await session.scalars(query):
        found[media.message_id].append(media)
    return found


async def of_conversation(session: AsyncSession, conversation_id: UUID) -> Sequence[Media]:
    """All that came in a conversation, oldest first; for a resident who asks what is kept."""
    query = select(Media).where(Media.conversation_id == conversation_id)
    return (await session.scalars(query.order_by(Media.message_id, Media.position))).all()


async def own(session: AsyncSession, conversation_id: UUID, media_id: UUID) -> Media | None:
    """What was sent in this very conversation."""
    query = select(Media).where(Media.id == media_id, Media.conversation_id == conversation_id)
    return await session.scalar(query)


async def sent_since(session: AsyncSession, conversation_id: UUID, moment: datetime) -> tuple[int, int]:
    """How many files and bytes were taken from a resident in a conversation since the moment."""
    query = select(func.count(), func.coalesce(func.sum(Media.size), 0)).where(
        Media.conversation_id == conversation_id, Media.received_at > moment, Media.state != "refused"
    )
    theirs = query.join(Message, Message.id == Media.message_id).where(Message.sender == "resident")
    count, size = (await session.execute(theirs)).one()
    return int(count), int(size or 0)


async def left_waiting(session: AsyncSession, before: datetime) -> list[UUID]:
    """What has waited to be fetched or looked at since before that moment."""
    query = select(Media.id).where(Media.state == "waiting", Media.received_at < before).limit(500)
    return list(await session.scalars(query))


async def known_keys(session: AsyncSession, keys: Sequence[str]) -> set[str]:
    """Those of the keys that a row names."""
    columns = (Media.original_key, Media.shown_key, Media.thumbnail_key)
    found: set[str] = set()
    for column in columns:
        found |= {key for key in await session.scalars(select(column).where(column.in_(keys))) if key}
    return found


async def openings(session: AsyncSession, limit: int = 200) -> Sequence[tuple[OriginalOpened, Official]]:
    """Who opened which sealed original, the newest first."""
    query = select(OriginalOpened, Official).join(Official, Official.id == OriginalOpened.official_id)
    rows = await session.execute(query.order_by(OriginalOpened.id.desc()).limit(limit))
    return [(opened, official) for opened, official in rows]
