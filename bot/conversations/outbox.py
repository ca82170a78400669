"""Replies on their way: rows go out in order, piece by piece, are held until the resident is back, or need a person.

``bot.channels.delivery`` makes the calls; here is what each outcome means for the rows. Nothing is sent twice: a piece
is marked ``sending`` in a commit of its own before the call, and one found so later is ``uncertain``.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import reasons
from bot.conversations.models import Conversation, Message, OutboxPiece, OutboxRow, RawEvent
from bot.db.jobs import defer_in

DELIVER_JOB = "deliver"
DELIVERIES = "deliveries"
"""The queue of deliveries: slow platforms must not keep answers waiting."""
PULLED_CHANNELS = frozenset({"web"})
"""Channels whose residents fetch replies themselves: nothing to send, the row is delivered once it is there."""


def lock_of(conversation_id: UUID) -> str:
    """The lock that keeps deliveries of one conversation in order."""
    return f"deliver:{conversation_id}"


def put_out(session: AsyncSession, conversation: Conversation, message: Message) -> None:
    """A row for a reply; ``defer_delivery`` sends it on its way."""
    pulled = conversation.channel in PULLED_CHANNELS
    session.add(
        OutboxRow(
            message_id=message.id,
            conversation_id=conversation.id,
            channel=conversation.channel,
            state="sent" if pulled else "pending",
            sent_at=message.at if pulled else None,
            at=message.at,
        )
    )


async def defer_delivery(session: AsyncSession, conversation: Conversation) -> None:
    """Have the conversation's pending rows delivered once this transaction commits."""
    if conversation.channel not in PULLED_CHANNELS:
        await defer_delivery_of(session, conversation.id)


async def defer_delivery_of(session: AsyncSession, conversation_id: UUID) -> None:
    """The same, by the conversation's id."""
    lock = lock_of(conversation_id)
    await defer_in(session, DELIVER_JOB, lock=lock, queue=DELIVERIES, conversation_id=str(conversation_id))


async def first_pending(session: AsyncSession, conversation_id: UUID) -> OutboxRow | None:
    """The row that goes next, locked; the rows behind it wait for it."""
    query = select(OutboxRow).where(OutboxRow.conversation_id == conversation_id, OutboxRow.state == "pending")
    return await session.scalar(query.order_by(OutboxRow.id).limit(1).with_for_update())


async def begin_piece(session: AsyncSession, row: OutboxRow, digests: Sequence[str], at: datetime) -> int | None:
    """The number of the piece to send now, marked ``sending``; None when none is left, and the row is settled."""
    pieces = await _pieces_of(session, row.id)
    for piece in pieces:
        if piece.state == "sending":
            piece.state = "uncertain"
    gone = {piece.number for piece in pieces}
    number = next((n for n in range(len(digests)) if n not in gone), None)
    if number is None:
        _finish(row, unsure=any(piece.state == "uncertain" for piece in pieces), at=at)
    else:
        row.attempts += 1
        session.add(OutboxPiece(outbox_id=row.id, number=number, state="sending", digest=digests[number], at=at))
    return number


def _finish(row: OutboxRow, *, unsure: bool, at: datetime) -> None:
    row.state = "uncertain" if unsure else "sent"
    row.reason = reasons.PERHAPS_SENT if unsure else None
    row.sent_at, row.next_try_at, row.detail = at, None, None


async def piece_sent(session: AsyncSession, row: OutboxRow, number: int, platform_id: str | None, at: datetime) -> None:
    """The platform has the piece and calls it so; one that was given up as uncertain meanwhile is certain now.

    What the platform told of that id before this commit counts now. The lock of incoming events is held.
    """
    piece = await session.get(OutboxPiece, (row.id, number))
    if piece is not None:
        piece.state, piece.platform_id, piece.digest = "sent", platform_id, None
    row.attempts, row.reason, row.detail = 0, None, None
    told = [f"{what}:{platform_id}" for what in ("echo", "delivered", "seen")]
    early = select(RawEvent.external_id).where(RawEvent.channel == row.channel, RawEvent.external_id.in_(told))
    for external_id in await session.scalars(early):
        row.delivered_at = row.delivered_at or at
        if external_id.startswith("seen:"):
            row.seen_at = at


async def recognise(session: AsyncSession, conversation_id: UUID, platform_id: str, digest: str) -> bool:
    """Whether the platform tells back a piece whose fate was open; it is certain now that it was sent."""
    rows = select(OutboxRow.id).where(OutboxRow.conversation_id == conversation_id)
    query = select(OutboxPiece).where(
        OutboxPiece.outbox_id.in_(rows),
        OutboxPiece.digest == digest,
        OutboxPiece.state.in_(("sending", "uncertain")),
        OutboxPiece.platform_id.is_(None),
    )
    piece = await session.scalar(query.order_by(OutboxPiece.outbox_id).limit(1).with_for_update())
    if piece is None:
        return False
    piece.state, piece.platform_id, piece.digest = "sent", platform_id, None
    row = await session.get_one(OutboxRow, piece.outbox_id, with_for_update=True)
    if row.state == "uncertain" and all(p.state == "sent" for p in await _pieces_of(session, row.id)):
        row.state, row.reason = "sent", None
    return True


async def piece_unsure(session: AsyncSession, row: OutboxRow, number: int) -> None:
    """Nobody can say whether the platform has the piece: never sent again by itself."""
    piece = await session.get(OutboxPiece, (row.id, number))
    if piece is not None and piece.state == "sending":
        piece.state = "uncertain"
    row.attempts = 0


async def piece_not_sent(session: AsyncSession, row: OutboxRow, number: int) -> None:
    """The platform surely does not have the piece."""
    mine = OutboxPiece.outbox_id == row.id, OutboxPiece.number == number, OutboxPiece.state == "sending"
    await session.execute(delete(OutboxPiece).where(*mine))


def put_off(row: OutboxRow, until: datetime, reason: str | None, detail: str | None = None) -> None:
    """Tried again at that time; what is behind it waits too."""
    row.next_try_at, row.reason, row.detail = until, reason, detail


def hold(row: OutboxRow, reason: str, detail: str | None = None) -> None:
    """Kept until the resident's next contact."""
    row.state, row.next_try_at, row.reason, row.detail = "waiting", None, reason, detail


def fail(row: OutboxRow, reason: str, detail: str | None = None) -> None:
    """Cannot be sent as it is: a person must see it."""
    row.state, row.next_try_at, row.reason, row.detail = "failed", None, reason, detail


def mark_unreachable(conversation: Conversation, reason: str, at: datetime) -> None:
    """Messages do not reach the resident here any more."""
    conversation.unreachable_since = conversation.unreachable_since or at
    conversation.unreachable_why = reason


async def note_contact(session: AsyncSession, conversation: Conversation, at: datetime) -> None:
    """The resident wrote, pressed or followed: they can be reached, and what was held for them goes out first."""
    conversation.last_contact_at = at
    conversation.unreachable_since = conversation.unreachable_why = None
    if conversation.channel in PULLED_CHANNELS:
        return
    held = update(OutboxRow).where(OutboxRow.conversation_id == conversation.id, OutboxRow.state == "waiting")
    freed = await session.execute(held.values(state="pending", attempts=0, next_try_at=None).returning(OutboxRow.id))
    if freed.first() is not None:
        await defer_delivery(session, conversation)


async def mark_arrived(
    session: AsyncSession, conversation_id: UUID, platform_ids: Iterable[str], at: datetime, *, seen: bool = False
) -> int:
    """The platform says that messages of these ids arrived, or were seen; how many replies of ours they belong to."""
    pieces = select(OutboxPiece.outbox_id).where(OutboxPiece.platform_id.in_(list(platform_ids)))
    rows = await session.scalars(
        select(OutboxRow)
        .where(OutboxRow.conversation_id == conversation_id, OutboxRow.id.in_(pieces))
        .with_for_update()
    )
    found = list(rows)
    for row in found:
        row.delivered_at = row.delivered_at or at
        if seen:
            row.seen_at = row.seen_at or at
    return len(found)


async def send_again(session: AsyncSession, row: OutboxRow) -> None:
    """A person decided that what may not have arrived, or failed, goes out once more."""
    mine = OutboxPiece.outbox_id == row.id, OutboxPiece.state == "uncertain"
    await session.execute(delete(OutboxPiece).where(*mine))
    row.state, row.attempts, row.next_try_at, row.reason, row.detail = "pending", 0, None, None, None
    await defer_delivery_of(session, row.conversation_id)


def settle(row: OutboxRow, official_id: int) -> None:
    """An official told the resident in another way: what was held is not sent any more."""
    row.settled_by = official_id
    if row.state == "waiting":
        row.state = "failed"


async def _pieces_of(session: AsyncSession, outbox_id: int) -> Sequence[OutboxPiece]:
    query = select(OutboxPiece).where(OutboxPiece.outbox_id == outbox_id).order_by(OutboxPiece.number)
    return (await session.scalars(query)).all()
