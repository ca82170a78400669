"""Telling a resident what they did not ask for, on the channel that still reaches them. Every notice goes through here.

What reaches nobody waits: it is told at the resident's next message, and until then the office sees it.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.doors import Door, Reach, best, reach
from bot.conversations.models import Conversation, Message, Notice, NoticeRefusal, OutboxRow
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


async def not_delivered(session: AsyncSession, row: OutboxRow, at: datetime) -> None:
    """A message failed or is held: if it was a notice, it goes to the resident's next best channel instead.

    What is held only until the resident writes again stays where it is, unless another channel reaches them now.
    """
    notice = await session.scalar(select(Notice).where(Notice.message_id == row.message_id).with_for_update())
    if notice is None:
        return
    origin = await session.get_one(Conversation, notice.conversation_id)
    here = await session.get_one(Conversation, row.conversation_id)
    tried = [*notice.tried, str(here.id)]
    if row.state == "waiting" and here.unreachable_since is None and not await _is_reached(session, origin, tried, at):
        return
    reply = await _reply_of(session, await session.get_one(Message, row.message_id))
    notice.tried, row.state = tried, "dropped"
    await _tell(session, notice, origin, reply, at)


async def _is_reached(session: AsyncSession, origin: Conversation, tried: Sequence[str], at: datetime) -> bool:
    """Whether a channel that was not tried reaches the resident now."""
    chosen = best(await _doors(session, origin, tried), at)
    return chosen is not None and reach(chosen, at) is Reach.NOW


async def _reply_of(session: AsyncSession, message: Message) -> Reply:
    shown = (await with_buttons(session, [message]))[0]
    buttons = tuple(ReplyButton(b.label, b.intent, b.entities, b.facts) for b in shown.buttons)
    return Reply(message.kind or "notice", message.text or "", message.body, buttons)


async def tell_waiting(session: AsyncSession, conversation: Conversation, at: datetime) -> None:
    """The resident is here again: tell what could reach them nowhere."""
    own = own_conversations(conversation.id)
    query = select(Notice).where(Notice.state == "unreachable", Notice.conversation_id.in_(own))
    for notice in (await session.scalars(query.order_by(Notice.id).with_for_update(skip_locked=True))).all():
        if notice.payload is not None:
            await _put(session, notice, conversation, reply_from(notice.payload), at)


async def _tell(session: AsyncSession, notice: Notice, origin: Conversation, reply: Reply, at: datetime) -> None:
    chosen = best(await _doors(session, origin, notice.tried), at)
    if chosen is None:
        notice.state, notice.message_id, notice.payload = "unreachable", None, payload_of(reply)
        notice.office_id = notice.office_id or (await office_for(session, origin.commune_id)).id
    else:
        await _put(session, notice, await session.get_one(Conversation, chosen.id), reply, at)


async def _put(session: AsyncSession, notice: Notice, talk: Conversation, reply: Reply, at: datetime) -> None:
    told = await add_replies(session, talk, [reply], to=None, at=at)
    notice.state, notice.message_id, notice.payload = "told", told[0].id, None


def door_of(talk: Conversation, origin: Conversation) -> Door:
    """The conversation as a place to tell something that began in ``origin``."""
    return Door(
        talk.id,
        talk.channel,
        talk.last_contact_at or talk.last_at,
        origin=talk.id == origin.id,
        closed=talk.unreachable_since is not None,
        preferred_at=talk.preferred_at,
    )


async def _doors(session: AsyncSession, origin: Conversation, tried: Sequence[str]) -> list[Door]:
    talks = await conversations_of(session, origin.resident_id)
    return [door_of(talk, origin) for talk in talks if str(talk.id) not in tried]


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
