"""Taking down a booking on Saturday 21/11/2026, answer by answer."""

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.receptions.booking_intake import Said, answer, ask_day, begin, wish
from tests.receptions.town import NOW, communes

__all__ = ["communes"]


async def labels(session: AsyncSession, slots: dict[str, Any]) -> list[str]:
    return [button["label"] for button in (await ask_day(session, slots, NOW))["buttons"][:-1]]


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("cho tôi đăng ký gặp chủ tịch xã", ["thứ Tư 25/11: Chủ tịch UBND xã", "thứ Năm 10/12: Chủ tịch UBND xã"]),
        ("đăng ký gặp bí thư xã Pá Mùa", ["thứ Sáu 4/12: Bí thư Đảng ủy xã", "thứ Sáu 18/12: Bí thư Đảng ủy xã"]),
        ("đăng ký gặp ctx", ["thứ Tư 25/11: Chủ tịch UBND xã", "thứ Năm 10/12: Chủ tịch UBND xã"]),  # shorthand
        ("đăng ký dự buổi đối thoại", ["thứ Sáu 4/12: UBND xã phối hợp Ủy ban MTTQ xã"]),
    ],
)
async def test_what_the_first_words_tell(
    session: AsyncSession, communes: dict[str, int], said: str, offered: list[str]
) -> None:
    slots = await begin(session, said, {}, communes["nam-lua"], NOW)
    assert (await labels(session, slots))[:2] == offered[:2]


async def test_the_provinces_own(session: AsyncSession, communes: dict[str, int]) -> None:
    slots = await begin(session, "đăng ký gặp chủ tịch tỉnh", {}, communes["nam-lua"], NOW)
    assert await labels(session, slots) == ["thứ Sáu 18/12: Chủ tịch UBND tỉnh"]


async def test_a_named_day_is_chosen_at_once(session: AsyncSession, communes: dict[str, int]) -> None:
    slots = await begin(session, "đăng ký gặp bí thư ngày 3/12", {}, communes["nam-lua"], NOW)
    assert "ngày 3/12/2026" in slots["booking_label"]
    assert wish({**slots, "matter": "none"}, 7).matter is None


async def test_the_place_comes_later_and_the_role_is_kept(session: AsyncSession, communes: dict[str, int]) -> None:
    slots = await begin(session, "đăng ký gặp chủ tịch xã", {}, None, NOW)
    assert "ở xã nào" in (await ask_day(session, slots, NOW))["text"]
    slots |= await answer(session, Said("booking_day", "xã Nậm Lúa", "nlu_fallback", {}), slots, NOW)
    assert [label.split(": ")[1] for label in await labels(session, slots)] == ["Chủ tịch UBND xã"] * 3
    slots |= await answer(session, Said("booking_day", "thứ tư", "nlu_fallback", {}), slots, NOW)
    assert "ngày 25/11/2026" in slots["booking_label"]


@pytest.mark.parametrize(
    ("asked", "words", "intent", "filled"),
    [
        ("booking_day", "thôi", "cancel", False),
        ("booking_day", "xã phải công khai gì", "ask_disclosure", False),
        ("matter", "đường vào bản hỏng", "send_feedback", True),  # what somebody wants to speak of
        ("matter", "không", "deny", True),  # nothing to note
        ("matter", "khiếu nại việc thu hồi đất nương", "file_complaint", True),  # a reception is where one brings it
        ("matter", "ông ấy ăn tiền đền bù", "file_denunciation", False),  # sealed, never noted
        ("matter", "đi gặp có phải mang giấy tờ gì không?", "ask_reception", False),
        ("matter", "cháy nhà rồi", "emergency", False),
        ("matter", "cho tôi gặp cán bộ", "talk_to_human", False),
        ("booking_agreement", "đồng ý", "affirm", True),
        ("booking_agreement", "ok", "nlu_fallback", True),
        ("booking_agreement", "không", "deny", False),
        ("booking_agreement", "để tôi nghĩ đã", "nlu_fallback", False),
    ],
)
async def test_what_answers_and_what_does_not(
    session: AsyncSession, communes: dict[str, int], asked: str, words: str, intent: str, filled: bool
) -> None:
    slots = {"booking_commune": communes["nam-lua"], "booking_words": ""}
    assert bool(await answer(session, Said(asked, words, intent, {}), slots, NOW)) is filled


async def test_a_button_of_a_day_that_is_gone_chooses_nothing(session: AsyncSession, communes: dict[str, int]) -> None:
    slots = await begin(session, "Đăng ký", {"day": "999999 2026-11-25"}, communes["nam-lua"], NOW)
    assert slots["booking_day"] is None
