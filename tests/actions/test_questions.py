"""A question for the office: what others asked and was answered comes first; then it is taken down as a question."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from actions.questions import BeginQuestion, SeePublication
from bot.conversations.models import Conversation, Message
from bot.conversations.replies import Reply, ReplyButton
from bot.conversations.service import add_replies
from bot.db import unit_of_work
from bot.publications.service import withdraw_of
from tests.actions.conftest import Run
from tests.conversations.town import MORNING, press, say
from tests.publications.test_service import ASKED, WORDS, published

ELSEWHERE = "làm hộ chiếu mất bao nhiêu tiền"


async def test_what_nobody_asked_is_taken_down(run: Run) -> None:
    said, slots = await run(BeginQuestion(), "Gửi", intent="send_question", entities={"question": ELSEWHERE})
    assert said == []
    assert (slots["question_open"], slots["case_kind"], slots["description"]) == (True, "question", ELSEWHERE)


async def test_a_public_answer_comes_first(run: Run, town: AsyncEngine, talk: UUID) -> None:
    async with unit_of_work(town) as session:
        case, _ = await published(session)
    pressed = await pressed_under(run, town, talk, ASKED)
    (offer,), slots = await run(BeginQuestion(), "Gửi", intent="send_question", message=pressed)
    reply = offer["custom"]
    assert slots["question_open"] is False
    chosen, on = reply["buttons"][0], reply["buttons"][-1]
    (told,), _ = await run(SeePublication(), WORDS.title, intent="see_publication", entities=chosen["entities"])
    assert WORDS.answer in told["custom"]["text"]
    said, slots = await run(BeginQuestion(), on["label"], intent="send_question", entities=on["entities"])
    assert (said, slots["question_open"], slots["description"]) == ([], True, ASKED)
    async with unit_of_work(town) as session:  # others in this town ask the same
        await withdraw_of(session, case, MORNING)


async def test_an_answer_taken_down_is_told_as_gone(run: Run) -> None:
    (told,), _ = await run(SeePublication(), "x", intent="see_publication", entities={"publication": 2**40})
    assert "không còn được công khai" in told["custom"]["text"]


async def pressed_under(run: Run, town: AsyncEngine, talk: UUID, words: str) -> int:
    """The resident says the words, is told that nothing is held, and presses the button below; that message's id."""
    first = await say(town, talk, words)
    async with unit_of_work(town) as session:
        conversation, message = await session.get_one(Conversation, talk), await session.get_one(Message, first)
        button = ReplyButton("Gửi câu hỏi cho cơ quan", "send_question")
        await add_replies(
            session, conversation, [Reply("out_of_scope", "Chưa có", {}, (button,))], to=message, at=MORNING
        )
    return await press(town, talk, "Gửi câu hỏi cho cơ quan")
