"""What is kept about a resident, over all their channels: the rows behind “xem dữ liệu của tôi”."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case, CaseEntry
from bot.conversations.models import Conversation, Message
from bot.conversations.residents import own_conversations
from bot.media.models import Media
from bot.media.queries import of_conversation
from bot.receptions.models import Booking, Reception


@dataclass(frozen=True)
class HeldCase:
    """A case of the resident with its history, oldest line first."""

    case: Case
    entries: Sequence[CaseEntry]


@dataclass(frozen=True)
class Holdings:
    """Everything of one resident, oldest first."""

    talks: Sequence[Conversation]
    messages: Sequence[Message]
    cases: Sequence[HeldCase]
    bookings: Sequence[tuple[Booking, Reception]]
    media: Sequence[Media]
    """Photos, voice notes and files; without their bytes."""


async def holdings(session: AsyncSession, conversation_id: UUID) -> Holdings:
    """What is kept of the resident who talks in this conversation."""
    own = own_conversations(conversation_id)
    named = select(Conversation).where(Conversation.id.in_(own))
    talks = (await session.scalars(named.order_by(Conversation.created_at))).all()
    messages = await session.scalars(select(Message).where(Message.conversation_id.in_(own)).order_by(Message.id))
    cases = await session.scalars(select(Case).where(Case.conversation_id.in_(own)).order_by(Case.created_at))
    booked = (
        select(Booking, Reception)
        .join(Reception, Reception.id == Booking.reception_id)
        .where(Booking.conversation_id.in_(own))
        .order_by(Booking.id)
    )
    return Holdings(
        talks,
        messages.all(),
        [HeldCase(case, await _entries(session, case)) for case in cases.all()],
        [(booking, reception) for booking, reception in await session.execute(booked)],
        [media for talk in talks for media in await of_conversation(session, talk.id)],
    )


async def _entries(session: AsyncSession, case: Case) -> Sequence[CaseEntry]:
    query = select(CaseEntry).where(CaseEntry.case_id == case.id, CaseEntry.shown).order_by(CaseEntry.number)
    return (await session.scalars(query)).all()
