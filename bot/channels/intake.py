"""One way in for every platform: an arrival is kept once, and what follows from it is in the same transaction."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.arrivals import Arrival
from bot.channels.delivery import digest_of
from bot.conversations import edits, notices, outbox, reasons, sentences
from bot.conversations.albums import album_of
from bot.conversations.edits import Edit
from bot.conversations.incoming import Incoming, add_received, begin_conversation, keep_event
from bot.conversations.models import Conversation
from bot.conversations.outbox import DELIVERIES
from bot.conversations.queries import button_of
from bot.conversations.replies import Reply
from bot.conversations.service import add_replies
from bot.conversations.staff import await_staff, staff_typed
from bot.db.jobs import defer_in, hold_lock
from bot.language import clean
from bot.media.links import without_links
from bot.media.service import expect, limits_of
from bot.settings import settings

ACKNOWLEDGE_JOB = "acknowledge"
FROM_RESIDENTS = frozenset({"message", "button", "follow", "visit", "edit"})
"""What may be the first that is heard of a resident."""


async def take_in(session: AsyncSession, arrival: Arrival, at: datetime) -> bool:
    """Keep the arrival and do what follows; False when it was here before. Raises what the database raises."""
    conversation = await _conversation(session, arrival, at) if arrival.user else None
    conversation_id = conversation.id if conversation else None
    payload = without_links(arrival.payload)
    kept = await keep_event(session, arrival.channel, arrival.external_id, payload, at, conversation_id=conversation_id)
    if kept and arrival.waits:
        await _have_acknowledged(session, arrival)
    if kept and conversation is not None:
        await _follow_up(session, conversation, arrival, at)
    return kept


async def _have_acknowledged(session: AsyncSession, arrival: Arrival) -> None:
    """Have the platform told, beside the answer and before it, that this came."""
    lock = f"acknowledge:{arrival.channel}:{arrival.external_id}"
    await defer_in(
        session,
        ACKNOWLEDGE_JOB,
        lock=lock,
        queue=DELIVERIES,
        channel=arrival.channel,
        external_id=arrival.external_id,
    )


async def _conversation(session: AsyncSession, arrival: Arrival, at: datetime) -> Conversation | None:
    """The resident's conversation under its lock, begun if this is the first that is heard of them."""
    await hold_lock(session, f"{arrival.channel}:{arrival.user}")
    mine = Conversation.channel == arrival.channel, Conversation.external_user == arrival.user
    found = await session.scalar(select(Conversation.id).where(*mine))
    if found is None and arrival.what in FROM_RESIDENTS:
        found = await begin_conversation(session, arrival.channel, arrival.user, at)
    if found is None:
        return None
    await hold_lock(session, str(found))
    return await session.get_one(Conversation, found, populate_existing=True)


async def _follow_up(session: AsyncSession, conversation: Conversation, arrival: Arrival, at: datetime) -> None:
    match arrival.what:
        case "message":
            await outbox.note_contact(session, conversation, at)
            await _message(session, conversation, arrival, at)
        case "button":
            await outbox.note_contact(session, conversation, at)
            await _button(session, conversation, arrival, at)
        case "follow":
            await outbox.note_contact(session, conversation, at)
            await add_replies(session, conversation, [Reply("small_talk", sentences.WELCOME)], to=None, at=at)
            await notices.tell_waiting(session, conversation, at)
        case "visit":
            await outbox.note_contact(session, conversation, at)
            await notices.tell_waiting(session, conversation, at)
        case "unfollow":
            outbox.mark_unreachable(conversation, reasons.NOT_FOLLOWING, at)
        case "blocked":
            outbox.mark_unreachable(conversation, reasons.BLOCKED, at)
        case "delivered" | "seen":
            ids = [arrival.platform_id] if arrival.platform_id else []
            await outbox.mark_arrived(session, conversation.id, ids, at, seen=arrival.what == "seen")
        case "echo":
            await _echo(session, conversation, arrival, at)
        case "edit":
            await _edit(session, conversation, arrival, at)
        case _:
            pass


async def _message(session: AsyncSession, conversation: Conversation, arrival: Arrival, at: datetime) -> None:
    words, body = clean(arrival.text or ""), arrival.carried()
    if not words and not body:
        return
    message = await album_of(session, conversation, arrival.album, words, body) if arrival.album else None
    if message is None:
        incoming = Incoming(
            arrival.channel, arrival.external_id, words, arrival.payload, body=body, platform_id=arrival.platform_id
        )
        message = await add_received(session, conversation, incoming, at)
    await expect(session, message, arrival.brought(), limits_of(settings()), at)


async def _edit(session: AsyncSession, conversation: Conversation, arrival: Arrival, at: datetime) -> None:
    words = clean(arrival.text or "")
    if words and arrival.platform_id is not None:
        edit = Edit(arrival.platform_id, arrival.external_id, words)
        await edits.edited(session, conversation, edit, at)


async def _button(session: AsyncSession, conversation: Conversation, arrival: Arrival, at: datetime) -> None:
    button = await button_of(session, conversation.id, arrival.button or "")
    if button is None and arrival.text:
        await _message(session, conversation, arrival, at)  # words that only look like a token
        return
    if button is None:
        await add_replies(session, conversation, [Reply("notice", sentences.OLD_BUTTON)], to=None, at=at)
        return
    incoming = Incoming(arrival.channel, arrival.external_id, button.label, arrival.payload, button)
    await add_received(session, conversation, incoming, at)


async def _echo(session: AsyncSession, conversation: Conversation, arrival: Arrival, at: datetime) -> None:
    """Our own message told back, or one that staff typed in the platform's own pages; a little later it is clear."""
    if arrival.platform_id is None:
        return
    if await outbox.mark_arrived(session, conversation.id, [arrival.platform_id], at):
        return
    digest = digest_of(arrival.text or "")
    if not await outbox.recognise(session, conversation.id, arrival.platform_id, digest) and arrival.staff:
        await await_staff(session, arrival.channel, arrival.external_id)


async def take_for_staff(session: AsyncSession, arrival: Arrival, at: datetime) -> bool:
    """An echo looked at again: True when it is no message of ours, so that a human has taken the talk over."""
    conversation = await _conversation(session, arrival, at) if arrival.user else None
    if conversation is None or arrival.platform_id is None:
        return False
    return await staff_typed(session, conversation, arrival.platform_id, clean(arrival.text or ""), at)
