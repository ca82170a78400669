"""A resident sees and erases what is kept about them; erased words are found nowhere, and what stays still verifies."""

import secrets
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.cases import chain
from bot.cases.history import history, line_of
from bot.cases.models import Case
from bot.cases.rules import Act, Step
from bot.cases.service import Report, open_case, work
from bot.conversations import gaps, holds
from bot.conversations.models import Conversation, DataRequest, Message, RawEvent
from bot.conversations.replies import Reply, ReplyButton
from bot.conversations.service import add_replies, hand_over
from bot.conversations.turns import Turns
from bot.db import unit_of_work
from bot.media.models import Media
from bot.media.storage import Files
from bot.privacy.erasure import GONE, erase, finish_erasures
from bot.privacy.files import fetch
from bot.privacy.models import Erasure
from bot.privacy.service import OwnData, asked_in_words, wish_in
from knowledge_base.caution import CAUTION
from tests.conversations.stand_in import StandIn
from tests.conversations.test_holds import tables_with
from tests.conversations.town import MORNING, Clock, an_official, heard, message, press, said, say

MARKER = "NGUYENVANGACONUI"
"""Said in this file only."""
WORDS = f"nhà tôi là {MARKER}, đường vào bản hỏng"


def derive(purpose: str, subject: str) -> bytes:
    return f"{purpose} {subject}".encode().ljust(32, b".")[:32]


@pytest.fixture
def answering(turns: Turns) -> Turns:
    """A worker that knows the buttons of one's own data."""
    return replace(turns, own_data=OwnData(turns.trackers, derive, "http://127.0.0.1:8000").settle)


async def a_case(session: AsyncSession, message: Message) -> Case:
    report = Report(f"cạnh nhà {MARKER}", None, None, "roads", WORDS, "officials")
    return await open_case(session, message.id, report, MORNING, secrets.randbelow)


async def close(town: AsyncEngine, session: AsyncSession, case: Case) -> None:
    official = await an_official(town, "province_coordinator")
    for act, outcome in ((Act.RECEIVE, None), (Act.ANSWER, "resolved"), (Act.CLOSE, None)):
        words = f"gửi bác {MARKER}" if act == Act.ANSWER else None
        await work(session, case, Step(act, text=words, outcome=outcome), official, MORNING)


async def newest(session: AsyncSession) -> int:
    """The id of the newest message there is."""
    return await session.scalar(select(func.max(Message.id))) or 0


async def tables_holding(session: AsyncSession) -> set[str]:
    await session.flush()
    return await tables_with(session, MARKER)


async def test_erased_words_are_in_no_table(visit: AsyncSession, town: AsyncEngine) -> None:
    mine = await said(visit, WORDS)
    talk = mine.conversation_id
    conversation = await visit.get_one(Conversation, talk)
    await add_replies(
        visit, conversation, [Reply("ask", f"Tôi ghi: {WORDS}", buttons=(ReplyButton(MARKER, "affirm"),))],
        to=mine, at=MORNING,
    )  # fmt: skip
    await gaps.note(visit, conversation, mine, [Reply("clarify", "Ý bác là …?")])
    case = await a_case(visit, mine)
    await close(town, visit, case)
    assert {"messages", "raw_events", "buttons", "cases", "case_entries"} <= await tables_holding(visit)
    photo = Media(
        conversation_id=talk, message_id=mine.id, kind="image", state="kept", name=MARKER, received_at=MORNING
    )
    visit.add(photo)
    await erase(visit, talk, await newest(visit), MORNING)
    assert await tables_holding(visit) == set()
    await visit.refresh(photo)
    assert photo.state == "erased"
    visit.expunge_all()
    kept = await visit.get_one(Case, case.id)
    assert (kept.description, kept.state, kept.outcome) == (GONE, "closed", "resolved")
    entries = await history(visit, kept)
    assert len(entries) == 4
    assert chain.broken_at((line_of(entry), entry.chain) for entry in entries) is None


async def test_words_sealed_as_a_denunciation_go_too(visit: AsyncSession) -> None:
    mine = await said(visit, WORDS)
    await holds.seal(visit, mine.id, MORNING, origin="bot")
    assert await tables_holding(visit) == {"sealed_holds"}
    await erase(visit, mine.conversation_id, mine.id, MORNING)
    assert await tables_holding(visit) == set()


async def test_an_open_case_keeps_its_words_until_it_ends(visit: AsyncSession, town: AsyncEngine) -> None:
    mine = await said(visit, WORDS)
    case = await a_case(visit, mine)
    erasure = await erase(visit, mine.conversation_id, mine.id, MORNING)
    assert (erasure.open_cases, erasure.finished_at) == ([case.code], None)
    assert await tables_holding(visit) == {"cases", "case_entries"}
    assert await finish_erasures(visit, MORNING) == 0
    await close(town, visit, case)
    assert await finish_erasures(visit, MORNING) == 1
    await visit.refresh(case)
    assert case.description == GONE
    assert await tables_holding(visit) == {"messages"}  # what the office told since is new, and theirs to erase again


async def test_the_same_message_erases_nothing_that_came_after(visit: AsyncSession) -> None:
    mine = await said(visit, WORDS)
    await erase(visit, mine.conversation_id, mine.id, MORNING)
    later = Message(conversation_id=mine.conversation_id, sender="resident", text=MARKER, at=MORNING)
    visit.add(later)
    await visit.flush()
    again = await erase(visit, mine.conversation_id, mine.id, MORNING)
    await visit.refresh(later)
    assert later.text == MARKER
    erasures = await visit.scalars(select(Erasure).where(Erasure.conversation_id == mine.conversation_id))
    assert [row.id for row in erasures] == [again.id]


async def test_another_residents_words_stay(visit: AsyncSession) -> None:
    mine, other = await said(visit, "lời tôi"), await said(visit, WORDS)
    await erase(visit, mine.conversation_id, await newest(visit), MORNING)
    await visit.refresh(other)
    assert other.text == WORDS


async def test_in_the_chat_from_asking_to_erased_trackers_included(
    answering: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn
) -> None:
    first = await say(town, talk, WORDS)
    await answering.answer_all(talk)
    errand = (await message(town, first)).errand_id
    assert await engine_stand_in.kept(errand) == [WORDS]
    await offered(town, talk, "xóa dữ liệu của tôi")
    await press(town, talk, "Đồng ý xóa hẳn")
    await answering.answer_all(talk)
    assert "Tôi đã xóa lời bác" in (await heard(town, talk))[-1].text  # type: ignore[operator]
    assert await engine_stand_in.kept(errand) == []
    async with unit_of_work(town) as session:
        assert await tables_with(session, MARKER) == set()
        assert await open_requests(session, talk) == []


async def test_while_an_official_owns_the_talk_the_buttons_still_work(
    answering: Turns, town: AsyncEngine, talk: UUID
) -> None:
    mine = await say(town, talk, "xem dữ liệu của tôi")
    await answering.answer_all(talk)
    await offered(town, talk, "xem dữ liệu của tôi")
    async with unit_of_work(town) as session:
        await hand_over(session, mine, "asked", MORNING)
    await press(town, talk, "Tải dữ liệu về")
    await answering.answer_all(talk)
    assert "mở được trong 24 giờ" in ((await heard(town, talk))[-1].text or "")


async def test_thinking_better_of_it_erases_nothing(answering: Turns, town: AsyncEngine, talk: UUID) -> None:
    mine = await say(town, talk, WORDS)
    await answering.answer_all(talk)
    await offered(town, talk, "xóa dữ liệu của tôi")
    await press(town, talk, "Thôi, giữ lại")
    await answering.answer_all(talk)
    assert (await message(town, mine)).text == WORDS
    async with unit_of_work(town) as session:
        await erase(session, talk, await newest(session), MORNING)


async def test_the_file_holds_what_was_said_for_a_day(
    answering: Turns, town: AsyncEngine, talk: UUID, clock: Clock, tmp_path: Path
) -> None:
    first, storage = await say(town, talk, "nhà tôi ở đầu bản"), Files(tmp_path)
    async with unit_of_work(town) as session:
        given = {"kind": "image", "state": "kept", "name": "duong.jpg", "received_at": MORNING}
        key = storage.put(b"a photo")
        session.add(Media(conversation_id=talk, message_id=first, shown_key=key, **given))
    await answering.answer_all(talk)
    await offered(town, talk, "xem dữ liệu của tôi")
    await press(town, talk, "Tải dữ liệu về")
    await answering.answer_all(talk)
    told = (await heard(town, talk))[-1].text or ""
    secret = told.split("/my-data/")[1].split(".")[0]
    async with unit_of_work(town) as session:
        read = await fetch(session, secret, "txt", MORNING, storage)
        packed = await fetch(session, secret, "zip", MORNING, storage)
        assert read is not None
        assert "Bác: nhà tôi ở đầu bản" in read.decode("utf-8-sig")
        assert packed is not None
        with ZipFile(BytesIO(packed)) as archive:
            assert archive.read("da-gui/001-duong.jpg") == b"a photo"
        clock.pass_by(hours=24)
        assert await fetch(session, secret, "txt", clock(), storage) is None
        assert await fetch(session, "0" * 64, "txt", MORNING, storage) is None
        rows = await session.scalars(text("select digest from data_files"))
        assert secret not in set(rows)  # whoever reads the table cannot fetch the file


async def offered(town: AsyncEngine, talk: UUID, words: str) -> None:
    """What the dialogue engine's action would say to these words, kept as its reply."""
    asked = await say(town, talk, words)
    async with unit_of_work(town) as session:
        reply = await asked_in_words(session, asked, words, MORNING)
        row = await session.get_one(Message, asked)
        row.state = "done"
        conversation = await session.get_one(Conversation, talk)
        await add_replies(session, conversation, [reply], to=row, at=MORNING)


async def open_requests(session: AsyncSession, talk: UUID) -> list[int]:
    query = select(DataRequest.id).where(DataRequest.conversation_id == talk, DataRequest.done_at.is_(None))
    return list(await session.scalars(query))


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("cho tôi xem dữ liệu của tôi", "see"),
        ("sửa số điện thoại đang lưu", "see"),  # shown first; an official mends it
        ("xoa het du lieu cua toi", "erase"),
        ("tôi không đồng ý cho giữ nữa, xóa đi", "erase"),  # the stronger wish
        ("tôi rút lại sự đồng ý", "withdraw"),
        ("toi khong dong y cho giu du lieu nua", "withdraw"),
        ("hạn chế dùng thông tin của tôi", "withdraw"),
        ("ngừng xử lý dữ liệu của tôi", "withdraw"),
        ("tôi phản đối dùng dữ liệu của tôi để thống kê", "withdraw"),
    ],
)
def test_what_is_wished_about_ones_data(words: str, wish: str) -> None:
    assert wish_in(words) == wish


async def test_a_withdrawn_consent_is_for_an_official_with_the_laws_limit(visit: AsyncSession) -> None:
    asked = await said(visit, "tôi rút lại đồng ý cho dùng dữ liệu")
    reply = await asked_in_words(visit, asked.id, asked.text or "", MORNING)
    assert "Tôi đã ghi lại: bác rút lại sự đồng ý" in reply.text
    assert "Hạn trả lời: ngày" in reply.text
    assert CAUTION in reply.text  # DL-04 is known from the press only
    assert [button.label for button in reply.buttons] == ["Xóa dữ liệu", "Nhờ cán bộ"]


async def test_raw_events_keep_their_id_only(visit: AsyncSession) -> None:
    mine = await said(visit, WORDS)
    await erase(visit, mine.conversation_id, mine.id, MORNING)
    event = (await visit.scalars(select(RawEvent).where(RawEvent.external_id == mine.client_id))).one()
    await visit.refresh(event)
    assert event.payload == {}
