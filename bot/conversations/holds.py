"""The sealed hold: where words that may be a denunciation lie until the resident says what they are."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import gaps, sealings, sentences
from bot.conversations.incoming import ANSWER_JOB
from bot.conversations.models import GuidanceGiven, Message, RawEvent, SealedHold
from bot.conversations.news import announce
from bot.conversations.replies import Reply, ReplyButton, payload_of
from bot.conversations.service import add_replies, conversation_of
from bot.db.jobs import defer_in
from bot.officials.models import Official

CHOICES = (
    ReplyButton(sentences.LABEL_IS_DENUNCIATION, "confirm_denunciation"),
    ReplyButton(sentences.LABEL_IS_FEEDBACK, "deny_denunciation"),
)
DOUBTFUL_CHOICES = (*CHOICES, ReplyButton(sentences.LABEL_IS_QUESTION, "only_asking"))
"""Where the words may be no accusation at all."""
SHORTEST_QUOTE = 8


async def record_guidance(session: AsyncSession, message_id: int, kind: str, at: datetime) -> None:
    """That guidance of this kind was given, when and for which commune; once per message. Nothing here trains then."""
    conversation = await conversation_of(session, message_id)
    await gaps.keep_out(session, conversation)
    row = insert(GuidanceGiven).values(kind=kind, message_id=message_id, commune_id=conversation.commune_id, at=at)
    await session.execute(row.on_conflict_do_nothing())


async def seal(
    session: AsyncSession, message_id: int, at: datetime, *, origin: str, reply: Reply | None = None
) -> bool:
    """Move the message's words out of messages and raw events into the hold, in this one commit; False if they are.

    ``reply`` is kept with the message, so that a crash after the words are gone still answers it.
    """
    message = await session.get_one(Message, message_id, with_for_update=True)
    if message.sealed or message.text is None:
        return False
    event = await session.scalar(_raw_event_of(message))
    session.add(
        SealedHold(
            message_id=message.id,
            conversation_id=message.conversation_id,
            text=message.text,
            payload=event.payload if event else {},
            origin=origin,
            sealed_at=at,
        )
    )
    if event:
        event.payload = {}
    await _unquote(session, message.conversation_id, message.text)
    message.text, message.sealed = None, True
    message.prepared = [payload_of(reply)] if reply else None
    await record_guidance(session, message_id, "denunciation", at)
    await announce(session, message.conversation_id)
    return True


async def seal_by_official(session: AsyncSession, message_id: int, official: Official, at: datetime) -> None:
    """An official took the words for a denunciation: seal them, record it, tell the resident, who may take them back.

    Where Rasa has heard them, the message is queued again: the worker takes them out of the tracker.
    """
    if not await seal(session, message_id, at, origin="official"):
        return
    conversation = await conversation_of(session, message_id)
    reply = Reply("guidance", sentences.SEALED_BY_OFFICIAL, {"topic": "denunciation"}, CHOICES)
    await add_replies(session, conversation, [reply], to=None, at=at)
    sealings.record(session, message_id, conversation, official, at)
    message = await session.get_one(Message, message_id)
    if message.tracker_mark is not None:
        message.state = "queued"
        await defer_in(session, ANSWER_JOB, lock=str(conversation.id), conversation_id=str(conversation.id))


async def open_hold(session: AsyncSession, conversation_id: UUID) -> SealedHold | None:
    """The newest hold of the conversation that still waits for a word."""
    query = select(SealedHold).where(SealedHold.conversation_id == conversation_id)
    return await session.scalar(query.order_by(SealedHold.id.desc()).limit(1).with_for_update())


async def confirm(session: AsyncSession, conversation_id: UUID) -> bool:
    """“Đúng”: delete every hold of the conversation; False when there was none."""
    gone = await session.execute(
        delete(SealedHold).where(SealedHold.conversation_id == conversation_id).returning(SealedHold.id)
    )
    await announce(session, conversation_id)
    return bool(gone.all())


async def release(session: AsyncSession, conversation_id: UUID) -> SealedHold | None:
    """“Đây là phản ánh”: put the words back whole where they were; the hold as it was, or None when it is gone."""
    hold = await open_hold(session, conversation_id)
    if hold is None:
        return None
    message = await session.get_one(Message, hold.message_id)
    message.text, message.sealed, message.prepared = hold.text, False, None
    event = await session.scalar(_raw_event_of(message))
    if event:
        event.payload = hold.payload
    await session.execute(delete(GuidanceGiven).where(GuidanceGiven.message_id == hold.message_id))
    await sealings.take_back(session, hold.message_id)
    await session.delete(hold)
    await announce(session, conversation_id)
    return hold


async def delete_expired(session: AsyncSession, at: datetime, hours: float) -> int:
    """Delete the holds older than that; how many there were."""
    gone = await session.execute(
        delete(SealedHold).where(SealedHold.sealed_at < at - timedelta(hours=hours)).returning(SealedHold.id)
    )
    return len(gone.all())


async def _unquote(session: AsyncSession, conversation_id: UUID, words: str) -> None:
    """Take the words out of the bot's own replies, such as the summary of a report; a “có” or “vâng” tells nothing."""
    if len(words) < SHORTEST_QUOTE:
        return
    quoting = (
        Message.conversation_id == conversation_id,
        Message.sender == "bot",
        Message.text.contains(words, autoescape=True),
    )
    await session.execute(update(Message).where(*quoting).values(text=func.replace(Message.text, words, "…")))


def _raw_event_of(message: Message) -> Select[RawEvent]:
    return select(RawEvent).where(
        RawEvent.conversation_id == message.conversation_id, RawEvent.external_id == message.client_id
    )
