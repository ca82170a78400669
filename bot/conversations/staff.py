"""Staff who answer in a platform's own pages: a human has taken the talk over there, and the bot falls silent.

The platform repeats everything that goes out, ours too, sometimes before it has told us our own message's id. So a
message that no reply of ours goes by is looked at again ``PATIENCE_SECONDS`` later.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import outbox
from bot.conversations.models import Conversation, Message
from bot.conversations.news import announce
from bot.db.jobs import defer_in
from bot.officials.queries import office_for

STAFF_JOB = "staff_typed"
PATIENCE_SECONDS = 10


async def await_staff(session: AsyncSession, channel: str, external_id: str) -> None:
    """Look at that raw event again a little later."""
    lock = f"staff:{channel}:{external_id}"
    seconds = PATIENCE_SECONDS
    await defer_in(session, STAFF_JOB, lock=lock, in_seconds=seconds, channel=channel, external_id=external_id)


async def staff_typed(
    session: AsyncSession, conversation: Conversation, platform_id: str, words: str, at: datetime
) -> bool:
    """A human answered in the platform's own pages, unless the message is ours after all; True when it was a human.

    The conversation's lock is held.
    """
    if await outbox.mark_arrived(session, conversation.id, [platform_id], at):
        return False
    known = Message.conversation_id == conversation.id, Message.platform_id == platform_id
    if await session.scalar(select(Message.id).where(*known).limit(1)):
        return False
    await _take_over(session, conversation)
    said = Message(
        conversation_id=conversation.id,
        sender="official",
        text=words,
        kind="official",
        platform_id=platform_id,
        at=at,
    )
    session.add(said)
    await announce(session, conversation.id)
    return True


async def _take_over(session: AsyncSession, conversation: Conversation) -> None:
    if conversation.owner != "official":
        office = await office_for(session, conversation.commune_id)
        conversation.owner, conversation.office_id, conversation.taken_by = "official", office.id, None
        conversation.handover_reason = "staff_elsewhere"
    conversation.waiting_since = None
