"""Messages that do not reach a resident: which office sees them, how many there are on each channel."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import Conversation, Message, OutboxRow
from bot.officials.models import Official
from bot.places.models import Commune

TROUBLED = ("waiting", "uncertain", "failed")


@dataclass(frozen=True)
class Undelivered:
    """A message that is held, failed, or perhaps arrived."""

    row: OutboxRow
    message: Message
    conversation: Conversation
    commune: Commune | None


async def undelivered(session: AsyncSession, official: Official) -> list[Undelivered]:
    """What this official's office should know of, the oldest first."""
    query = (
        select(OutboxRow, Message, Conversation, Commune)
        .join(Message, Message.id == OutboxRow.message_id)
        .join(Conversation, Conversation.id == OutboxRow.conversation_id)
        .outerjoin(Commune, Commune.id == Conversation.commune_id)
        .where(_open(), _seen_by(official))
        .order_by(OutboxRow.id)
        .limit(200)
    )
    return [Undelivered(*found) for found in (await session.execute(query)).all()]


async def open_row(session: AsyncSession, row_id: int, official: Official) -> OutboxRow | None:
    """The row, locked, if it still needs somebody and this official may deal with it."""
    query = (
        select(OutboxRow)
        .join(Conversation, Conversation.id == OutboxRow.conversation_id)
        .where(OutboxRow.id == row_id, _open(), _seen_by(official))
    )
    return await session.scalar(query.with_for_update(of=OutboxRow))


async def counts(session: AsyncSession) -> Sequence[tuple[str, str, int]]:
    """Channel, state and how many messages are in it, of all that are not simply sent."""
    still = or_(OutboxRow.state == "pending", _open())
    query = select(OutboxRow.channel, OutboxRow.state, func.count()).where(still)
    rows = await session.execute(query.group_by(OutboxRow.channel, OutboxRow.state).order_by(OutboxRow.channel))
    return [(channel, state, count) for channel, state, count in rows]


def _open() -> ColumnElement[bool]:
    return and_(OutboxRow.state.in_(TROUBLED), OutboxRow.settled_by.is_(None))


def _seen_by(official: Official) -> ColumnElement[bool]:
    """The office that has the talk, or the commune's own; the province's coordinator sees all."""
    if official.role == "province_coordinator":
        return true()
    mine = Conversation.office_id == official.office_id
    commune = official.office.commune_id
    return mine if commune is None else or_(mine, Conversation.commune_id == commune)
