"""A message of a resident comes in: kept once with its raw event, its answer queued in the same transaction."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import outbox
from bot.conversations.channel_words import INTENTS as CHANNEL_INTENTS
from bot.conversations.models import Button, Conversation, Message, RawEvent
from bot.conversations.news import announce
from bot.db.jobs import defer_in, hold_lock

ANSWER_JOB = "answer"
ALBUM_SECONDS = 2
"""So long the rest of an album is waited for."""
HOLD_INTENTS = frozenset({"confirm_denunciation", "deny_denunciation", "only_asking"})
DATA_INTENTS = frozenset({"see_my_data", "erase_my_data", "confirm_erasure", "keep_my_data"})


@dataclass(frozen=True)
class Incoming:
    """One message of a resident, verified and cleaned by its channel; without words ``body`` says what came."""

    channel: str
    external_id: str
    text: str | None
    payload: dict[str, Any]
    button: Button | None = None
    body: dict[str, Any] = field(default_factory=dict)
    """What came beside or instead of words: ``media``, ``location``, ``contact``."""
    platform_id: str | None = None


class IdReused(ValueError):
    """The same id was used for another text or another conversation."""


async def begin_conversation(session: AsyncSession, channel: str, external_user: str | None, at: datetime) -> UUID:
    """A new conversation; on the web the resident has no name, so the conversation is its own."""
    conversation = Conversation(
        id=uuid4(), channel=channel, external_user="", created_at=at, last_at=at, last_contact_at=at
    )
    conversation.external_user = external_user or str(conversation.id)
    session.add(conversation)
    await session.flush()
    return conversation.id


async def receive(session: AsyncSession, conversation_id: UUID, incoming: Incoming, at: datetime) -> Message:
    """Keep the message once and queue its answer in the same transaction; the same id again gives the first row."""
    await hold_lock(session, str(conversation_id))
    if not await keep_event(session, incoming.channel, incoming.external_id, incoming.payload, at, conversation_id):
        return await _received_before(session, conversation_id, incoming)
    conversation = await session.get_one(Conversation, conversation_id)
    await outbox.note_contact(session, conversation, at)
    return await add_received(session, conversation, incoming, at)


async def keep_event(
    session: AsyncSession,
    channel: str,
    external_id: str,
    payload: dict[str, Any],
    at: datetime,
    conversation_id: UUID | None = None,
) -> bool:
    """Keep what a platform sent, once; False when it is there already."""
    event = insert(RawEvent).values(
        channel=channel, external_id=external_id, conversation_id=conversation_id, payload=payload, received_at=at
    )
    return await session.scalar(event.on_conflict_do_nothing().returning(RawEvent.id)) is not None


async def add_received(session: AsyncSession, conversation: Conversation, incoming: Incoming, at: datetime) -> Message:
    """A resident's message whose raw event is kept; the conversation's lock is held.

    While an official owns the talk the bot still listens to words (danger, sealed ones), and to the buttons of sealed
    words, of one's own data and of channels.
    """
    conversation.last_at = at
    button = incoming.button
    words = button is None and incoming.text is not None
    obeyed = button is not None and button.intent in HOLD_INTENTS | DATA_INTENTS | CHANNEL_INTENTS
    heard = words or obeyed or conversation.owner == "bot"
    message = Message(
        conversation_id=conversation.id,
        sender="resident",
        text=incoming.text,
        body=incoming.body | (_pressed(button) if button else {}),
        client_id=incoming.external_id,
        platform_id=incoming.platform_id,
        at=at,
        state="queued" if heard else "done",
    )
    session.add(message)
    await session.flush()
    if heard:
        seconds = ALBUM_SECONDS if "album" in incoming.body else 0
        name = str(conversation.id)
        await defer_in(session, ANSWER_JOB, lock=name, in_seconds=seconds, conversation_id=name)
    await announce(session, conversation.id)
    return message


def _pressed(button: Button) -> dict[str, Any]:
    """What is kept of a pressed button, in the message's body."""
    return {
        "intent": button.intent,
        "entities": button.entities,
        "errand": str(button.errand_id or ""),
        "under": button.message_id,
    }


async def _received_before(session: AsyncSession, conversation_id: UUID, incoming: Incoming) -> Message:
    known = await session.scalar(
        select(Message).where(Message.conversation_id == conversation_id, Message.client_id == incoming.external_id)
    )
    if known is None or (known.text is not None and known.text != incoming.text):
        raise IdReused(incoming.external_id)
    return known


async def messages_since(session: AsyncSession, conversation_id: UUID, moment: datetime) -> int:
    """How many messages the resident sent after the moment."""
    query = select(func.count()).where(
        Message.conversation_id == conversation_id, Message.sender == "resident", Message.at > moment
    )
    return await session.scalar(query) or 0
