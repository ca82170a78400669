"""Zalo repeats everything that goes out: ours only counts as arrived; what staff typed means a human has taken over."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from bot.channels.arrivals import read
from bot.channels.intake import take_for_staff
from bot.conversations.models import Conversation, Message, OutboxRow
from bot.conversations.staff import PATIENCE_SECONDS
from bot.db import unit_of_work
from tests.channels.zalo.conftest import OnZalo
from tests.platforms.chats import Chat, Said
from tests.platforms.zalo import events

ADMIN = "7402138541905238714"


async def delivered(on_zalo: OnZalo, talk: UUID) -> list[bool]:
    async with unit_of_work(on_zalo.town) as session:
        query = select(OutboxRow).where(OutboxRow.conversation_id == talk).order_by(OutboxRow.id)
        return [row.delivered_at is not None for row in await session.scalars(query)]


async def owner(on_zalo: OnZalo, talk: UUID) -> str:
    async with unit_of_work(on_zalo.town) as session:
        return (await session.get_one(Conversation, talk)).owner


async def waits(on_zalo: OnZalo, message_id: str) -> bool:
    """Whether somebody will look at the echo again."""
    query = text(
        "select scheduled_at > now() + :almost * interval '1 second' from procrastinate_jobs "
        "where lock = 'staff:zalo:echo:' || :id"
    )
    async with unit_of_work(on_zalo.town) as session:
        return bool(await session.scalar(query, {"id": message_id, "almost": PATIENCE_SECONDS - 5}))


async def looked_at_again(on_zalo: OnZalo, chat: Chat, said: Said, admin_id: str = ADMIN) -> bool:
    raw, _ = events.signed(events.echo(chat, said, admin_id), forged=False, retry=0)
    [arrival] = read("zalo", on_zalo.channels.readers["zalo"], raw)
    async with unit_of_work(on_zalo.town) as session:
        return await take_for_staff(session, arrival, on_zalo.clock() + timedelta(seconds=PATIENCE_SECONDS))


async def ours(on_zalo: OnZalo) -> tuple[Chat, UUID, Said]:
    """A reply of ours that Zalo has taken."""
    await on_zalo.consent()
    chat, talk = await on_zalo.a_chat()
    await on_zalo.tells(talk, "Dạ.")
    await on_zalo.delivers(talk)
    return chat, talk, chat.said[-1]


async def typed(on_zalo: OnZalo) -> tuple[Chat, UUID, Said]:
    """Words that staff typed in Zalo's manager."""
    chat, talk = await on_zalo.a_chat()
    said = Said(f"typed-{chat.user_id}", "bot", on_zalo.clock(), "Chào bác, tôi trực đây.")
    return chat, talk, said


@pytest.mark.parametrize("admin", ["", ADMIN])
async def test_our_own_message_told_back_after_its_id_was_written_down(on_zalo: OnZalo, admin: str) -> None:
    chat, talk, said = await ours(on_zalo)
    await on_zalo.echoes(chat, said, admin)
    assert await delivered(on_zalo, talk) == [True]
    assert not await waits(on_zalo, said.id)
    assert await owner(on_zalo, talk) == "bot"


@pytest.mark.parametrize("admin", ["", ADMIN])
async def test_our_own_message_told_back_before_its_id_was_written_down(on_zalo: OnZalo, admin: str) -> None:
    """The echo comes while the call is still being answered; its id is known a moment later."""
    await on_zalo.consent()
    chat, talk = await on_zalo.a_chat()
    await on_zalo.tells(talk, "Dạ.")
    called = on_zalo.platform.client.post

    async def told_back_first(*args: Any, **named: Any) -> dict[str, Any]:
        answer = await called(*args, **named)
        await on_zalo.echoes(chat, chat.said[-1], admin, words="khác đi")  # not even its words are recognised
        return answer

    on_zalo.replace_call(told_back_first)
    await on_zalo.delivers(talk)
    assert await delivered(on_zalo, talk) == [True]
    assert await waits(on_zalo, chat.said[-1].id) is bool(admin)
    assert not await looked_at_again(on_zalo, chat, chat.said[-1], admin)
    assert await owner(on_zalo, talk) == "bot"


async def test_words_of_staff_take_the_talk_over_after_ten_seconds(on_zalo: OnZalo) -> None:
    chat, talk, said = await typed(on_zalo)
    await on_zalo.echoes(chat, said, ADMIN)
    assert await waits(on_zalo, said.id)
    assert await owner(on_zalo, talk) == "bot"
    assert await looked_at_again(on_zalo, chat, said)
    assert await owner(on_zalo, talk) == "official"
    async with unit_of_work(on_zalo.town) as session:
        told = (await session.scalars(select(Message).where(Message.conversation_id == talk))).one()
    assert (told.sender, told.text) == ("official", "Chào bác, tôi trực đây.")
    assert await delivered(on_zalo, talk) == []  # it has been said: nothing goes out for it


async def test_looked_at_twice_it_is_one_message(on_zalo: OnZalo) -> None:
    chat, talk, said = await typed(on_zalo)
    await on_zalo.echoes(chat, said, ADMIN)
    assert await looked_at_again(on_zalo, chat, said)
    assert not await looked_at_again(on_zalo, chat, said)
    async with unit_of_work(on_zalo.town) as session:
        assert len((await session.scalars(select(Message).where(Message.conversation_id == talk))).all()) == 1


async def test_without_an_admin_id_nobody_has_taken_over(on_zalo: OnZalo) -> None:
    """A message that another program of the account sent, or one whose id we lost."""
    chat, talk, said = await typed(on_zalo)
    await on_zalo.echoes(chat, said)
    assert not await waits(on_zalo, said.id)
    assert await owner(on_zalo, talk) == "bot"


async def test_seen_and_received_before_and_after(on_zalo: OnZalo) -> None:
    chat, talk, said = await ours(on_zalo)
    for event in (events.received(chat, said), events.seen(chat, [said.id])):
        await on_zalo.takes_in(events.signed(event, forged=False, retry=0)[0])
    async with unit_of_work(on_zalo.town) as session:
        row = (await session.scalars(select(OutboxRow).where(OutboxRow.conversation_id == talk))).one()
    assert row.delivered_at
    assert row.seen_at
