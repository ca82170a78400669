"""Booked places on a real database: limits, repeats, cancelling, days called off, reminders sent once."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.conversations.incoming import begin_conversation
from bot.conversations.models import OutboxRow
from bot.db import unit_of_work
from bot.receptions.bookings import (
    BookingRefused,
    DayRefused,
    Means,
    Refusal,
    Wish,
    book,
    call_off,
    cancel,
    mark_held,
    own_bookings,
    remind_due,
)
from bot.receptions.models import Booking, Reception
from tests.conversations.town import MORNING, an_official, heard, say

DAY = date(2026, 11, 25)
EVENING = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
"""18:00 in Vietnam on the day before."""
Made = Callable[..., Awaitable[int]]


def means(at: datetime = MORNING) -> Means:
    return Means(at, secrets.randbelow, lambda: secrets.token_urlsafe(18), 18)


@pytest.fixture
async def reception(town: AsyncEngine) -> int:
    """A reception of its own on the 25th, with places for three."""
    async with unit_of_work(town) as session:
        model = (await session.scalars(select(Reception).where(Reception.slug == "nam-lua-chu-tich"))).one()
        copied = ("commune_id", "kind", "host", "from_time", "to_time", "venue", "sample")
        new = Reception(slug=str(uuid4()), days_of_month=[25], capacity=3, **{c: getattr(model, c) for c in copied})
        session.add(new)
        await session.flush()
        return new.id


async def resident(town: AsyncEngine) -> tuple[UUID, int]:
    """A new conversation and its message of agreement."""
    async with unit_of_work(town) as session:
        talk = await begin_conversation(session, "telegram", str(uuid4()), MORNING)
    return talk, await say(town, talk, "đồng ý", client_id=str(uuid4()))


async def booked(town: AsyncEngine, reception: int, message: int, day: date = DAY, at: datetime = MORNING) -> str:
    async with unit_of_work(town) as session:
        return (await book(session, Wish(reception, day, "đất nương", message), means(at))).code


async def told(town: AsyncEngine, talk: UUID) -> list[str]:
    return [message.text or "" for message in await heard(town, talk)]


async def test_the_same_message_books_once(town: AsyncEngine, reception: int) -> None:
    talk, message = await resident(town)
    assert await booked(town, reception, message) == await booked(town, reception, message)
    async with unit_of_work(town) as session:
        ((kept, _),) = await own_bookings(session, talk, DAY)
        assert (kept.matter, kept.remind_at, len(kept.token) >= 24) == ("đất nương", EVENING, True)


async def test_of_ten_at_once_three_get_a_place(town: AsyncEngine, reception: int) -> None:
    messages = [(await resident(town))[1] for _ in range(10)]
    outcomes = await asyncio.gather(*(booked(town, reception, m) for m in messages), return_exceptions=True)
    codes = [one for one in outcomes if isinstance(one, str)]
    refused = [one for one in outcomes if isinstance(one, BookingRefused)]
    assert (len(codes), len(set(codes)), len(refused)) == (3, 3, 7)
    assert {one.why for one in refused} == {Refusal.FULL}


async def test_one_place_for_each_resident_and_day(town: AsyncEngine, reception: int) -> None:
    talk, message = await resident(town)
    await booked(town, reception, message)
    again = [await say(town, talk, "đồng ý", client_id=str(uuid4())) for _ in range(4)]
    outcomes = await asyncio.gather(*(booked(town, reception, m) for m in again), return_exceptions=True)
    assert [getattr(one, "why", one) for one in outcomes] == [Refusal.SAME_DAY] * 4


@pytest.mark.parametrize(
    ("day", "at"),
    [
        (date(2026, 11, 26), MORNING),  # no day of this reception
        (DAY, datetime(2026, 11, 25, 0, 30, tzinfo=UTC)),  # 7:30 of that day: it has begun
        (DAY, datetime(2026, 11, 26, 3, tzinfo=UTC)),  # over
    ],
)
async def test_only_coming_days(town: AsyncEngine, reception: int, day: date, at: datetime) -> None:
    _, message = await resident(town)
    with pytest.raises(BookingRefused, match="gone"):
        await booked(town, reception, message, day, at)


async def test_a_place_given_up_is_free_again_and_not_reminded(town: AsyncEngine, reception: int) -> None:
    talk, message = await resident(town)
    code = await booked(town, reception, message)
    stranger, _ = await resident(town)
    async with unit_of_work(town) as session:
        assert await cancel(session, stranger, code, MORNING) is None  # somebody else's
    for _ in range(2):
        async with unit_of_work(town) as session:
            gone = await cancel(session, talk, code, MORNING)
            assert gone is not None
            assert gone.cancelled_by == "resident"
    await remind(town, EVENING)
    assert await told(town, talk) == []
    again = await say(town, talk, "đồng ý", client_id=str(uuid4()))
    assert await booked(town, reception, again) != code


async def remind(town: AsyncEngine, at: datetime) -> int:
    async with unit_of_work(town) as session:
        return await remind_due(session, at)


async def test_reminded_once_however_often_and_by_how_many_workers(town: AsyncEngine, reception: int) -> None:
    talk, message = await resident(town)
    code = await booked(town, reception, message)
    await remind(town, EVENING - timedelta(seconds=1))
    assert await told(town, talk) == []
    await asyncio.gather(*(remind(town, EVENING) for _ in range(4)))
    await remind(town, EVENING + timedelta(minutes=5))
    (said,) = await told(town, talk)
    assert code in said
    assert "thứ Tư, ngày 25/11/2026" in said
    async with unit_of_work(town) as session:
        rows = (await session.scalars(select(OutboxRow).where(OutboxRow.conversation_id == talk))).all()
        assert [row.state for row in rows] == ["pending"]


async def test_a_worker_killed_before_its_commit_reminds_in_the_next_round(town: AsyncEngine, reception: int) -> None:
    talk, message = await resident(town)
    await booked(town, reception, message)
    with pytest.raises(RuntimeError):
        await _remind_and_die(town)
    assert await told(town, talk) == []
    await remind(town, EVENING + timedelta(minutes=5))
    assert len(await told(town, talk)) == 1


async def _remind_and_die(town: AsyncEngine) -> None:
    async with unit_of_work(town) as session:
        await remind_due(session, EVENING)
        raise RuntimeError("killed")


@pytest.mark.parametrize(
    ("down_until", "messages"),
    [
        (EVENING + timedelta(hours=6), 0),  # midnight
        (EVENING + timedelta(hours=12), 1),  # 6:00, before it begins
        (EVENING + timedelta(hours=14), 0),  # 8:00, it has begun
    ],
)
async def test_a_worker_that_was_down(town: AsyncEngine, reception: int, down_until: datetime, messages: int) -> None:
    talk, message = await resident(town)
    await booked(town, reception, message)
    await remind(town, down_until)
    assert len(await told(town, talk)) == messages


async def test_booked_in_the_evening_there_is_nothing_to_remind_of(town: AsyncEngine, reception: int) -> None:
    talk, message = await resident(town)
    await booked(town, reception, message, at=EVENING + timedelta(minutes=1))
    await remind(town, EVENING + timedelta(minutes=10))
    assert await told(town, talk) == []


@pytest.mark.parametrize(("to_day", "told_of"), [(None, "đã bị hủy"), (date(2026, 11, 27), "dời sang thứ Sáu")])
async def test_a_day_called_off_is_told_to_all_who_booked(
    town: AsyncEngine, reception: int, to_day: date | None, told_of: str
) -> None:
    talks = []
    for _ in range(2):
        talk, message = await resident(town)
        await booked(town, reception, message)
        talks.append(talk)
    official = await an_official(town, "commune_staff")
    for expected in (2, 0):  # pressed twice: told once
        async with unit_of_work(town) as session:
            row = await session.get_one(Reception, reception)
            assert await call_off(session, row, DAY, "bão số 9", official.id, MORNING, to_day=to_day) == expected
    for talk in talks:
        (said,) = await told(town, talk)
        assert told_of in said
        assert "bão số 9" in said
    await remind(town, EVENING)
    assert [len(await told(town, talk)) for talk in talks] == [1, 1]
    _, message = await resident(town)
    with pytest.raises(BookingRefused, match="gone"):
        await booked(town, reception, message)
    if to_day:
        await booked(town, reception, message, day=to_day)


async def test_what_an_office_may_not_say_of_a_day(town: AsyncEngine, reception: int) -> None:
    official = await an_official(town, "commune_staff")
    async with unit_of_work(town) as session:
        row = await session.get_one(Reception, reception)
        with pytest.raises(DayRefused, match="lý do"):
            await call_off(session, row, DAY, "", official.id, MORNING)
        with pytest.raises(DayRefused, match="qua"):
            await call_off(session, row, date(2026, 10, 25), "x", official.id, MORNING)
        with pytest.raises(DayRefused, match="chưa đến ngày"):
            await mark_held(session, row, DAY, official.id, MORNING)


async def test_the_database_itself_allows_one_open_place_a_day(town: AsyncEngine, reception: int) -> None:
    talk, message = await resident(town)
    await booked(town, reception, message)
    async with unit_of_work(town) as session:
        await session.execute(update(Booking).where(Booking.conversation_id == talk).values(cancelled_at=MORNING))
    again = await say(town, talk, "đồng ý", client_id=str(uuid4()))
    await booked(town, reception, again)
    with pytest.raises(Exception, match="uq_bookings_resident_day"):
        async with unit_of_work(town) as session:
            await session.execute(update(Booking).where(Booking.conversation_id == talk).values(cancelled_at=None))
