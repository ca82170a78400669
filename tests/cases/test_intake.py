"""Taking down a report: first words, answers, questions in the middle, places twice unknown, going back."""

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import intake
from bot.cases.intake import ORDER

ROAD = "đường vào bản Hon hỏng, nhờ xã sửa"


@pytest.mark.parametrize(
    ("said", "tells"),
    [
        ("tôi muốn phản ánh một việc", False),  # announcing only
        ("cho tôi gửi kiến nghị lên xã với ạ", False),
        ("toi muon bao cao mot so viec", False),  # without marks
        ("đường vào bản hỏng, nhờ xã sửa", True),
        ("mất nước", False),  # two words are a subject, no story
        ("mất nước ba ngày", True),
        ("", False),
    ],
)
def test_tells_something(said: str, tells: bool) -> None:
    assert intake.tells_something(said) is tells


async def test_first_words_fill_in_what_they_tell(visit: AsyncSession) -> None:
    blanks = await intake.begin(visit, ROAD)
    assert blanks["description"] == ROAD
    assert (blanks["subject"], blanks["place"]) == ("roads", "bản Hon, xã Nậm Lúa")
    assert blanks["commune_id"]
    assert blanks["village_id"]
    assert blanks["visibility"] is None
    assert blanks["agreement"] is None


async def test_first_words_that_only_announce_fill_in_nothing(visit: AsyncSession) -> None:
    blanks = await intake.begin(visit, "tôi muốn phản ánh một việc")
    assert not any(blanks.values())
    assert set(ORDER) <= set(blanks)  # what an earlier report left is emptied


async def test_an_ambiguous_place_in_the_first_words_is_asked_later(visit: AsyncSession) -> None:
    blanks = await intake.begin(visit, "đường vào bản Nà Sáng hỏng hết rồi")
    assert (blanks["place"], blanks["subject"]) == (None, "roads")


async def answer(
    visit: AsyncSession,
    asked: str | None,
    said: str,
    intent: str = "send_feedback",
    entities: dict[str, Any] | None = None,
    **blanks: Any,
) -> dict[str, Any]:
    return await intake.answer(visit, asked, said, intent, entities or {}, blanks)


async def test_a_place_is_recognised(visit: AsyncSession) -> None:
    found = await answer(visit, "place", "ban hon xa nam lua", "nlu_fallback")
    assert (found["place"], found["place_label"]) == ("bản Hon, xã Nậm Lúa", "bản Hon, xã Nậm Lúa")


async def test_a_place_that_exists_twice_is_asked_about(visit: AsyncSession) -> None:
    found = await answer(visit, "place", "bản Nà Sáng")
    assert found["place"] is None
    assert "xã Nậm Lúa" in found["remark"]
    assert "xã Pá Mùa" in found["remark"]
    settled = await answer(visit, "place", "bản Nà Sáng xã Pá Mùa")
    assert settled["place"] == "bản Nà Sáng, xã Pá Mùa"


async def test_an_unknown_place_is_asked_once_more_and_then_taken_as_said(visit: AsyncSession) -> None:
    first = await answer(visit, "place", "xóm Trại", "nlu_fallback")
    assert (first["place"], first["place_tries"]) == (None, 1)
    assert "chưa nhận ra" in first["remark"]
    second = await answer(visit, "place", "xóm Trại", "nlu_fallback", place_tries=1)
    assert (second["place"], second["commune_id"]) == ("xóm Trại", None)
    assert "remark" not in second


async def test_somebody_who_does_not_know_the_place_is_not_asked_again(visit: AsyncSession) -> None:
    found = await answer(visit, "place", "tôi không biết tên bản", "nlu_fallback")
    assert found["place"] == "tôi không biết tên bản"


@pytest.mark.parametrize("asked", ["place", "description", "subject", "visibility", "agreement"])
@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("xã phải công khai những gì?", "ask_disclosure"),  # a question in the middle
        ("phiếu của tôi đến đâu rồi", "track_case"),  # another case
        ("cháy nhà", "emergency"),  # before everything
        ("ông ấy tham ô, tôi tố cáo", "file_denunciation"),
        ("thôi không gửi nữa", "cancel"),
        ("cho tôi gặp cán bộ ngay đi ạ nhé", "talk_to_human"),
        ("xóa dữ liệu của tôi", "my_data"),
        ("sửa lại nội dung", "change_answer"),
        ("chào", "greet"),  # small talk
    ],
)
async def test_what_is_no_answer_fills_in_nothing(visit: AsyncSession, asked: str, said: str, intent: str) -> None:
    assert await answer(visit, asked, said, intent) == {}


async def test_only_officials_is_an_answer_although_it_sounds_like_a_wish(visit: AsyncSession) -> None:
    found = await answer(visit, "visibility", "chỉ cán bộ", "talk_to_human")
    assert found["visibility"] == "officials"


@pytest.mark.parametrize(
    ("asked", "said", "intent", "entities", "filled"),
    [
        ("description", "đường ống nước vỡ ba hôm nay", "nlu_fallback", {}, {"subject": "utilities"}),
        ("description", "Xã thu tiền làm đường ai cho phép?", "ask_decide", {}, {}),  # a question
        ("subject", "Giao thông", "inform", {"subject": "roads"}, {"subject": "roads"}),  # a button
        ("subject", "đất đai", "ask_land", {}, {"subject": "land"}),  # words like a question's, but none asked
        ("subject", "chả biết nữa", "nlu_fallback", {}, {"subject": "other"}),
        ("subject", "x", "inform", {"subject": "moon"}, {"subject": "other"}),  # no such field
        ("visibility", "Công khai được", "inform", {"visibility": "public"}, {"visibility": "public"}),
        ("visibility", "không ai hết", "deny", {}, {"visibility": "nobody"}),
        ("visibility", "hả", "nlu_fallback", {}, {}),
        ("visibility", "x", "inform", {"visibility": "everyone"}, {}),  # no such level
        ("agreement", "ừ", "affirm", {}, {"agreement": True}),
        ("agreement", "đồng ý", "nlu_fallback", {}, {"agreement": True}),
        ("agreement", "Gửi đi!", "send_feedback", {}, {"agreement": True}),
    ],
)
async def test_answers(
    visit: AsyncSession, asked: str, said: str, intent: str, entities: dict[str, Any], filled: dict[str, Any]
) -> None:
    found = await answer(visit, asked, said, intent, entities)
    assert {key: found[key] for key in filled} == filled
    assert bool(found) == bool(filled)


async def test_a_description_of_one_word_is_asked_again(visit: AsyncSession) -> None:
    found = await answer(visit, "description", "hỏng", "nlu_fallback")
    assert "rõ hơn" in found["remark"]
    assert found.get("description") is None


async def test_no_at_the_summary_is_neither_agreement_nor_the_end(visit: AsyncSession) -> None:
    found = await answer(visit, "agreement", "không", "deny")
    assert found.get("agreement") is None
    assert found["remark"]


async def test_more_of_the_story_is_added_and_the_question_asked_again(visit: AsyncSession) -> None:
    found = await answer(visit, "visibility", "trẻ con ngã xe hai lần rồi", description=ROAD)
    assert found["description"] == f"{ROAD}\ntrẻ con ngã xe hai lần rồi"
    assert "ghi thêm" in found["remark"]
    assert found.get("visibility") is None


@pytest.mark.parametrize(
    ("asked", "said", "emptied"),
    [
        ("visibility", "quay lại câu trước", "subject"),  # one back
        ("place", "quay lại", "place"),  # nothing before the first
        ("agreement", "sửa nơi xảy ra", "place"),  # the one named
        ("agreement", "noi dung", "description"),  # the button's word; contains “nơi” when folded
        ("agreement", "ai thay", "visibility"),
        ("agreement", "đổi lĩnh vực", "subject"),
        (None, "sửa nội dung", "description"),  # between two questions
        (None, "quay lại", "agreement"),
    ],
)
async def test_a_correction_empties_what_it_names(
    visit: AsyncSession, asked: str | None, said: str, emptied: str
) -> None:
    blanks = await intake.change(visit, asked, said, {})
    assert set(blanks) & set(ORDER) == {emptied, "agreement"}
    assert not any(blanks.values())
    assert ("commune_id" in blanks) == (emptied == "place")


async def test_a_correction_that_already_says_it_is_taken_over(visit: AsyncSession) -> None:
    blanks = await intake.change(visit, "agreement", "sửa lại là bản Nà Sáng xã Pá Mùa", {"place": "bản Hon"})
    assert (blanks["place"], blanks["agreement"]) == ("bản Nà Sáng, xã Pá Mùa", None)


async def test_a_correction_of_nothing_in_particular_asks_what(visit: AsyncSession) -> None:
    blanks = await intake.change(visit, "agreement", "sửa", {})
    assert blanks["remark"] == intake._WHAT_TO_CHANGE
    assert set(blanks) == {"agreement", "remark"}


async def test_who_may_know_is_heard_at_any_step(visit: AsyncSession) -> None:
    first = await intake.begin(visit, f"{ROAD}, xin ẩn danh")
    assert first["visibility"] == "nobody"
    assert (await answer(visit, "description", "ẩn danh nhé", "nlu_fallback"))["visibility"] == "nobody"


async def test_a_commune_said_after_an_ambiguous_village_settles_it(visit: AsyncSession) -> None:
    asked = await answer(visit, "place", "bản Nà Sáng")
    settled = await answer(visit, "place", "xã Pá Mùa", place_hint=asked["place_hint"])
    assert settled["place"] == "bản Nà Sáng, xã Pá Mùa"
