"""Use cases of a conversation: replies go out, an official takes over and gives back."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.calendars.queries import calendars
from bot.calendars.working_time import add
from bot.clock import local
from bot.conversations import gaps, outbox, sentences
from bot.conversations.models import (
    Button,
    Conversation,
    DataRequest,
    Message,
)
from bot.conversations.news import announce
from bot.conversations.replies import CONTACT_REQUEST, Reply, ReplyButton
from bot.db import AGAINST_WRITERS
from bot.officials.models import Office, Official
from bot.officials.office_hours import spoken
from bot.officials.queries import office_for


async def add_replies(
    session: AsyncSession, conversation: Conversation, replies: Iterable[Reply], *, to: Message | None, at: datetime
) -> list[Message]:
    """The bot's replies as messages with their buttons and outbox rows, in order; where they fail, that is noted."""
    replies = list(replies)
    if to is not None and to.text is not None:
        await gaps.note(session, conversation, to, replies)
    rows = [await _add_reply(session, conversation, reply, to=to, at=at) for reply in replies]
    if rows:
        await outbox.defer_delivery(session, conversation)
    await announce(session, conversation.id)
    return rows


async def _add_reply(
    session: AsyncSession,
    conversation: Conversation,
    reply: Reply,
    *,
    to: Message | None,
    at: datetime,
    official: Official | None = None,
) -> Message:
    row = Message(
        conversation_id=conversation.id,
        sender="official" if official else "bot",
        official_id=official.id if official else None,
        text=reply.text,
        kind=reply.kind,
        body=reply.body,
        in_reply_to=to.id if to else None,
        at=at,
        errand_id=conversation.errand_id,
    )
    session.add(row)
    await session.flush()
    session.add_all(_button(row, position, button) for position, button in enumerate(reply.buttons))
    outbox.put_out(session, conversation, row)
    return row


def _button(row: Message, position: int, button: ReplyButton) -> Button:
    return Button(
        token=secrets.token_urlsafe(18),
        message_id=row.id,
        conversation_id=row.conversation_id,
        errand_id=row.errand_id,
        position=position,
        label=button.label,
        intent=button.intent,
        entities=button.entities,
        facts=button.facts,
    )


async def hand_over(session: AsyncSession, message_id: int, reason: str, at: datetime) -> Office:
    """Give the talk to the commune's office, or the province's where none is known; the same message does it once."""
    conversation = await conversation_of(session, message_id)
    office = await office_for(session, conversation.commune_id)
    if conversation.handover_message_id != message_id:
        conversation.owner = "official"
        conversation.office_id = office.id
        conversation.taken_by = None
        conversation.handover_message_id = message_id
        conversation.handover_reason = reason
        conversation.waiting_since = at
        await announce(session, conversation.id)
    return office


async def answering_time(session: AsyncSession, office: Office, at: datetime) -> str:
    """One sentence on when an official of that office will answer, by its calendar."""
    opening = add(at, timedelta(), (await calendars(session)).of(office.id))
    return sentences.OPEN_NOW if opening <= at else sentences.OPEN_LATER.format(opening=spoken(local(opening)))


async def take(session: AsyncSession, conversation: Conversation, official: Official) -> bool:
    """The official takes the talk; False when somebody else already has it."""
    if conversation.owner != "official" or conversation.taken_by not in (None, official.id):
        return False
    conversation.taken_by = official.id
    if conversation.commune_id is None:
        conversation.office_id = official.office_id
    await announce(session, conversation.id)
    return True


async def say(
    session: AsyncSession,
    conversation: Conversation,
    official: Official,
    words: str,
    at: datetime,
    *,
    kind: str = "official",
) -> Message:
    """The official's words to the resident, in the same chat."""
    row = await _add_reply(session, conversation, Reply(kind, words), to=None, at=at, official=official)
    await outbox.defer_delivery(session, conversation)
    conversation.waiting_since = None
    await announce(session, conversation.id)
    return row


async def ask_contact(session: AsyncSession, conversation: Conversation, official: Official, at: datetime) -> Message:
    """The official asks how the resident can be called; they may say no."""
    return await say(session, conversation, official, sentences.CONTACT_REQUEST, at, kind=CONTACT_REQUEST)


async def give_back(session: AsyncSession, conversation: Conversation, at: datetime) -> None:
    """The bot answers again, with a fresh errand; what was half said before is over."""
    conversation.owner = "bot"
    conversation.taken_by = None
    conversation.office_id = None
    conversation.waiting_since = None
    conversation.handover_reason = None
    conversation.misunderstood = 0
    conversation.errand_id = None
    await add_replies(session, conversation, [Reply("notice", sentences.GIVEN_BACK)], to=None, at=at)


async def request_data(session: AsyncSession, message_id: int, at: datetime) -> None:
    """Record that the resident asked for their data, once per message."""
    conversation = await conversation_of(session, message_id)
    row = insert(DataRequest).values(conversation_id=conversation.id, message_id=message_id, at=at)
    await session.execute(row.on_conflict_do_nothing())


def settle_request(request: DataRequest, at: datetime) -> None:
    """The office dealt with the request and told the resident."""
    request.done_at = at


async def remember_commune(session: AsyncSession, message_id: int, commune_id: int) -> None:
    """The resident named their commune: later business goes there unless said otherwise."""
    (await conversation_of(session, message_id)).commune_id = commune_id


async def count_misunderstood(session: AsyncSession, message_id: int) -> int:
    """How many messages in a row were not understood, this one included; asking again counts nothing twice."""
    message = await session.get_one(Message, message_id)
    conversation = await session.get_one(Conversation, message.conversation_id)
    if message.body.get("misunderstood") is None:
        conversation.misunderstood += 1
        message.body = {**message.body, "misunderstood": conversation.misunderstood}
    return int(message.body["misunderstood"])


async def conversation_of(session: AsyncSession, message_id: int) -> Conversation:
    """The conversation a message belongs to, locked for this transaction."""
    message = await session.get_one(Message, message_id)
    return await session.get_one(Conversation, message.conversation_id, with_for_update=AGAINST_WRITERS)
