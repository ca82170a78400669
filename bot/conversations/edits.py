"""A resident changes a message on the platform: heard anew while it waits, otherwise kept beside it, unanswered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import Conversation, Message, RawEvent
from bot.conversations.news import announce


@dataclass(frozen=True)
class Edit:
    """The platform's id of the message that was changed, the change's own event, and the new words."""

    platform_id: str
    external_id: str
    words: str


async def edited(session: AsyncSession, conversation: Conversation, edit: Edit, at: datetime) -> None:
    """Keep the change; the conversation's lock is held. A sealed message's new words are not kept at all."""
    query = select(Message).where(
        Message.conversation_id == conversation.id,
        Message.sender == "resident",
        Message.platform_id == edit.platform_id,
    )
    first = await session.scalar(query.order_by(Message.id).limit(1).with_for_update())
    if first is None or first.text == edit.words:
        return
    if first.text is None and first.sealed:
        await _forget(session, conversation, edit)
    elif first.state == "queued" and first.attempts == 0:
        first.text = edit.words
    else:
        session.add(_beside(first, edit, at))
        await announce(session, conversation.id)


def _beside(first: Message, edit: Edit, at: datetime) -> Message:
    """A message of its own, so that it can be sealed, hidden and erased like any other."""
    return Message(
        conversation_id=first.conversation_id,
        sender="resident",
        text=edit.words,
        body={"edits": first.id},
        client_id=edit.external_id,
        at=at,
        state="done",
        errand_id=first.errand_id,
    )


async def _forget(session: AsyncSession, conversation: Conversation, edit: Edit) -> None:
    mine = RawEvent.channel == conversation.channel, RawEvent.external_id == edit.external_id
    await session.execute(update(RawEvent).where(*mine).values(payload={}))
