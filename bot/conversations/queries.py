"""Reads of conversations: what a web page shows, what waits for an official."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import Button, Conversation, Message
from bot.officials.models import Office, Official
from bot.places.models import Commune


@dataclass(frozen=True)
class Shown:
    """A message with its buttons, as any page shows it."""

    message: Message
    buttons: list[Button]


async def with_buttons(session: AsyncSession, messages: Sequence[Message]) -> list[Shown]:
    """The messages in their order, each with its buttons."""
    found = await session.scalars(
        select(Button)
        .where(Button.message_id.in_([m.id for m in messages]))
        .order_by(Button.message_id, Button.position)
    )
    by_message: dict[int, list[Button]] = defaultdict(list)
    for button in found:
        by_message[button.message_id].append(button)
    return [Shown(message, by_message[message.id]) for message in messages]


async def messages_after(session: AsyncSession, conversation_id: UUID, after: int, limit: int = 200) -> list[Shown]:
    """The conversation's messages with an id above ``after``, oldest first."""
    query = select(Message).where(Message.conversation_id == conversation_id, Message.id > after)
    return await with_buttons(session, (await session.scalars(query.order_by(Message.id).limit(limit))).all())


async def replies_to(session: AsyncSession, message_id: int) -> list[Shown]:
    """The bot's replies to that message, in order."""
    query = select(Message).where(Message.in_reply_to == message_id).order_by(Message.id)
    return await with_buttons(session, (await session.scalars(query)).all())


async def latest_replies(session: AsyncSession, conversation_id: UUID, limit: int) -> list[Shown]:
    """What the bot or an official said last, the newest first, each with its buttons."""
    query = select(Message).where(Message.conversation_id == conversation_id, Message.sender != "resident")
    return await with_buttons(session, (await session.scalars(query.order_by(Message.id.desc()).limit(limit))).all())


async def words_above(session: AsyncSession, message_id: int) -> str:
    """What the resident had said when the button was shown that this message presses; empty where there was nothing."""
    pressed = await session.get_one(Message, message_id)
    reply = await session.get(Message, pressed.body.get("under") or 0)
    said = await session.get(Message, reply.in_reply_to) if reply and reply.in_reply_to else None
    return (said.text or "") if said else ""


async def button_of(session: AsyncSession, conversation_id: UUID, token: str) -> Button | None:
    """The button that a token of this conversation stands for."""
    return await session.scalar(select(Button).where(Button.token == token, Button.conversation_id == conversation_id))


@dataclass(frozen=True)
class Waiting:
    """One line of the list of talks that officials own."""

    conversation: Conversation
    commune: Commune | None
    office: Office | None
    taken_by: Official | None
    last: Message | None


def seen_by(official: Official) -> ColumnElement[bool]:
    """Which talks this official may see: their office's own, and those of no commune, which the first to come takes."""
    mine = Conversation.office_id == official.office_id
    unplaced = (Conversation.commune_id.is_(None)) & (Conversation.taken_by.is_(None))
    if official.role == "province_coordinator":
        return or_(mine, unplaced, Conversation.office_id.is_not(None))
    return or_(mine, unplaced)


async def waiting(session: AsyncSession, official: Official) -> list[Waiting]:
    """The talks that officials own, those waiting longest first."""
    query = (
        select(Conversation, Commune, Office, Official)
        .outerjoin(Commune, Commune.id == Conversation.commune_id)
        .outerjoin(Office, Office.id == Conversation.office_id)
        .outerjoin(Official, Official.id == Conversation.taken_by)
        .where(Conversation.owner == "official", seen_by(official))
        .order_by(Conversation.waiting_since.is_(None), Conversation.waiting_since, Conversation.last_at)
        .limit(200)
    )
    rows = (await session.execute(query)).all()
    return [
        Waiting(talk, commune, office, who, await last_said(session, talk.id)) for talk, commune, office, who in rows
    ]


async def last_said(session: AsyncSession, conversation_id: UUID) -> Message | None:
    """The resident's newest message."""
    query = select(Message).where(Message.conversation_id == conversation_id, Message.sender == "resident")
    return await session.scalar(query.order_by(Message.id.desc()).limit(1))


async def talk_seen_by(session: AsyncSession, conversation_id: UUID, official: Official) -> Conversation | None:
    """The talk if officials own it and this official may see it; locked for this transaction."""
    query = select(Conversation).where(
        Conversation.id == conversation_id, Conversation.owner == "official", seen_by(official)
    )
    return await session.scalar(query.with_for_update(key_share=True))


async def unanswered(session: AsyncSession, before: datetime) -> list[UUID]:
    """Conversations with a message queued since before that moment."""
    query = select(Message.conversation_id).where(Message.state == "queued", Message.at < before).distinct()
    return list((await session.scalars(query)).all())


def public_body(message: Message) -> dict[str, Any]:
    """The parts of a reply that its reader may see."""
    return {key: message.body.get(key) for key in ("more", "answer", "topic", "case", "voice")} | {
        "facts": message.body.get("facts") or [],
        "citations": message.body.get("citations") or [],
    }
