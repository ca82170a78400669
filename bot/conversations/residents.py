"""Who talks: one resident may have several conversations, on Zalo, Telegram and the web."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import Conversation


def own_conversations(conversation_id: UUID) -> Select[UUID]:
    """The ids of all conversations of the resident who talks in this one, for ``column.in_(…)``."""
    resident = select(Conversation.resident_id).where(Conversation.id == conversation_id).scalar_subquery()
    return select(Conversation.id).where(Conversation.resident_id == resident)


async def is_same_resident(session: AsyncSession, one: UUID, other: UUID) -> bool:
    """Whether both conversations are the same resident's."""
    return one == other or other in set(await session.scalars(own_conversations(one)))


async def conversations_of(session: AsyncSession, resident_id: UUID) -> Sequence[Conversation]:
    """The resident's conversations, in the order in which they began."""
    query = select(Conversation).where(Conversation.resident_id == resident_id)
    return (await session.scalars(query.order_by(Conversation.created_at, Conversation.id))).all()
