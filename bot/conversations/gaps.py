"""What the bot failed on: kept without names, addresses and numbers, for a while, and never from confidential talks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.masking import masked
from bot.conversations.models import Button, Conversation, Gap, Message
from bot.conversations.replies import Reply
from bot.language import clean, fold, looks_vietnamese
from bot.places.service import places_named

KINDS = ("not_understood", "out_of_scope", "none_chosen", "not_helpful")
PERSONAL = "personal"
"""Topic of the reply to a personal matter."""
LONGEST = 500
"""Characters; what is longer tells a story and asks no question."""


@dataclass(frozen=True)
class Failed:
    """A resident's message that the bot had no good answer to, how it failed, and the topic it took it for."""

    message: Message
    kind: str
    topic: str | None = None


async def note(session: AsyncSession, conversation: Conversation, message: Message, replies: Sequence[Reply]) -> None:
    """Keep what these replies to the message show to have failed; once per message, in the replies' own commit."""
    if any(reply.kind == "emergency" or reply.body.get("topic") == PERSONAL for reply in replies):
        await keep_out(session, conversation)
    failed = None if conversation.confidential else await _failed(session, conversation, message, replies)
    text = clean(failed.message.text or "") if failed else ""
    if not failed or len(text) > LONGEST or not looks_vietnamese(text):
        return
    values = {
        "message_id": failed.message.id,
        "conversation_id": conversation.id,
        "text": masked(text, fold, await _place_names(session, text)),
        "kind": failed.kind,
        "topic": failed.topic,
        "at": failed.message.at,
    }
    await session.execute(insert(Gap).values(values).on_conflict_do_nothing())


async def keep_out(session: AsyncSession, conversation: Conversation) -> None:
    """From now on nothing is learnt from this talk, and what was is forgotten."""
    conversation.confidential = True
    await forget(session, conversation.id)


async def forget(session: AsyncSession, conversation_id: UUID) -> None:
    """Delete what is kept from a conversation: part of erasing a resident's data."""
    await session.execute(delete(Gap).where(Gap.conversation_id == conversation_id))


async def dismiss(session: AsyncSession, gap_ids: Iterable[int]) -> None:
    """Delete these: they were dealt with, or nothing is to be made of them."""
    await session.execute(delete(Gap).where(Gap.id.in_(list(gap_ids))))


async def kept(session: AsyncSession) -> list[Gap]:
    """Everything that waits to be looked at, oldest first."""
    return list(await session.scalars(select(Gap).order_by(Gap.id)))


async def _failed(
    session: AsyncSession, conversation: Conversation, message: Message, replies: Sequence[Reply]
) -> Failed | None:
    typed = not message.body.get("intent")
    if typed and message.body.get("misunderstood") is not None:
        return Failed(message, "not_understood")
    if typed and any(reply.kind == "out_of_scope" for reply in replies):
        return Failed(message, "out_of_scope")
    if conversation.handover_message_id == message.id and conversation.handover_reason in ("asked", "not_helpful"):
        return await _before(session, message, conversation.handover_reason)
    return None


async def _before(session: AsyncSession, message: Message, reason: str) -> Failed | None:
    """The question whose answers did not help: offered and none chosen, or given and of no use."""
    earlier = select(Message).where(Message.conversation_id == message.conversation_id, Message.id < message.id)
    reply = await session.scalar(earlier.where(Message.sender == "bot").order_by(Message.id.desc()).limit(1))
    question = await session.get(Message, reply.in_reply_to) if reply and reply.in_reply_to else None
    if reply is None or question is None or question.body.get("intent"):
        return None
    if reply.kind == "clarify" and (topic := await _offered(session, reply.id)):
        return Failed(question, "none_chosen", topic)
    if reason == "not_helpful" and reply.kind == "answer":
        return Failed(question, "not_helpful", reply.body.get("topic"))
    return None


async def _offered(session: AsyncSession, reply_id: int) -> str | None:
    """The topic of the first answer among the reply's buttons; None where they lead to no answer."""
    buttons = await session.scalars(select(Button).where(Button.message_id == reply_id).order_by(Button.position))
    answers: list[dict[str, Any]] = [button.entities for button in buttons if button.entities.get("answer")]
    return str(answers[0]["answer"]).partition("-")[0] if answers else None


async def _place_names(session: AsyncSession, text: str) -> list[str]:
    named = await places_named(session, text)
    return [unit.name for place in named for unit in (place.village, place.commune) if unit]
