"""Short words after an answer, through the action on the real knowledge base."""

from typing import Any

import pytest

from actions.answers import AnswerQuestion
from bot.language import fold
from tests.actions.conftest import Run

ROWS = [  # the answer before, what is said, what comes, an answer it must rest on or offer
    ("disclosure-fourteen-groups", "bao nhiêu ngày", "answer", "disclosure-time-limit"),
    ("dialogue-how-often", "báo trước bao nhiêu ngày", "answer", "dialogue-notice"),
    ("dialogue-how-often", "ai chủ trì", "answer", "dialogue-who-holds-it"),
    ("dialogue-how-often", "thế còn phường thì sao", "answer", "dialogue-how-often"),  # a ward is of the same level
    ("dialogue-how-often", "còn công ty thì sao", None, "workplace-dialogue-how-often"),  # another topic
    ("disclosure-fourteen-groups", "thế không làm thì sao", None, "disclosure-not-published"),
    ("procedure_rights-how-to-complain", "bao nhiêu ngày", "clarify", "procedure_rights-complaint-how-long"),
    ("procedure_rights-how-to-complain", "gửi ở đâu", "answer", "procedure_rights-how-to-complain"),  # said already
]


@pytest.mark.parametrize("typed", [str, fold])
@pytest.mark.parametrize(("last", "said", "kind", "leads_to"), ROWS)
async def test_a_question_that_goes_on(
    run: Run, last: str, said: str, kind: str | None, leads_to: str, typed: type
) -> None:
    reply = await _after(run, last, typed(said))
    offered = [reply.get("answer"), *(b.get("entities", {}).get("answer") for b in reply["buttons"])]
    assert leads_to in offered
    assert reply["kind"] == (kind or reply["kind"])
    if reply["kind"] == "answer":
        assert reply["answer"] == leads_to


async def test_where_it_is_written(run: Run) -> None:
    reply = await _after(run, "disclosure-fourteen-groups", "điều mấy?", "source")
    assert "Điều 11" in reply["text"]
    assert reply["answer"] == "disclosure-fourteen-groups"


async def test_more_of_the_same_is_never_longer_than_a_first_view(run: Run) -> None:
    reply = await _after(run, "dialogue-which-kind", "nói rõ hơn", "more")
    assert "05 ngày" in reply["text"]
    assert len(reply["text"]) <= 600


async def test_nothing_that_fits_is_said_so(run: Run) -> None:
    reply = await _after(run, "disclosure-fourteen-groups", "thế còn con trâu thì sao")
    assert reply["kind"] in ("clarify", "out_of_scope")
    assert reply["buttons"][-1]["intent"] == "talk_to_human"


async def _after(run: Run, last: str, said: str, wanted: str = "question") -> dict[str, Any]:
    topic = last.split("-", 1)[0]
    entities = {"follows": last, "wanted": wanted}
    (reply,), _ = await run(AnswerQuestion(), said, intent=f"ask_{topic}", sure=1.0, entities=entities)
    custom: dict[str, Any] = reply["custom"]
    return custom
