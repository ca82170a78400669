"""Several photos sent as one message, which a platform tells of one by one: they become one message of ours."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import Conversation, Message


async def album_of(
    session: AsyncSession, conversation: Conversation, album: str, words: str, body: dict[str, Any]
) -> Message | None:
    """The album's message, to which what comes now was put; the conversation's lock is held.

    None where this comes first, or brings words after that message was taken up: it is a message of its own.
    """
    query = select(Message).where(Message.conversation_id == conversation.id, Message.body["album"].astext == album)
    first = await session.scalar(query.order_by(Message.id).limit(1).with_for_update())
    if first is None or (words and (first.text or first.sealed or first.attempts)):
        return None
    first.body = {**first.body, "carried": [*first.body.get("carried", []), *body.get("carried", [])]}
    first.text = words or first.text
    return first
