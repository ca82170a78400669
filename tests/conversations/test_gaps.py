"""What the bot failed on is kept without names and numbers, never from a confidential talk, and not for ever."""

from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import gaps, holds, service
from bot.conversations.incoming import Incoming, receive
from bot.conversations.models import Conversation, Gap, Message
from bot.conversations.replies import Reply, ReplyButton
from bot.conversations.service import add_replies
from tests.conversations.test_holds import tables_with
from tests.conversations.town import MORNING, said

ASKED = "lễ cúng rừng thì xã có hỗ trợ tiền không"
UNCLEAR = Reply("clarify", "Bác nói rõ hơn giúp tôi.")
FOREIGN = Reply("out_of_scope", "Việc này tôi không biết.")
CHOICES = Reply(
    "clarify",
    "Ý bác hỏi điều nào?",
    buttons=(
        ReplyButton("Sổ đỏ?", "ask_land", {"answer": "land-book"}),
        ReplyButton("Không phải các câu này", "talk_to_human"),
    ),
)
GIVEN = Reply("answer", "Xã dán 30 ngày.", {"topic": "disclosure"})
HANDED_OVER = Reply("handover", "Tôi đã chuyển cho cán bộ.")


async def kept(session: AsyncSession, message: Message) -> list[tuple[str, str, str | None]]:
    rows = await session.scalars(select(Gap).where(Gap.conversation_id == message.conversation_id).order_by(Gap.id))
    return [(row.kind, row.text, row.topic) for row in rows]


async def talk_of(session: AsyncSession, message: Message) -> Conversation:
    return await session.get_one(Conversation, message.conversation_id)


async def answered(session: AsyncSession, message: Message, *replies: Reply) -> None:
    await add_replies(session, await talk_of(session, message), replies, to=message, at=MORNING)


async def then_said(session: AsyncSession, before: Message, words: str) -> Message:
    incoming = Incoming("web", str(uuid4()), words, {"text": words})
    return await receive(session, before.conversation_id, incoming, MORNING)


async def not_understood(session: AsyncSession, message: Message) -> None:
    await service.count_misunderstood(session, message.id)
    await answered(session, message, UNCLEAR)


async def test_what_was_not_understood(visit: AsyncSession) -> None:
    message = await said(visit, ASKED)
    await not_understood(visit, message)
    assert await kept(visit, message) == [("not_understood", ASKED, None)]


async def test_what_is_not_ours(visit: AsyncSession) -> None:
    message = await said(visit, ASKED)
    await answered(visit, message, FOREIGN)
    assert await kept(visit, message) == [("out_of_scope", ASKED, None)]


async def test_asked_back_and_none_chosen(visit: AsyncSession) -> None:
    message = await said(visit, ASKED)
    await answered(visit, message, CHOICES)
    assert await kept(visit, message) == []
    none = await then_said(visit, message, "Không phải các câu này")
    await service.hand_over(visit, none.id, "asked", MORNING)
    await answered(visit, none, HANDED_OVER)
    assert await kept(visit, message) == [("none_chosen", ASKED, "land")]


async def test_of_no_help(visit: AsyncSession) -> None:
    message = await said(visit, ASKED)
    await answered(visit, message, GIVEN)
    useless = await then_said(visit, message, "không giúp được gì")
    await service.hand_over(visit, useless.id, "not_helpful", MORNING)
    await answered(visit, useless, HANDED_OVER)
    assert await kept(visit, message) == [("not_helpful", ASKED, "disclosure")]


@pytest.mark.parametrize("reply", [GIVEN, Reply("small_talk", "Chào bác."), Reply("ask", "Bác ở xã nào?")])
async def test_what_was_answered_is_no_gap(visit: AsyncSession, reply: Reply) -> None:
    message = await said(visit, ASKED)
    await answered(visit, message, reply)
    assert await kept(visit, message) == []


async def test_after_an_answer_a_person_is_asked_for_without_complaint(visit: AsyncSession) -> None:
    message = await said(visit, ASKED)
    await answered(visit, message, GIVEN)
    person = await then_said(visit, message, "cho gặp cán bộ")
    await service.hand_over(visit, person.id, "asked", MORNING)
    await answered(visit, person, HANDED_OVER)
    assert await kept(visit, message) == []


async def test_the_same_message_is_kept_once(visit: AsyncSession) -> None:
    message = await said(visit, ASKED)
    await not_understood(visit, message)
    await not_understood(visit, message)
    assert len(await kept(visit, message)) == 1


@pytest.mark.parametrize("words", ["asdf qwrt zxcv", "việc là thế này " * 60])
async def test_noise_and_long_stories_are_no_questions(visit: AsyncSession, words: str) -> None:
    message = await said(visit, words)
    await not_understood(visit, message)
    assert await kept(visit, message) == []


async def test_names_and_numbers_are_gone_before_anything_is_stored(visit: AsyncSession) -> None:
    message = await said(visit, "ông Lò Văn Xyzt ở ban hon xa nam lua số 0912345678 hỏi lễ cúng rừng")
    await not_understood(visit, message)
    [(_, text, _)] = await kept(visit, message)
    assert text == "ông [tên] ở ban [nơi] xa [nơi] số [số] hỏi lễ cúng rừng"
    assert "gaps" not in await tables_with(visit, "Xyzt")


@pytest.mark.parametrize("kind", ["denunciation", "complaint"])
async def test_a_complaint_or_denunciation_takes_its_talk_out(visit: AsyncSession, kind: str) -> None:
    before = await said(visit, "lễ cúng rừng MATICH thế nào")
    await not_understood(visit, before)
    message = await then_said(visit, before, "ông chủ tịch ăn chặn MATICH")
    if kind == "denunciation":
        await holds.seal(visit, message.id, MORNING, origin="bot", reply=Reply("guidance", "Kênh này không nhận."))
    else:
        await holds.record_guidance(visit, message.id, "complaint", MORNING)
    await visit.flush()
    assert "gaps" not in await tables_with(visit, "MATICH")
    after = await then_said(visit, before, "thế còn MATICH thì sao hả bác")
    await not_understood(visit, after)
    assert "gaps" not in await tables_with(visit, "MATICH")


async def test_released_the_talk_stays_out(visit: AsyncSession) -> None:
    message = await said(visit, "ông chủ tịch ăn chặn MATICH")
    await holds.seal(visit, message.id, MORNING, origin="bot")
    await holds.release(visit, message.conversation_id)
    await not_understood(visit, message)
    assert await kept(visit, message) == []


@pytest.mark.parametrize(
    "reply",
    [Reply("emergency", "Bác gọi 114 ngay."), Reply("out_of_scope", "Tôi nghe bác rồi.", {"topic": "personal"})],
)
async def test_an_emergency_or_a_personal_matter_takes_its_talk_out(visit: AsyncSession, reply: Reply) -> None:
    before = await said(visit, ASKED)
    await not_understood(visit, before)
    message = await then_said(visit, before, "chồng em đánh em đau lắm")
    await answered(visit, message, reply)
    assert await kept(visit, before) == []


async def test_other_talks_are_not_touched(visit: AsyncSession) -> None:
    other = await said(visit, ASKED)
    await not_understood(visit, other)
    message = await said(visit, "ông chủ tịch ăn chặn")
    await holds.seal(visit, message.id, MORNING, origin="bot")
    assert len(await kept(visit, other)) == 1


async def test_erased_with_the_residents_data(visit: AsyncSession) -> None:
    message = await said(visit, ASKED)
    await not_understood(visit, message)
    await gaps.forget(visit, message.conversation_id)
    assert await kept(visit, message) == []
