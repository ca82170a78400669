"""A report through the actions: first words, form, correction, receipt; the same message gives the same receipt."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

import actions.feedback
from actions.cases import TrackCase
from actions.feedback import BeginFeedback, ChangeFeedback, OpenCase, ValidateFeedback
from bot.cases.models import Case
from bot.db import unit_of_work
from bot.places.service import communes
from tests.actions.conftest import Run
from tests.conversations.town import MORNING, say

ROAD = "đường vào bản Hon hỏng, nhờ xã sửa"


async def complete(town: AsyncEngine) -> dict[str, Any]:
    async with unit_of_work(town) as session:
        commune = (await communes(session))[0]
    return {
        "place": commune.label,
        "commune_id": commune.id,
        "village_id": None,
        "subject": "roads",
        "description": ROAD,
        "visibility": "officials",
        "agreement": True,
    }


async def test_first_words_fill_slots(run: Run) -> None:
    said, slots = await run(BeginFeedback(), ROAD, intent="send_feedback")
    assert said == []
    assert (slots["description"], slots["subject"], slots["place"]) == (ROAD, "roads", "bản Hon, xã Nậm Lúa")


async def test_an_answer_fills_what_was_asked(run: Run) -> None:
    said, slots = await run(ValidateFeedback(), "bản Hon xã Nậm Lúa", slots={"requested_slot": "place"})
    assert said == []
    assert slots["place"] == "bản Hon, xã Nậm Lúa"


async def test_a_place_that_resembles_another_act_is_still_the_place(run: Run) -> None:
    asked = {"requested_slot": "place"}
    _, slots = await run(ValidateFeedback(), "thôn Sủng Tráng, xã Lũng Khảo", nearest="change_answer", slots=asked)
    assert slots["place"] == "thôn Sủng Tráng, xã Lũng Khảo"


async def test_a_remark_is_said_and_the_slot_stays_empty(run: Run) -> None:
    (said,), slots = await run(ValidateFeedback(), "xóm Trại", slots={"requested_slot": "place"})
    assert said["custom"]["kind"] == "notice"
    assert (slots["place"], slots["place_tries"]) == (None, 1)


async def test_a_question_in_the_middle_fills_nothing(run: Run) -> None:
    asked = {"requested_slot": "description"}
    found = await run(ValidateFeedback(), "xã phải công khai những gì?", intent="ask_disclosure", slots=asked)
    assert found == ([], {})


async def test_before_anything_was_asked_nothing_is_filled(run: Run) -> None:
    assert await run(ValidateFeedback(), ROAD, intent="send_feedback", slots={"place": "bản Hon"}) == ([], {})


async def test_going_back_by_word_and_by_button(run: Run) -> None:
    _, by_word = await run(ChangeFeedback(), "sửa nơi xảy ra", slots={"requested_slot": "agreement"})
    _, by_button = await run(
        ChangeFeedback(), "Sửa", slots={"requested_slot": "agreement"}, entities={"blank": "noi xay ra"}
    )
    assert by_word == by_button
    assert by_word["place"] is None


async def test_the_receipt_and_the_same_receipt_again(run: Run, town: AsyncEngine, talk: UUID) -> None:
    slots, agreed = await complete(town), await say(town, talk, "đồng ý")
    (first,), _ = await run(OpenCase(), "đồng ý", intent="affirm", slots=slots, message=agreed)
    (again,), _ = await run(OpenCase(), "đồng ý", intent="affirm", slots=slots, message=agreed)
    assert first == again
    case = json.loads(first["case"])
    assert first["response"] == "utter_receipt"
    assert set(case) == {"code", "state", "label", "office", "due", "fingerprint", "secret"}
    assert (case["state"], case["due"], case["code"]) == ("new", None, first["code"])
    async with unit_of_work(town) as session:
        query = select(func.count()).select_from(Case).where(Case.conversation_id == talk)
        assert await session.scalar(query) == 1


async def test_another_agreement_is_another_case_a_minute_later(
    run: Run, town: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    slots = await complete(town)
    (first,), _ = await run(OpenCase(), "đồng ý", intent="affirm", slots=slots)
    (refused,), kept = await run(OpenCase(), "đồng ý", intent="affirm", slots=slots)
    assert "từ 08:31" in refused["custom"]["text"]
    assert kept == {"agreement": None}  # all else stays noted
    monkeypatch.setattr(actions.feedback, "now", lambda: MORNING + timedelta(minutes=1))
    (second,), _ = await run(OpenCase(), "đồng ý", intent="affirm", slots=slots)
    assert first["code"] != second["code"]


async def test_numbers_that_rasa_gives_back_as_fractions(run: Run, town: AsyncEngine) -> None:
    slots = await complete(town)
    slots["commune_id"] = float(slots["commune_id"])
    (said,), _ = await run(OpenCase(), "đồng ý", intent="affirm", slots=slots)
    assert said["response"] == "utter_receipt"


async def test_the_code_tells_the_state(run: Run, town: AsyncEngine) -> None:
    (receipt,), _ = await run(OpenCase(), "đồng ý", intent="affirm", slots=await complete(town))
    code = receipt["code"]
    for words, entities in ((f"phiếu {code}", {}), ("phiếu này", {"case_code": code}), ("phiếu của tôi", {})):
        (said,), _ = await run(TrackCase(), words, intent="track_case", entities=entities)
        assert said["custom"]["kind"] == "status"
        assert said["custom"]["case"]["code"] == code
        assert "secret" not in said["custom"]["case"]


async def test_an_unknown_code(run: Run) -> None:
    (said,), _ = await run(TrackCase(), "phiếu XH-0000-0000", intent="track_case")
    assert said["response"] == "utter_unknown_case_code"
