"""Handing over, data requests, emergencies, denunciations and complaints through the actions."""

from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from actions.human import TalkToHuman
from actions.my_data import MyData
from actions.safety import AskAboutDenunciation, Emergency, GuideComplaint, GuideDenunciation
from bot.conversations import sentences
from bot.conversations.models import DataRequest, GuidanceGiven, SealedHold
from bot.db import unit_of_work
from tests.actions.conftest import Run
from tests.conversations.town import conversation, message, say


async def test_talk_to_human_says_who_and_when(run: Run, town: AsyncEngine, talk: UUID) -> None:
    (said,), _ = await run(TalkToHuman(), "cho tôi gặp cán bộ", intent="talk_to_human")
    assert said["response"] == "utter_handover"
    assert said["when"] == sentences.OPEN_NOW  # Friday, 8:30
    held = await conversation(town, talk)
    assert (held.owner, held.handover_reason) == ("official", "asked")


async def test_the_commune_that_is_named_answers(run: Run, town: AsyncEngine, talk: UUID) -> None:
    (said,), _ = await run(TalkToHuman(), "cho gặp cán bộ xã Nậm Lúa", intent="talk_to_human")
    assert said["office"] == "UBND xã Nậm Lúa"
    assert (await conversation(town, talk)).commune_id is not None


async def test_my_data_is_recorded_once_and_offered(run: Run, town: AsyncEngine, talk: UUID) -> None:
    mine = await say(town, talk, "cho tôi xem dữ liệu của tôi")
    for _ in range(2):
        (said,), _ = await run(MyData(), "cho tôi xem dữ liệu của tôi", intent="my_data", message=mine)
        assert "1 tin bác đã nhắn" in said["custom"]["text"]
        assert [b["intent"] for b in said["custom"]["buttons"]] == ["see_my_data", "erase_my_data", "talk_to_human"]
    async with unit_of_work(town) as session:
        rows = await session.scalars(select(DataRequest).where(DataRequest.conversation_id == talk))
        assert len(rows.all()) == 1
    assert (await conversation(town, talk)).owner == "bot"


async def test_erasing_asked_for_in_words_is_confirmed_first(run: Run) -> None:
    (said,), _ = await run(MyData(), "xoa du lieu cua toi", intent="my_data")
    assert "Bác có chắc muốn xóa không?" in said["custom"]["text"]
    assert said["custom"]["buttons"][0]["intent"] == "confirm_erasure"


async def test_an_emergency_gives_the_numbers_and_promises_nobody(run: Run) -> None:
    (said,), _ = await run(Emergency(), "lũ cuốn mất nhà rồi", intent="emergency")
    reply = said["custom"]
    assert (reply["kind"], reply["topic"]) == ("emergency", "emergency")
    assert all(number in reply["text"] for number in ("111", "112", "113", "114", "115"))
    assert "Kênh này không điều được lực lượng cứu hộ, hãy gọi ngay" in reply["text"]
    assert "Nguồn" in reply["more"]
    assert reply["facts"]
    assert "deny_emergency" in [button["intent"] for button in reply["buttons"]]


@pytest.mark.parametrize("times", [1, 2])
async def test_a_denunciation_is_sealed_and_guided(run: Run, town: AsyncEngine, talk: UUID, times: int) -> None:
    mine = await say(town, talk, "ông ấy ăn chặn tiền GACHUOI")
    for _ in range(times):  # Rasa may try the same message twice
        (said,), _ = await run(GuideDenunciation(), "ông ấy ăn chặn", intent="file_denunciation", message=mine)
    reply = said["custom"]
    assert (reply["kind"], reply["topic"]) == ("guidance", "denunciation")
    assert "không phải là đơn và sẽ không được giữ lại" in reply["text"]
    offered = [b["intent"] for b in reply["buttons"]]
    assert offered == ["confirm_denunciation", "deny_denunciation", "book_reception"]
    kept = await message(town, mine)
    assert (kept.text, kept.sealed) == (None, True)
    assert "GACHUOI" not in str(kept.prepared)
    async with unit_of_work(town) as session:
        assert (await session.scalars(select(SealedHold.text).where(SealedHold.message_id == mine))).one()
        given = select(GuidanceGiven).where(GuidanceGiven.message_id == mine)
        assert (await session.scalars(given)).one().kind == "denunciation"


async def test_what_may_be_a_denunciation_is_sealed_and_asked_about(run: Run, town: AsyncEngine, talk: UUID) -> None:
    mine = await say(town, talk, "tiền làm đường đi đâu GACHUOI")
    (said,), _ = await run(AskAboutDenunciation(), "tiền làm đường", intent="doubt_denunciation", message=mine)
    reply = said["custom"]
    assert (reply["kind"], reply["topic"]) == ("guidance", "denunciation")
    assert [b["intent"] for b in reply["buttons"]] == ["confirm_denunciation", "deny_denunciation", "only_asking"]
    kept = await message(town, mine)
    assert (kept.text, kept.sealed) == (None, True)


async def test_a_complaint_is_guided_and_kept(run: Run, town: AsyncEngine, talk: UUID) -> None:
    mine = await say(town, talk, "tôi khiếu nại quyết định thu hồi đất")
    for _ in range(2):
        (said,), _ = await run(GuideComplaint(), "tôi khiếu nại", intent="file_complaint", message=mine)
    reply = said["custom"]
    assert (reply["kind"], reply["topic"]) == ("guidance", "complaint")
    assert reply["citations"]
    assert [b["intent"] for b in reply["buttons"]] == ["deny_complaint", "book_reception", "talk_to_human"]
    assert (await message(town, mine)).text == "tôi khiếu nại quyết định thu hồi đất"
    async with unit_of_work(town) as session:
        given = select(GuidanceGiven).where(GuidanceGiven.message_id == mine)
        assert (await session.scalars(given)).one().kind == "complaint"
