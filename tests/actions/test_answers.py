"""Questions through the actions on the real knowledge base: answer, ask back, hand over the second time."""

from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from actions.answers import AnswerQuestion, NotUnderstood, OutOfScope
from bot.conversations.replies import reply_from
from tests.actions.conftest import Run
from tests.conversations.town import conversation, say


async def test_an_answer_comes_with_its_citations(run: Run) -> None:
    (said,), _ = await run(AnswerQuestion(), "xã phải công khai những gì cho dân", intent="ask_disclosure")
    reply = said["custom"]
    assert (reply["kind"], reply["topic"]) == ("answer", "disclosure")
    assert reply["facts"]
    assert {c["fact"] for c in reply["citations"]} <= set(reply["facts"])
    assert any((c["document"], c["article"]) == ("Luật 10/2022/QH15", "11") for c in reply["citations"])
    assert reply_from(reply).body["answer"] == reply["answer"]


async def test_the_same_without_marks(run: Run) -> None:
    (said,), _ = await run(AnswerQuestion(), "xa phai cong khai nhung gi cho dan", intent="ask_disclosure")
    assert said["custom"]["answer"] == "disclosure-fourteen-groups"


async def test_a_button_leads_to_its_answer_whatever_the_words(run: Run) -> None:
    chosen = {"answer": "procedure_rights-how-to-denounce"}
    (said,), _ = await run(AnswerQuestion(), "x", intent="ask_procedure_rights", sure=1.0, entities=chosen)
    assert said["custom"]["answer"] == chosen["answer"]


async def test_a_button_to_an_answer_that_is_gone_is_not_understood(run: Run) -> None:
    (said,), _ = await run(AnswerQuestion(), "x", intent="ask_land", sure=1.0, entities={"answer": "land-nothing"})
    assert said["response"] == "utter_rephrase"


async def test_not_understood_once_asks_twice_hands_over(run: Run, town: AsyncEngine, talk: UUID) -> None:
    (first,), _ = await run(NotUnderstood(), "blorf gnarp", sure=0.1)
    assert first["response"] == "utter_rephrase"
    assert (await conversation(town, talk)).owner == "bot"
    again = await say(town, talk, "gnarp")
    for _ in range(2):  # Rasa may try the same message twice
        (second,), _ = await run(NotUnderstood(), "gnarp", sure=0.1, message=again)
        assert second["response"] == "utter_not_understood_handover"
        assert second["office"]
        assert second["when"]
    held = await conversation(town, talk)
    assert (held.owner, held.handover_reason, held.misunderstood) == ("official", "not_understood", 2)


async def test_out_of_scope_says_so(run: Run) -> None:
    (said,), _ = await run(OutOfScope(), "giá vàng hôm nay", intent="out_of_scope")
    assert said["response"] == "utter_out_of_scope"


async def test_reception_days_of_the_commune_that_is_named(run: Run) -> None:
    (said,), _ = await run(
        AnswerQuestion(), "xã Nậm Lúa tiếp dân ngày nào", intent="ask_reception", entities={"place": "xã Nậm Lúa"}
    )
    reply = said["custom"]
    assert (reply["kind"], reply["topic"]) == ("answer", "reception")
    assert reply["text"].startswith("(dữ liệu mẫu)")


async def test_reception_days_without_a_commune_offer_the_communes(run: Run) -> None:
    (said,), _ = await run(AnswerQuestion(), "chủ tịch xã tiếp dân ngày nào", intent="ask_reception")
    buttons = said["custom"]["buttons"]
    assert [b["entities"]["place"] for b in buttons if b["intent"] == "ask_reception"]
    assert buttons[-1]["intent"] == "talk_to_human"


async def test_a_villages_convention(run: Run) -> None:
    (said,), _ = await run(AnswerQuestion(), "hương ước bản Hon xã Nậm Lúa phạt gì", intent="ask_convention")
    assert said["custom"]["kind"] == "answer"
    assert said["custom"]["text"].startswith("(dữ liệu mẫu)")


@pytest.mark.parametrize("words", ["", "?", "a" * 4_000, "😀" * 500, "' or 1=1 --", "%", "\\"])
async def test_any_words_get_some_reply(run: Run, words: str) -> None:
    said, _ = await run(NotUnderstood(), words or "x", sure=0.1)
    assert len(said) == 1
