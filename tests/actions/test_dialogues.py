"""“Đối thoại” of no kind in particular is asked about, with three buttons in plain words."""

from actions.answers import AnswerQuestion
from tests.actions.conftest import Run


async def test_three_buttons_in_plain_words(run: Run) -> None:
    (said,), _ = await run(AnswerQuestion(), "đối thoại phải báo trước mấy ngày", intent="ask_dialogue")
    reply = said["custom"]
    assert reply["kind"] == "clarify"
    assert [b["intent"] for b in reply["buttons"]] == [
        "ask_dialogue",
        "ask_procedure_rights",
        "ask_workplace",
        "talk_to_human",
    ]
    assert all(button["facts"] for button in reply["buttons"][:3])


async def test_words_that_tell_are_answered(run: Run) -> None:
    (said,), _ = await run(AnswerQuestion(), "xã phải đối thoại với dân mấy lần một năm", intent="ask_dialogue")
    assert said["custom"]["answer"] == "dialogue-how-often"
