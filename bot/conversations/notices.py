"""Telling a resident what they did not ask for, on the channel that still reaches them. Every notice goes through here.

What reaches nobody waits: it is told at the resident's next message, and until then the office sees it.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.doors import Door, best
from bot.conversations.models import Conversation, Message, Notice, NoticeRefusal
from bot.conversations.notice_kinds import KINDS
from bot.conversations.queries import with_buttons
from bot.conversations.replies import Reply, ReplyButton, payload_of, reply_from
from bot.conversations.residents import conversations_of, own_conversations
from bot.conversations.service import add_replies
from bot.officials.queries import office_for


async def tell(
    session: AsyncSession,
    conversation: Conversation,
    kind: str,
    reply: Reply,
    at: datetime,
    *,
    office_id: int | None = None,
) -> Notice:
    """Tell the resident of ``conversation``, where the matter began, in whichever of theirs reaches them.

    ``kind`` is one of ``KINDS``; one that the resident turned off is noted and not told. ``office_id`` is who is shown
    that nobody could be reached (the commune's office where None).
    """
    if kind not in KINDS:
        raise ValueError(f"no such kind of notice: {kind}")
    notice = Notice(conversation_id=conversation.id, office_id=office_id, kind=kind, state="declined", tried=[], at=at)
    session.add(notice)
    if not await session.get(NoticeRefusal, (conversation.resident_id, kind)):
        await _tell(session, notice, conversation, reply, at)
    return notice


async def not_delivered(session: AsyncSession, message: Message, at: datetime) -> None:
    """A message could not be delivered for good: if it was a notice, it goes to the resident's next best channel."""
    notice = await session.scalar(select(Notice).where(Notice.message_id == message.id).with_for_update())
    if notice is None:
        return
    shown = (await with_buttons(session, [message]))[0]
    buttons = tuple(ReplyButton(b.label, b.intent, b.entities, b.facts) for b in shown.buttons)
    reply = Reply(message.kind or "notice", message.text or "", message.body, buttons)
    notice.tried = [*notice.tried, str(message.conversation_id)]
    await _tell(session, notice, await session.get_one(Conversation, notice.conversation_id), reply, at)


async def tell_waiting(session: AsyncSession, conversation: Conversation, at: datetime) -> None:
    """The resident is here again: tell what could reach them nowhere."""
    own = own_conversations(conversation.id)
    query = select(Notice).where(Notice.state == "unreachable", Notice.conversation_id.in_(own))
    for notice in (await session.scalars(query.order_by(Notice.id).with_for_update(skip_locked=True))).all():
        if notice.payload is not None:
            await _put(session, notice, conversation, reply_from(notice.payload), at)


async def _tell(session: AsyncSession, notice: Notice, origin: Conversation, reply: Reply, at: datetime) -> None:
    own = {talk.id: talk for talk in await conversations_of(session, origin.resident_id)}
    doors = [door_of(talk, origin) for talk in own.values() if str(talk.id) not in notice.tried]
    chosen = best(doors, at)
    if chosen is None:
        notice.state, notice.message_id, notice.payload = "unreachable", None, payload_of(reply)
        notice.office_id = notice.office_id or (await office_for(session, origin.commune_id)).id
    else:
        await _put(session, notice, own[chosen.id], reply, at)


async def _put(session: AsyncSession, notice: Notice, talk: Conversation, reply: Reply, at: datetime) -> None:
    told = await add_replies(session, talk, [reply], to=None, at=at)
    notice.state, notice.message_id, notice.payload = "told", told[0].id, None


def door_of(talk: Conversation, origin: Conversation) -> Door:
    """The conversation as a place to tell something that began in ``origin``."""
    return Door(talk.id, talk.channel, talk.last_at, origin=talk.id == origin.id, preferred_at=talk.preferred_at)


def settle(notice: Notice) -> None:
    """The office reached the resident another way."""
    notice.state, notice.payload = "settled", None


async def refuse(session: AsyncSession, resident_id: UUID, kind: str, at: datetime) -> None:
    """The resident wants no more notices of that kind, on any channel."""
    row = insert(NoticeRefusal).values(resident_id=resident_id, kind=kind, at=at)
    await session.execute(row.on_conflict_do_nothing())


async def want(session: AsyncSession, resident_id: UUID, kind: str) -> None:
    """The resident wants notices of that kind again."""
    gone = delete(NoticeRefusal).where(NoticeRefusal.resident_id == resident_id, NoticeRefusal.kind == kind)
    await session.execute(gone)


async def refused(session: AsyncSession, resident_id: UUID) -> set[str]:
    """The kinds that the resident turned off."""
    return set(await session.scalars(select(NoticeRefusal.kind).where(NoticeRefusal.resident_id == resident_id)))
