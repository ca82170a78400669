"""Replies go out in order, once; each way a call can end means one thing for the row."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.delivery import pause_after
from bot.channels.jobs import queue_due_deliveries
from bot.channels.platform import Held, Later, NotSent, Refused, Stopped, Uncertain, Unreachable
from bot.conversations import channel_states, outbox, reasons
from bot.conversations.models import OutboxRow
from bot.db import unit_of_work
from tests.channels.scripted import CHANNEL, Scripted, a_resident, delivery
from tests.conversations.town import Clock


class Killed(BaseException):
    """The worker dies here."""


async def test_in_order_and_once(town: AsyncEngine, clock: Clock) -> None:
    resident, platform = await a_resident(town), Scripted()
    await resident.is_told("một", "hai")
    await resident.is_told("ba")
    sending = delivery(town, platform, clock)
    await sending.deliver_all(resident.talk)
    await sending.deliver_all(resident.talk)
    assert platform.words == ["một", "hai", "ba"]
    assert await resident.states() == ["sent"] * 3
    assert {piece.platform_id for piece in await resident.pieces()} == {f"m{n}-{resident.user}" for n in (1, 2, 3)}


async def test_a_database_that_is_away_before_the_call_costs_nothing(town: AsyncEngine, clock: Clock) -> None:
    away = OperationalError("select", {}, OSError())
    resident, platform = await a_resident(town), Scripted(before=away)
    await resident.is_told("một")
    with pytest.raises(OperationalError):
        await delivery(town, platform, clock).deliver_all(resident.talk)
    assert await resident.states() == ["pending"]
    platform.before = None
    await delivery(town, platform, clock).deliver_all(resident.talk)
    assert platform.words == ["một"]
    assert await resident.states() == ["sent"]


async def test_a_long_reply_goes_out_piece_by_piece(town: AsyncEngine, clock: Clock) -> None:
    resident, platform = await a_resident(town), Scripted([None, Later(60)])
    await resident.is_told("0123456789abcdefghij!")
    sending = delivery(town, platform, clock)
    await sending.deliver_all(resident.talk)
    assert platform.words == ["0123456789"]
    clock.pass_by(seconds=61)
    await sending.deliver_all(resident.talk)
    assert platform.words == ["0123456789", "abcdefghij", "!"]


@pytest.mark.parametrize(
    ("end", "state", "reason"),
    [
        (Later(60), "pending", None),  # too many requests: the platform says when
        (Held(reasons.WINDOW_OVER), "waiting", reasons.WINDOW_OVER),  # the resident has been away too long
        (Unreachable(reasons.BLOCKED), "waiting", reasons.BLOCKED),
        (Refused("-201"), "failed", reasons.REFUSED),  # these words will never be taken
        (Stopped(reasons.CHANNEL_STOPPED, "-204"), "pending", reasons.CHANNEL_STOPPED),  # a person must act
        (Uncertain(), "uncertain", reasons.PERHAPS_SENT),  # the line broke after it was sent
        (ZeroDivisionError(), "uncertain", reasons.PERHAPS_SENT),  # our own fault, somewhere in the call
    ],
)
async def test_how_a_call_ends(
    town: AsyncEngine, clock: Clock, end: NotSent | Uncertain | Exception, state: str, reason: str | None
) -> None:
    resident, platform = await a_resident(town), Scripted([end])
    await resident.is_told("một")
    await delivery(town, platform, clock).deliver_all(resident.talk)
    [row] = await resident.rows()
    assert (row.state, row.reason) == (state, reason)
    unreachable = (await resident.conversation()).unreachable_why
    assert unreachable == (reasons.BLOCKED if isinstance(end, Unreachable) else None)
    async with unit_of_work(town) as session:
        assert bool(await channel_states.state_of(session, CHANNEL)) == isinstance(end, Stopped)
        await channel_states.start(session, CHANNEL)


async def test_what_must_wait_keeps_what_is_behind_it_back(town: AsyncEngine, clock: Clock) -> None:
    resident, platform = await a_resident(town), Scripted([Later(60)])
    await resident.is_told("một", "hai")
    sending = delivery(town, platform, clock)
    await sending.deliver_all(resident.talk)
    assert platform.words == []
    clock.pass_by(seconds=61)
    await sending.deliver_all(resident.talk)
    assert platform.words == ["một", "hai"]


async def test_what_is_refused_lets_the_rest_pass(town: AsyncEngine, clock: Clock) -> None:
    resident, platform = await a_resident(town), Scripted([Refused()])
    await resident.is_told("một", "hai")
    await delivery(town, platform, clock).deliver_all(resident.talk)
    assert (platform.words, await resident.states()) == (["hai"], ["failed", "sent"])


async def test_tried_often_enough_an_official_is_told(town: AsyncEngine, clock: Clock) -> None:
    resident, platform = await a_resident(town), Scripted([Later(), Later(), Later()])
    await resident.is_told("một")
    await delivery(town, platform, clock).deliver_all(resident.talk)  # after 1 s and 2 s it tries itself
    assert platform.ends == []
    [row] = await resident.rows()
    assert (row.state, row.reason) == ("failed", reasons.TOO_LONG_AGO)


@pytest.mark.parametrize(
    ("step", "accepted", "state"),
    [
        ("sending", 0, "uncertain"),  # marked, not yet called: nobody can tell that from the next line
        ("accepted", 1, "uncertain"),  # called, its answer not yet written down
    ],
)
async def test_killed_around_the_call_nothing_is_sent_again(
    town: AsyncEngine, clock: Clock, step: str, accepted: int, state: str
) -> None:
    def die(at: str) -> None:
        if at == step:
            raise Killed

    resident, platform = await a_resident(town), Scripted()
    await resident.is_told("một", "hai")
    with pytest.raises(Killed):
        await delivery(town, platform, clock, at_step=die).deliver_all(resident.talk)
    await delivery(town, platform, clock).deliver_all(resident.talk)
    assert platform.words == ["một"] * accepted + ["hai"]
    assert await resident.states() == [state, "sent"]


async def test_two_workers_at_once_send_once(town: AsyncEngine, clock: Clock) -> None:
    """One was taken for dead and was not: between them each reply goes out at most once."""
    resident, platform = await a_resident(town), Scripted()
    await resident.is_told(*(str(n) for n in range(6)))
    sending = delivery(town, platform, clock)
    await asyncio.gather(*(sending.deliver_all(resident.talk) for _ in range(3)))
    assert sorted(platform.words) == [str(n) for n in range(6)]


async def test_what_was_held_goes_out_first_once_the_resident_is_back(town: AsyncEngine, clock: Clock) -> None:
    resident, platform = await a_resident(town), Scripted([Unreachable(reasons.BLOCKED)])
    await resident.is_told("một")
    sending = delivery(town, platform, clock)
    await sending.deliver_all(resident.talk)
    await resident.arrives(text="tôi đây")
    await resident.is_told("hai")
    await sending.deliver_all(resident.talk)
    assert platform.words == ["một", "hai"]
    assert (await resident.conversation()).unreachable_since is None


async def test_a_stopped_channel_is_not_called_until_the_next_try(town: AsyncEngine, clock: Clock) -> None:
    one, other, platform = await a_resident(town), await a_resident(town), Scripted([Stopped("x", retry_seconds=60)])
    await one.is_told("một")
    await other.is_told("hai")
    sending = delivery(town, platform, clock)
    await sending.deliver_all(one.talk)
    await sending.deliver_all(other.talk)
    assert platform.words == []
    clock.pass_by(seconds=61)
    await sending.deliver_all(other.talk)
    await sending.deliver_all(one.talk)
    assert platform.words == ["hai", "một"]
    async with unit_of_work(town) as session:
        assert await channel_states.state_of(session, CHANNEL) is None


async def test_a_channel_that_is_off_keeps_its_messages(town: AsyncEngine, clock: Clock) -> None:
    resident = await a_resident(town)
    await resident.is_told("một")
    off = delivery(town, Scripted(), clock)
    off.platforms.clear()  # type: ignore[attr-defined]
    await off.deliver_all(resident.talk)
    [row] = await resident.rows()
    assert (row.state, row.reason) == ("pending", reasons.CHANNEL_OFF)


async def test_the_sweeper_queues_what_is_due_and_nobody_owns(town: AsyncEngine, clock: Clock) -> None:
    resident = await a_resident(town)
    await resident.is_told("một")
    mine = {"lock": outbox.lock_of(resident.talk)}
    count = text("select count(*) from procrastinate_jobs where lock = :lock")
    async with unit_of_work(town) as session:
        assert await session.scalar(count, mine) == 1
        await session.execute(text("delete from procrastinate_jobs where lock = :lock"), mine)
        await queue_due_deliveries(session, clock(), 5)
        assert await session.scalar(count, mine) == 0  # too fresh
        clock.pass_by(seconds=6)
        await queue_due_deliveries(session, clock(), 5)
        await queue_due_deliveries(session, clock(), 5)
        assert await session.scalar(count, mine) == 1


async def test_an_official_may_have_it_sent_again(town: AsyncEngine, clock: Clock) -> None:
    resident, platform = await a_resident(town), Scripted([Uncertain()])
    await resident.is_told("một")
    sending = delivery(town, platform, clock)
    await sending.deliver_all(resident.talk)
    [row] = await resident.rows()
    async with unit_of_work(town) as session:
        await outbox.send_again(session, await session.get_one(OutboxRow, row.id))
    await sending.deliver_all(resident.talk)
    assert (platform.words, await resident.states()) == (["một", "một"], ["sent"])


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 1), (1, 1), (2, 2), (5, 16), (9, 256), (10, 300), (10_000, 300)])
def test_pauses_grow(attempts: int, seconds: float) -> None:
    assert pause_after(attempts) == seconds
