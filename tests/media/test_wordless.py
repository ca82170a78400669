"""What is said to photos, voice notes and places without words: kept with the report, with the case, or to a human."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cases.attachments import of_case
from bot.cases.history import history
from bot.cases.queries import by_code
from bot.cases.service import Report, open_case
from bot.conversations.incoming import Incoming, begin_conversation, receive
from bot.conversations.models import Conversation, Errand, Message
from bot.conversations.turns import Turns
from bot.db import unit_of_work
from bot.media.service import Brought, Limits, expect
from tests.conversations.stand_in import Body, StandIn, replies
from tests.conversations.town import MORNING, Clock, conversation, heard, say

LIMITS = Limits(2_000_000, 40, 100_000_000)
PHOTO, VOICE = Brought("photo", "https://x"), Brought("voice", "https://x")
PLACE = Brought("location", latitude=21.0285, longitude=105.8542)
REPORT = Report("bản Hon", None, None, "roads", "Đường vào bản hỏng nặng", "officials")


@pytest.fixture
async def talk(town: AsyncEngine) -> UUID:
    async with unit_of_work(town) as session:
        return await begin_conversation(session, "zalo", str(uuid4()), MORNING)


async def send(town: AsyncEngine, talk: UUID, clock: Clock, *brought: Brought, words: str = "") -> int:
    """One message of the platform with what it brings."""
    async with unit_of_work(town) as session:
        carried = {"carried": [one.kind for one in brought] or ["sticker"]}
        message = await receive(session, talk, Incoming("zalo", str(uuid4()), words, {}, body=carried), clock())
        await expect(session, message, brought, LIMITS, clock())
        return message.id


async def told(town: AsyncEngine, talk: UUID) -> list[str]:
    return [(message.text or "").split("\n\n")[0] for message in await heard(town, talk)]


async def reporting(turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn) -> None:
    """A report is being taken down: its form asks where."""

    async def ask(body: Body) -> tuple[int, Body]:
        return 200, replies("Việc này xảy ra ở đâu?", kind="ask", form="feedback_form")

    engine_stand_in.acts = [ask]
    await say(town, talk, "đường vào bản hỏng")
    await turns.answer_all(talk)


async def a_case(town: AsyncEngine, talk: UUID, agreed: int) -> str:
    async with unit_of_work(town) as session:
        return (await open_case(session, agreed, REPORT, MORNING, lambda n: uuid4().int % n)).code


@pytest.mark.parametrize(
    ("brought", "what", "honest"),
    [
        ((PHOTO,), "ảnh", "Tôi chưa xem được ảnh, cán bộ sẽ xem."),
        ((PHOTO, PHOTO), "2 ảnh", "Tôi chưa xem được ảnh, cán bộ sẽ xem."),  # an album is one message
        ((VOICE,), "tin thoại", "Tôi chưa nghe được lời nói, cán bộ sẽ nghe."),
        ((Brought("file", "https://x"),), "tệp", "Tôi chưa đọc được tệp, cán bộ sẽ đọc."),
    ],
)
async def test_nothing_open_means_a_human(
    turns: Turns,
    town: AsyncEngine,
    talk: UUID,
    clock: Clock,
    engine_stand_in: StandIn,
    brought: tuple[Brought, ...],
    what: str,
    honest: str,
) -> None:
    await send(town, talk, clock, *brought)
    await turns.answer_all(talk)
    (words,) = await told(town, talk)
    assert words.startswith(f"Tôi đã nhận {what} của bác. {honest} Tôi đã chuyển cho")
    assert "cán bộ sẽ trả lời bác ngay tại đây" in words
    owned = await conversation(town, talk)
    assert (owned.owner, owned.handover_reason) == ("official", "media")
    assert engine_stand_in.heard == []


async def test_a_human_in_the_talk_sees_the_next_one_in_silence(
    turns: Turns, town: AsyncEngine, talk: UUID, clock: Clock
) -> None:
    for _ in range(3):
        await send(town, talk, clock, PHOTO)
    await turns.answer_all(talk)
    assert len(await told(town, talk)) == 1


async def test_a_photo_goes_with_the_report_and_the_question_stays(
    turns: Turns, town: AsyncEngine, talk: UUID, clock: Clock, engine_stand_in: StandIn
) -> None:
    await reporting(turns, town, talk, engine_stand_in)
    await send(town, talk, clock, PHOTO)
    await send(town, talk, clock, PHOTO)  # in a row: acknowledged once
    await turns.answer_all(talk)
    assert await told(town, talk) == [
        "Việc này xảy ra ở đâu?",
        "Tôi đã kèm ảnh vào phản ánh bác đang kể. Bác gửi thêm được nữa.",
        "Việc này xảy ra ở đâu?",
    ]
    agreed = await say(town, talk, "đồng ý")
    await turns.answer_all(talk)
    code = await a_case(town, talk, agreed)
    async with unit_of_work(town) as session:
        found = await by_code(session, code)
        assert found
        assert len(await of_case(session, found[0].id)) == 2


async def test_words_between_call_for_another_acknowledgement(
    turns: Turns, town: AsyncEngine, talk: UUID, clock: Clock, engine_stand_in: StandIn
) -> None:
    await reporting(turns, town, talk, engine_stand_in)
    await send(town, talk, clock, PHOTO)
    await turns.answer_all(talk)
    clock.pass_by(minutes=10)
    await send(town, talk, clock, VOICE)
    await turns.answer_all(talk)
    assert [line for line in await told(town, talk) if line.startswith("Tôi đã kèm")] == [
        "Tôi đã kèm ảnh vào phản ánh bác đang kể. Bác gửi thêm được nữa.",
        "Tôi đã kèm tin thoại vào phản ánh bác đang kể. Bác gửi thêm được nữa.",
    ]


async def test_a_photo_goes_to_the_open_case_and_into_its_history(
    turns: Turns, town: AsyncEngine, talk: UUID, clock: Clock
) -> None:
    agreed = await say(town, talk, "đồng ý")
    await turns.answer_all(talk)
    code = await a_case(town, talk, agreed)
    await send(town, talk, clock, PHOTO, PHOTO)
    await turns.answer_all(talk)
    assert (await told(town, talk))[-1].startswith(f"Tôi đã kèm 2 ảnh vào phiếu {code}.")
    async with unit_of_work(town) as session:
        found = await by_code(session, code)
        assert found
        case = found[0]
        assert len(await of_case(session, case.id)) == 2
        assert [entry.note for entry in await history(session, case)][-1] == "Gửi thêm 2 ảnh."
        assert case.news_since is not None  # the office sees that something came


async def test_a_place_alone_is_asked_about(turns: Turns, town: AsyncEngine, talk: UUID, clock: Clock) -> None:
    await send(town, talk, clock, PLACE)
    await turns.answer_all(talk)
    (words,) = await told(town, talk)
    assert words.startswith("Tôi đã ghi vị trí bác gửi. Bác muốn hỏi hay phản ánh việc gì ở đó")
    assert (await conversation(town, talk)).owner == "bot"


async def test_a_sticker_is_answered_with_a_wish_for_words(
    turns: Turns, town: AsyncEngine, talk: UUID, clock: Clock
) -> None:
    await send(town, talk, clock)
    await turns.answer_all(talk)
    assert ["hình dán" in words for words in await told(town, talk)] == [True]


async def test_a_form_that_is_over_takes_nothing_more(
    turns: Turns, town: AsyncEngine, talk: UUID, clock: Clock, engine_stand_in: StandIn
) -> None:
    await reporting(turns, town, talk, engine_stand_in)
    clock.pass_by(days=2)
    sent = await send(town, talk, clock, PHOTO)
    await turns.answer_all(talk)
    async with unit_of_work(town) as session:
        assert (await session.get_one(Conversation, talk)).owner == "official"
        message = await session.get_one(Message, sent)
        assert message.errand_id is None or (await session.get_one(Errand, message.errand_id)).form is None
