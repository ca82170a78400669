"""How long what is kept: one rule per table that holds residents' words, each with its setting; nothing else deletes.

``due`` counts what a rule would take away now, ``apply`` takes it away; both ask the same question of the database.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.attachments import unused
from bot.cases.models import Case
from bot.cases.states import STATES
from bot.conversations.models import Button, Conversation, Errand, Gap, Message, RawEvent, SealedHold
from bot.conversations.trackers import Trackers
from bot.db import Base
from bot.media.models import Media
from bot.media.service import erase
from bot.privacy.erasure import GONE, erase_cases
from bot.privacy.models import DataFile
from bot.receptions.models import Booking
from bot.settings import Settings

BATCH = 500
"""Cases and errands of one run; the next run takes more."""
ENDED = [name for name, state in STATES.items() if not state.open and name != "answered"]

Take = Callable[[AsyncSession], Awaitable[Any]]


@dataclass(frozen=True)
class Rule:
    """``what`` is taken away from ``table`` when it is older than ``after`` (None: never, until the province says)."""

    table: type[Base]
    what: str
    setting: str
    after: timedelta | None
    old: Callable[[datetime], ColumnElement[bool]]
    """Whether a row is old, given the moment before which things are."""
    take: Callable[[ColumnElement[bool]], Take]


@dataclass(frozen=True)
class Due:
    """A rule and how many rows it would take now."""

    rule: Rule
    rows: int


def rules(given: Settings) -> list[Rule]:
    """Every rule, with the province's own limits."""
    return [*_of_words(given), _of_media(given), *_of_business(given)]


def _of_words(given: Settings) -> list[Rule]:
    return [
        Rule(
            RawEvent,
            "dữ liệu thô của kênh chat",
            "RAW_EVENT_DAYS",
            timedelta(days=given.raw_event_days),
            lambda before: (RawEvent.received_at < before) & (RawEvent.payload != {}),
            lambda old: lambda session: session.execute(update(RawEvent).where(old).values(payload={})),
        ),
        Rule(
            SealedHold,
            "lời có thể là tố cáo, đang cất riêng",
            "SEALED_HOLD_HOURS",
            timedelta(hours=given.sealed_hold_hours),
            lambda before: SealedHold.sealed_at < before,
            lambda old: lambda session: session.execute(delete(SealedHold).where(old)),
        ),
        Rule(
            Gap,
            "câu trợ lý chưa đáp được (đã bỏ tên, số)",
            "GAP_DAYS",
            timedelta(days=given.gap_days),
            lambda before: Gap.at < before,
            lambda old: lambda session: session.execute(delete(Gap).where(old)),
        ),
        Rule(
            Message,
            "lời trong cuộc trò chuyện đã ngừng, không có phiếu đang mở",
            "TALK_DAYS",
            _days(given.talk_days),
            _old_words,
            lambda old: lambda session: _forget_words(session, old),
        ),
    ]


def _of_media(given: Settings) -> Rule:
    return Rule(
        Media,
        "ảnh, tin thoại, tệp không thuộc phiếu nào và không ai đang trả lời",
        "RAW_EVENT_DAYS",
        timedelta(days=given.raw_event_days),
        unused,
        lambda old: lambda session: erase(session, old),
    )


def _of_business(given: Settings) -> list[Rule]:
    return [
        Rule(
            Booking,
            "việc ghi kèm lịch hẹn đã qua",
            "BOOKING_DAYS",
            _days(given.booking_days),
            lambda before: (Booking.day < func.date(before)) & Booking.matter.is_not(None),
            lambda old: lambda session: session.execute(update(Booking).where(old).values(matter=None)),
        ),
        Rule(
            Case,
            "lời trong phiếu đã kết thúc",
            "CASE_DAYS",
            _days(given.case_days),
            lambda before: (Case.updated_at < before) & Case.state.in_(ENDED) & (Case.description != GONE),
            lambda old: lambda session: _forget_cases(session, old),
        ),
        Rule(
            DataFile,
            "địa chỉ tải dữ liệu đã hết hạn",
            "",
            timedelta(0),
            lambda before: DataFile.expires_at <= before,
            lambda old: lambda session: session.execute(delete(DataFile).where(old)),
        ),
    ]


async def due(session: AsyncSession, given: Settings, at: datetime) -> list[Due]:
    """What each rule would take away now; nothing is."""
    return [Due(rule, await _count(session, rule, at)) for rule in rules(given)]


async def apply(session: AsyncSession, given: Settings, at: datetime) -> list[Due]:
    """Take away what is old; how much of each."""
    taken = await due(session, given, at)
    for one in taken:
        if one.rows and one.rule.after is not None:
            await one.rule.take(one.rule.old(at - one.rule.after))(session)
    return taken


async def forget_trackers(session: AsyncSession, trackers: Trackers, given: Settings, at: datetime) -> int:
    """Delete the dialogue engine's rows of errands that are over; how many errands."""
    before = at - timedelta(days=given.tracker_days)
    old = select(Errand).where(Errand.last_at < before, Errand.tracked).order_by(Errand.last_at).limit(BATCH)
    errands: Sequence[Errand] = (await session.scalars(old.with_for_update(skip_locked=True))).all()
    for errand in errands:
        await trackers.forget(errand.id)
        errand.tracked = False
    return len(errands)


def _days(days: int) -> timedelta | None:
    return timedelta(days=days) if days else None


async def _count(session: AsyncSession, rule: Rule, at: datetime) -> int:
    if rule.after is None:
        return 0
    query = select(func.count()).select_from(rule.table).where(rule.old(at - rule.after))
    return await session.scalar(query) or 0


def _old_words(before: datetime) -> ColumnElement[bool]:
    """Words of talks that nobody went on with and that no open case rests on."""
    busy = select(Case.conversation_id).where(Case.state.not_in(ENDED))
    idle = select(Conversation.id).where(Conversation.last_at < before, Conversation.id.not_in(busy))
    return Message.text.is_not(None) & (Message.at < before) & Message.conversation_id.in_(idle)


async def _forget_words(session: AsyncSession, old: ColumnElement[bool]) -> None:
    await session.execute(delete(Button).where(Button.message_id.in_(select(Message.id).where(old))))
    await session.execute(update(Message).where(old).values(text=None, body={}, prepared=None))


async def _forget_cases(session: AsyncSession, old: ColumnElement[bool]) -> None:
    found = select(Case).where(old).order_by(Case.updated_at).limit(BATCH).with_for_update(skip_locked=True)
    await erase_cases(session, (await session.scalars(found)).all())
