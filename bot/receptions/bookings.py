"""Use cases of booked places: book, cancel, call a day off, mark it held, remind. Every one may be repeated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import local
from bot.conversations.models import Conversation
from bot.conversations.notices import tell
from bot.conversations.replies import Reply, ReplyButton
from bot.conversations.residents import own_conversations
from bot.conversations.service import conversation_of
from bot.receptions import booking_codes, booking_wording, reminders
from bot.receptions.answering import can_book
from bot.receptions.models import Booking, Reception, ReceptionDay
from bot.receptions.queries import Meeting, meetings_of
from bot.receptions.schedule import CANCELLED, HELD, MOVED

LONGEST_MATTER = 500
"""Characters of the matter that are kept."""
BATCH = 100
"""Reminders of one transaction."""


class Refusal(StrEnum):
    """Why no place can be kept."""

    GONE = "gone"
    FULL = "full"
    SAME_DAY = "same_day"


class BookingRefused(Exception):
    """No place can be kept; ``why`` says the reason."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


class DayRefused(ValueError):
    """The day cannot be called off or marked; the message, in Vietnamese, says why."""


@dataclass(frozen=True)
class Wish:
    """What the resident agreed to in that message."""

    reception_id: int
    day: date
    matter: str | None
    message_id: int


@dataclass(frozen=True)
class Means:
    """Clock, randomness and setting that booking needs: ``below(n)``, a new secret address, the reminder's hour."""

    at: datetime
    below: Callable[[int], int]
    token: Callable[[], str]
    reminder_hour: int


async def book(session: AsyncSession, wish: Wish, means: Means) -> Booking:
    """Keep a place; the same message again gives the same booking. ``BookingRefused``.

    The reception's row is locked first, so that of two who want the last place only one gets it.
    """
    reception = await session.get_one(Reception, wish.reception_id, with_for_update=True)
    before = await session.scalar(select(Booking).where(Booking.message_id == wish.message_id))
    if before is not None:
        return before
    conversation = await conversation_of(session, wish.message_id)
    await _refuse(session, reception, conversation.id, wish.day, local(means.at))
    due = reminders.due_at(wish.day, local(means.at), means.reminder_hour)
    booking = Booking(
        code=booking_codes.make(means.below),
        token=means.token(),
        reception_id=reception.id,
        day=wish.day,
        conversation_id=conversation.id,
        message_id=wish.message_id,
        matter=wish.matter[:LONGEST_MATTER] if wish.matter else None,
        at=means.at,
        remind_at=due.astimezone(UTC) if due else None,
    )
    session.add(booking)
    await session.flush()
    return booking


async def _refuse(session: AsyncSession, reception: Reception, conversation_id: UUID, day: date, now: datetime) -> None:
    if await bookable_day(session, reception.id, day, now) is None:
        raise BookingRefused(Refusal.GONE)
    open_ = select(func.count()).select_from(Booking).where(Booking.day == day, Booking.cancelled_at.is_(None))
    if await session.scalar(open_.where(Booking.conversation_id.in_(own_conversations(conversation_id)))):
        raise BookingRefused(Refusal.SAME_DAY)
    taken = await session.scalar(open_.where(Booking.reception_id == reception.id)) or 0
    if reception.capacity is not None and taken >= reception.capacity:
        raise BookingRefused(Refusal.FULL)


async def bookable_day(session: AsyncSession, reception_id: int, day: date, now: datetime) -> Meeting | None:
    """That day of the reception, where a place can still be booked; ``now`` is local."""
    days = await meetings_of(session, reception_id, day, 0)
    return next((meeting for meeting in days if can_book(meeting, now)), None)


async def own_bookings(session: AsyncSession, conversation_id: UUID, on: date) -> list[tuple[Booking, Reception]]:
    """The resident's places from that day on, booked on whichever channel, soonest first."""
    own = own_conversations(conversation_id)
    query = (
        select(Booking, Reception)
        .join(Reception, Reception.id == Booking.reception_id)
        .where(Booking.conversation_id.in_(own), Booking.cancelled_at.is_(None), Booking.day >= on)
    )
    rows = await session.execute(query.order_by(Booking.day))
    return [(booking, reception) for booking, reception in rows]


async def cancel(session: AsyncSession, conversation_id: UUID, code: str, at: datetime) -> Booking | None:
    """Give the place up; None where the resident has no such booking. Cancelled already: as it is."""
    query = select(Booking).where(Booking.conversation_id.in_(own_conversations(conversation_id)), Booking.code == code)
    booking = await session.scalar(query.with_for_update())
    if booking is not None and booking.cancelled_at is None:
        booking.cancelled_at, booking.cancelled_by = at, "resident"
    return booking


async def mark_held(session: AsyncSession, reception: Reception, day: date, official_id: int, at: datetime) -> None:
    """The meeting took place. ``DayRefused`` before its day."""
    if day > local(at).date():
        raise DayRefused("Buổi này chưa đến ngày, chưa ghi là đã diễn ra được.")
    await _note(session, ReceptionDay(reception_id=reception.id, day=day, state=HELD, official_id=official_id, at=at))


async def call_off(
    session: AsyncSession,
    reception: Reception,
    day: date,
    reason: str,
    official_id: int,
    at: datetime,
    to_day: date | None = None,
) -> int:
    """Cancel the day, or move it; everyone who had booked is told, once. How many were told. ``DayRefused``."""
    if not reason:
        raise DayRefused("Cần ghi lý do: người đã đăng ký sẽ đọc lý do này.")
    if day < local(at).date() or (to_day is not None and (to_day < local(at).date() or to_day == day)):
        raise DayRefused("Ngày đã qua, hoặc ngày mới không hợp lệ.")
    await session.get_one(Reception, reception.id, with_for_update=True)
    state = MOVED if to_day else CANCELLED
    noted = ReceptionDay(
        reception_id=reception.id, day=day, state=state, to_day=to_day, reason=reason, official_id=official_id, at=at
    )
    await _note(session, noted)
    booked = await _open_bookings(session, reception.id, day)
    for booking in booked:
        booking.cancelled_at, booking.cancelled_by = at, "office"
        await _tell(session, booking, "change", booking_wording.called_off(booking, reception, to_day, reason), at)
    return len(booked)


async def remind_due(session: AsyncSession, at: datetime) -> int:
    """Remind everyone whose evening has come; how many were. Reminder and mark are one commit: none is sent twice."""
    now = local(at)
    if not reminders.may_send(now):
        return 0
    query = (
        select(Booking, Reception)
        .join(Reception, Reception.id == Booking.reception_id)
        .where(Booking.remind_at <= at, Booking.reminded_at.is_(None), Booking.cancelled_at.is_(None))
        .order_by(Booking.remind_at)
        .limit(BATCH)
        .with_for_update(of=Booking, skip_locked=True)
    )
    sent = 0
    for booking, reception in (await session.execute(query)).all():
        booking.reminded_at = at
        if reminders.is_useful(booking.day, reception.from_time, now):
            await _tell(session, booking, "reminder", booking_wording.reminder(booking, reception), at)
            sent += 1
    return sent


async def _open_bookings(session: AsyncSession, reception_id: int, day: date) -> Sequence[Booking]:
    query = select(Booking).where(
        Booking.reception_id == reception_id, Booking.day == day, Booking.cancelled_at.is_(None)
    )
    return (await session.scalars(query.order_by(Booking.id).with_for_update())).all()


async def _note(session: AsyncSession, noted: ReceptionDay) -> None:
    values = {
        column: getattr(noted, column)
        for column in ("reception_id", "day", "state", "to_day", "reason", "official_id", "at")
    }
    row = insert(ReceptionDay).values(**values)
    await session.execute(row.on_conflict_do_update(index_elements=["reception_id", "day"], set_=values))


async def _tell(session: AsyncSession, booking: Booking, kind: str, text: str, at: datetime) -> None:
    conversation = await session.get_one(Conversation, booking.conversation_id)
    own = ReplyButton("Lịch hẹn của tôi", "my_bookings")
    await tell(session, conversation, kind, Reply("notice", text, buttons=(own,)), at)
