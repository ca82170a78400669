"""Delivering the replies of one conversation, in order; any step may die, and nothing is sent twice.

Each piece costs two commits: “sending” before the call, its outcome after it. See docs/decisions/0021.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.channels.platform import (
    Choice,
    Enclosed,
    Held,
    Later,
    NotSent,
    Outgoing,
    Platform,
    Recipient,
    Refused,
    Stopped,
    Uncertain,
    Unreachable,
)
from bot.conversations import channel_states, notices, outbox, reasons
from bot.conversations.models import Conversation, Message, OutboxRow
from bot.conversations.queries import with_buttons
from bot.db import unit_of_work
from bot.db.jobs import hold_lock
from bot.media.queries import of_messages
from bot.media.views import is_shown, name_of

log = structlog.get_logger()

LONGEST_NAP = 3.0
"""A job waits so long itself; what must wait longer is taken up again by the sweeper."""
LONGEST_PAUSE = 300.0
OFF_PAUSE = timedelta(minutes=5)


def pause_after(attempts: int) -> float:
    """Seconds until the next try: 1, 2, 4 … 300."""
    return float(min(2 ** max(0, attempts - 1), LONGEST_PAUSE))


def digest_of(words: str) -> str:
    """What words are recognised by without being kept."""
    return hashlib.sha256(words.encode()).hexdigest()


@dataclass(frozen=True)
class Due:
    """The row that goes next, as it was read; ``wait`` seconds are left until its time."""

    row_id: int
    channel: str
    recipient: Recipient
    outgoing: Outgoing
    wait: float = 0.0


@dataclass(frozen=True)
class Tried:
    """What became of a try: the platform's id, or why there is none; ``number`` is None when no call was made."""

    due: Due
    number: int | None = None
    platform_id: str | None = None
    failure: NotSent | Uncertain | None = None


@dataclass(frozen=True)
class Delivery:
    """What delivering needs; one per worker process. ``at_step`` is told each step's name (tests kill there)."""

    engine: AsyncEngine
    platforms: Mapping[str, Platform[Any]]
    clock: Callable[[], datetime]
    attempts: int
    """Tries of one piece, up to five minutes apart, before an official is told."""
    at_step: Callable[[str], None] = field(default=lambda step: None)
    nap: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def deliver_all(self, conversation_id: UUID) -> None:
        """Send what is due, the oldest first; ends when nothing is, or the first must wait longer than a nap."""
        tried: Tried | None = None
        while True:
            async with unit_of_work(self.engine) as session:
                if tried is not None:
                    await self._note(session, tried)
                due = await self._next(session, conversation_id)
            if due is None or due.wait > LONGEST_NAP:
                return
            if due.wait > 0:
                tried = None
                await self.nap(due.wait)
            else:
                tried = await self._try(due)

    async def _next(self, session: AsyncSession, conversation_id: UUID) -> Due | None:
        row = await outbox.first_pending(session, conversation_id)
        if row is None:
            return None
        now = self.clock()
        if row.channel not in self.platforms:
            outbox.put_off(row, now + OFF_PAUSE, reasons.CHANNEL_OFF)
        state = await channel_states.state_of(session, row.channel)
        if state and state.next_try_at and state.next_try_at > now:
            outbox.put_off(row, state.next_try_at, reasons.CHANNEL_STOPPED)
        wait = (row.next_try_at - now).total_seconds() if row.next_try_at else 0.0
        conversation = await session.get_one(Conversation, conversation_id)
        recipient = Recipient(conversation_id, conversation.external_user, conversation.last_contact_at)
        return Due(row.id, row.channel, recipient, await _outgoing(session, row), wait)

    async def _try(self, due: Due) -> Tried:
        platform = self.platforms[due.channel]
        try:
            pieces = platform.pieces(due.outgoing)
            await platform.clear(due.recipient)
        except NotSent as failure:
            return Tried(due, failure=failure)
        except (DBAPIError, PoolTimeout, OSError):
            raise  # our own database is away, nothing was called: the row stays as it is and is taken up again
        except Exception as error:  # noqa: BLE001 -- a reply that cannot be put into a form must not stop the rest
            return Tried(due, failure=_broken(due, error, Refused("error")))
        async with unit_of_work(self.engine) as session:
            number = await self._mark(session, due, [digest_of(piece.text) for piece in pieces])
        if number is None:
            return Tried(due)
        self.at_step("sending")
        return await self._call(due, number, pieces[number])

    async def _mark(self, session: AsyncSession, due: Due, digests: list[str]) -> int | None:
        row = await session.get_one(OutboxRow, due.row_id, with_for_update=True)
        return await outbox.begin_piece(session, row, digests, self.clock()) if row.state == "pending" else None

    async def _call(self, due: Due, number: int, piece: Any) -> Tried:
        try:
            platform_id = await self.platforms[due.channel].send(due.recipient, piece)
        except (NotSent, Uncertain) as failure:
            return Tried(due, number, failure=failure)
        except Exception as error:  # noqa: BLE001 -- whatever broke, the call may have been made
            return Tried(due, number, failure=_broken(due, error, Uncertain()))
        self.at_step("accepted")
        return Tried(due, number, platform_id)

    async def _note(self, session: AsyncSession, tried: Tried) -> None:
        """Write down what became of the try; under the lock of incoming events, since its echo may come right now."""
        await hold_lock(session, str(tried.due.recipient.conversation_id))
        row = await session.get_one(OutboxRow, tried.due.row_id, with_for_update=True)
        number, failure = tried.number, tried.failure
        if isinstance(failure, NotSent):
            if number is not None:
                await outbox.piece_not_sent(session, row, number)
            await self._not_sent(session, row, failure, tried.due.recipient)
        elif number is not None and failure is not None:
            log.warning("delivery_uncertain", outbox=row.id, channel=row.channel)
            await outbox.piece_unsure(session, row, number)
        elif number is not None:
            await outbox.piece_sent(session, row, number, tried.platform_id, self.clock())
            await channel_states.goes_out(session, row.channel)

    async def _not_sent(self, session: AsyncSession, row: OutboxRow, failure: NotSent, recipient: Recipient) -> None:
        now = self.clock()
        match failure:
            case Later():
                await self._put_off(session, row, failure, now)
            case Stopped():
                until = now + timedelta(seconds=failure.retry_seconds)
                log.error("channel_stopped", channel=row.channel, reason=failure.reason, detail=failure.detail)
                await channel_states.stop(session, row.channel, failure.reason, failure.detail, now, until)
                outbox.put_off(row, until, reasons.CHANNEL_STOPPED, failure.detail)
            case Held():
                if isinstance(failure, Unreachable):
                    conversation = await session.get_one(Conversation, recipient.conversation_id)
                    outbox.mark_unreachable(conversation, failure.reason, now)
                outbox.hold(row, failure.reason, failure.detail)
                await notices.not_delivered(session, row, now)
            case _:
                log.error("delivery_refused", outbox=row.id, channel=row.channel, detail=failure.detail)
                outbox.fail(row, reasons.REFUSED, failure.detail)
                await notices.not_delivered(session, row, now)

    async def _put_off(self, session: AsyncSession, row: OutboxRow, failure: Later, now: datetime) -> None:
        if row.attempts >= self.attempts:
            log.error("delivery_given_up", outbox=row.id, channel=row.channel, attempts=row.attempts)
            outbox.fail(row, reasons.TOO_LONG_AGO, failure.detail)
            await notices.not_delivered(session, row, now)
            return
        seconds = pause_after(row.attempts) if failure.seconds is None else failure.seconds
        outbox.put_off(row, now + timedelta(seconds=seconds), None, failure.detail)


async def _outgoing(session: AsyncSession, row: OutboxRow) -> Outgoing:
    message = await session.get_one(Message, row.message_id)
    [shown] = await with_buttons(session, [message])
    choices = tuple(Choice(button.label, button.token) for button in shown.buttons)
    kind = message.kind or "official"
    return Outgoing(message.id, kind, message.text or "", message.body, choices, await _enclosed(session, message))


async def _enclosed(session: AsyncSession, message: Message) -> tuple[Enclosed, ...]:
    if message.sender != "official":
        return ()
    kept = (await of_messages(session, [message.id]))[message.id]
    return tuple(Enclosed(one.kind, name_of(one), one.shown_key) for one in kept if is_shown(one) and one.shown_key)


def _broken[F: NotSent | Uncertain](due: Due, error: Exception, failure: F) -> F:
    log.error("delivery_broken", outbox=due.row_id, channel=due.channel, error=type(error).__name__)
    return failure
