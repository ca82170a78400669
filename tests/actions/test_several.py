"""Two questions in one message are both answered; one question stays one."""

import pytest

from actions.answers import AnswerQuestion
from actions.feedback import BeginFeedback
from bot.language import fold
from tests.actions.conftest import Run

TWO = [
    (
        "xã có phải công khai thu chi không, với lại đi xin thông tin của xã có mất tiền không",
        "disclosure",
        "information",
    ),
    ("bao nhiêu hộ đồng ý mới được thu tiền làm đường? trưởng thôn do ai bầu", "decide", "village"),
    ("ban thanh tra nhân dân có bao nhiêu người, còn hòa giải viên do ai bầu", "supervision", "mediation"),
    ("xã phải công khai những gì và đi xin thông tin của xã có mất tiền không?", "disclosure", "information"),
    ("xã có phải công khai thu chi không, với lại chủ tịch tiếp dân ngày nào", "disclosure", "reception"),
]
ONE = [
    "hồi trước hương ước phải mang lên huyện, giờ không còn huyện thì cầm đi đâu",  # “còn” inside a question
    "trưởng thôn do ai bầu, cần bao nhiêu hộ đồng ý",  # one answer holds both
    "ban thanh tra nhân dân có mấy người, làm mấy năm",  # the second has no subject of its own
    "xã phải công khai những gì cho dân",
]


@pytest.mark.parametrize("typed", [str, fold])
@pytest.mark.parametrize(("said", "first", "second"), TWO)
async def test_two_questions(run: Run, said: str, first: str, second: str, typed: type) -> None:
    replies, _ = await run(AnswerQuestion(), typed(said), intent=f"ask_{first}")
    assert [reply["custom"]["topic"] for reply in replies] == [first, second]
    assert not any(button["intent"] == "talk_to_human" for button in replies[0]["custom"]["buttons"])
    assert replies[1]["custom"]["buttons"][-1]["intent"] == "talk_to_human"


@pytest.mark.parametrize("typed", [str, fold])
@pytest.mark.parametrize("said", ONE)
async def test_one_question(run: Run, said: str, typed: type) -> None:
    replies, _ = await run(AnswerQuestion(), typed(said), intent="ask_village")
    assert len(replies) == 1


@pytest.mark.parametrize("typed", [str, fold])
async def test_a_question_beside_a_report(run: Run, typed: type) -> None:
    said = typed("xã có phải công khai thu chi không, với lại đường bản tôi hỏng mấy tháng chẳng ai sửa")
    (answer,), blanks = await run(BeginFeedback(), said, intent="send_feedback")
    assert answer["custom"]["topic"] == "disclosure"
    assert blanks["description"] == typed("đường bản tôi hỏng mấy tháng chẳng ai sửa")


async def test_a_report_alone(run: Run) -> None:
    said = "đường bản tôi hỏng mấy tháng, xe không đi được"
    replies, blanks = await run(BeginFeedback(), said, intent="send_feedback")
    assert replies == []
    assert blanks["description"] == said
