"""A message comes in once and in order; replies go out; an official takes over and gives back."""

import asyncio
import random
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.calendars.service import set_days
from bot.clock import VIETNAM
from bot.conversations import sentences, service
from bot.conversations.incoming import IdReused, Incoming, begin_conversation, receive
from bot.conversations.models import Button, Conversation, DataRequest, Message, OutboxRow, RawEvent
from bot.conversations.queries import messages_after, replies_to, talk_seen_by, unanswered, waiting
from bot.conversations.replies import Reply, ReplyButton
from bot.db import unit_of_work
from bot.officials.queries import office_for
from bot.places.service import communes
from tests.conversations.town import MORNING, an_official, said, say


async def jobs(session: AsyncSession, talk: UUID) -> int:
    query = text("select count(*) from procrastinate_jobs where lock = :talk")
    return await session.scalar(query, {"talk": str(talk)}) or 0


async def test_received_with_its_raw_event_and_its_job(visit: AsyncSession) -> None:
    message = await said(visit, "xã công khai gì")
    assert (message.state, message.sender, message.text) == ("queued", "resident", "xã công khai gì")
    event = (await visit.scalars(select(RawEvent).where(RawEvent.external_id == message.client_id))).one()
    assert event.payload == {"text": "xã công khai gì"}
    assert await jobs(visit, message.conversation_id) == 1


async def test_a_job_carries_ids_only(visit: AsyncSession) -> None:
    message = await said(visit, "xã công khai gì")
    query = text("select args::text from procrastinate_jobs where lock = :talk")
    assert "công khai" not in await visit.scalar(query, {"talk": str(message.conversation_id)})


async def test_the_same_id_again_gives_the_first_row(visit: AsyncSession) -> None:
    first = await said(visit, "xã công khai gì")
    again = Incoming("web", str(first.client_id), "xã công khai gì", {})
    assert (await receive(visit, first.conversation_id, again, MORNING)).id == first.id
    assert await jobs(visit, first.conversation_id) == 1


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_the_same_id_for_something_else_is_refused(visit: AsyncSession, elsewhere: bool) -> None:
    first = await said(visit, "xã công khai gì")
    talk = await begin_conversation(visit, "web", None, MORNING) if elsewhere else first.conversation_id
    words = "xã công khai gì" if elsewhere else "chuyện khác"
    with pytest.raises(IdReused):
        await receive(visit, talk, Incoming("web", str(first.client_id), words, {}), MORNING)


async def test_the_same_id_at_once_is_one_message(town: AsyncEngine, talk: UUID) -> None:
    same = str(uuid4())
    ids = await asyncio.gather(*(say(town, talk, "alo", client_id=same) for _ in range(6)))
    assert len(set(ids)) == 1


async def test_ids_follow_arrival_when_many_write_at_once(town: AsyncEngine, talk: UUID) -> None:
    """Whoever holds the conversation's lock first has the lower id, and commits before the next one begins."""
    seen: list[int] = []

    async def one(number: int) -> None:
        await asyncio.sleep(random.random() / 50)
        async with unit_of_work(town) as session:
            message = await receive(session, talk, Incoming("web", str(uuid4()), f"tin {number}", {}), MORNING)
            last = await session.scalar(select(func.max(Message.id)).where(Message.conversation_id == talk))
            assert last == message.id
            await asyncio.sleep(random.random() / 100)
            seen.append(message.id)

    await asyncio.gather(*(one(number) for number in range(8)))
    assert seen == sorted(seen)
    async with unit_of_work(town) as session:
        assert [shown.message.id for shown in await messages_after(session, talk, 0)] == seen


async def test_one_resident_of_a_platform_has_one_conversation(visit: AsyncSession) -> None:
    await begin_conversation(visit, "telegram", "42", MORNING)
    with pytest.raises(IntegrityError):
        await begin_conversation(visit, "telegram", "42", MORNING)


async def test_replies_keep_their_order_buttons_and_outbox(visit: AsyncSession) -> None:
    message = await said(visit, "hỏi", channel="telegram")
    conversation = await service.conversation_of(visit, message.id)
    buttons = (ReplyButton("Một", "menu", {"a": 1}, ["CK-01"]), ReplyButton("Hai", "greet"))
    told = [Reply("answer", "Đây.", {"topic": "disclosure"}, buttons), Reply("ask", "Còn gì?")]
    await service.add_replies(visit, conversation, told, to=message, at=MORNING)
    first, second = await replies_to(visit, message.id)
    assert ([b.label for b in first.buttons], second.message.text) == (["Một", "Hai"], "Còn gì?")
    assert len({b.token for b in first.buttons}) == 2
    states = await visit.scalars(select(OutboxRow.state).where(OutboxRow.conversation_id == conversation.id))
    assert set(states) == {"pending"}  # somebody must send them


async def test_a_handover_happens_once_per_message(visit: AsyncSession) -> None:
    message = await said(visit, "gặp cán bộ")
    first = await service.hand_over(visit, message.id, "asked", MORNING)
    conversation = await service.conversation_of(visit, message.id)
    official = (await visit.scalars(select(Conversation).where(Conversation.id == conversation.id))).one()
    official.taken_by = None
    official.waiting_since = None  # an official has answered meanwhile
    again = await service.hand_over(visit, message.id, "asked", MORNING)
    assert (first.id, conversation.owner, conversation.waiting_since) == (again.id, "official", None)


async def test_a_handover_goes_to_the_commune_where_it_is_known(visit: AsyncSession) -> None:
    message = await said(visit, "gặp cán bộ")
    commune = (await communes(visit))[0]
    coordinator = await office_for(visit, None)
    assert coordinator.coordinates
    await service.remember_commune(visit, message.id, commune.id)
    assert (await service.hand_over(visit, message.id, "asked", MORNING)).commune_id == commune.id


async def test_while_an_official_owns_the_talk_only_words_and_hold_buttons_are_queued(visit: AsyncSession) -> None:
    message = await said(visit, "gặp cán bộ")
    await service.hand_over(visit, message.id, "asked", MORNING)
    talk = message.conversation_id
    button = Button(
        token=str(uuid4()), message_id=message.id, conversation_id=talk, position=0, label="Đúng", intent="menu"
    )
    states = []
    for intent in ("menu", "confirm_denunciation", "deny_denunciation"):
        button.intent, button.entities = intent, {}
        incoming = Incoming("web", str(uuid4()), "Đúng", {}, button)
        states.append((await receive(visit, talk, incoming, MORNING)).state)
    plain = Incoming("web", str(uuid4()), "alo", {})
    states.append((await receive(visit, talk, plain, MORNING)).state)
    assert states == ["done", "queued", "queued", "queued"]


async def test_take_say_and_give_back(visit: AsyncSession, town: AsyncEngine) -> None:
    official = await an_official(town, "commune_staff")
    other = await an_official(town, "province_coordinator")
    message = await said(visit, "gặp cán bộ")
    conversation = await service.conversation_of(visit, message.id)
    assert not await service.take(visit, conversation, official)  # the bot's own talk
    await service.hand_over(visit, message.id, "asked", MORNING)
    assert await service.take(visit, conversation, official)
    assert await service.take(visit, conversation, official)  # twice is once
    assert not await service.take(visit, conversation, other)
    row = await service.say(visit, conversation, official, "Chào bác", MORNING)
    assert (row.sender, row.official_id, row.kind) == ("official", official.id, "official")
    assert conversation.waiting_since is None
    await service.give_back(visit, conversation, MORNING)
    assert (conversation.owner, conversation.taken_by, conversation.office_id) == ("bot", None, None)


async def test_officials_see_their_own_office_and_talks_without_a_commune(
    visit: AsyncSession, town: AsyncEngine
) -> None:
    staff, coordinator = await an_official(town, "commune_staff"), await an_official(town, "province_coordinator")
    other = next(c for c in await communes(visit) if c.id != staff.office.commune_id)
    unplaced, theirs = await said(visit, "gặp cán bộ"), await said(visit, "gặp cán bộ")
    await service.remember_commune(visit, theirs.id, other.id)
    for message in (unplaced, theirs):
        await service.hand_over(visit, message.id, "asked", MORNING)
    talks = (unplaced.conversation_id, theirs.conversation_id)
    assert [bool(await talk_seen_by(visit, talk, staff)) for talk in talks] == [True, False]
    assert [bool(await talk_seen_by(visit, talk, coordinator)) for talk in talks] == [True, True]
    listed = {line.conversation.id for line in await waiting(visit, staff)}
    assert (talks[0] in listed, talks[1] in listed) == (True, False)


async def test_not_understood_counts_each_message_once(visit: AsyncSession) -> None:
    first = await said(visit, "ờ")
    second = await receive(visit, first.conversation_id, Incoming("web", str(uuid4()), "ờ ờ", {}), MORNING)
    counts = [await service.count_misunderstood(visit, m.id) for m in (first, first, second, second, first)]
    assert counts == [1, 1, 2, 2, 1]


async def test_a_data_request_is_recorded_once(visit: AsyncSession) -> None:
    message = await said(visit, "xóa dữ liệu của tôi")
    for _ in range(2):
        await service.request_data(visit, message.id, MORNING)
    rows = await visit.scalars(select(DataRequest).where(DataRequest.message_id == message.id))
    assert len(rows.all()) == 1


async def test_the_sweeper_finds_messages_that_wait(visit: AsyncSession) -> None:
    message = await said(visit, "alo")
    assert message.conversation_id not in await unanswered(visit, MORNING)
    assert message.conversation_id in await unanswered(visit, MORNING.replace(minute=31))


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ("2026-11-20T16:30", sentences.OPEN_NOW),  # Friday afternoon
        ("2026-11-20T18:00", sentences.OPEN_LATER.format(opening="7 giờ 30 thứ Hai, ngày 23/11/2026")),
        ("2026-11-23T18:00", sentences.OPEN_LATER.format(opening="7 giờ 30 thứ Tư, ngày 25/11/2026")),  # 24/11
    ],
)
async def test_when_an_official_will_answer(visit: AsyncSession, moment: str, sentence: str) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=VIETNAM)
    office = await office_for(visit, None)
    assert await service.answering_time(visit, office, at) == sentence


async def test_an_office_that_the_province_gave_a_day_off_answers_the_day_after(visit: AsyncSession) -> None:
    office, friday = await office_for(visit, None), datetime(2026, 11, 20, 9, tzinfo=VIETNAM)
    await set_days(visit, {friday.date(): False}, note="nghỉ vì lũ", official_id=None, at=MORNING)
    assert "thứ Hai" in await service.answering_time(visit, office, friday)
