"""A village's convention and recordings through the actions: what is said, which buttons, what is remembered."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from actions.answers import AnswerQuestion
from actions.recordings import Listen
from bot.conversations.replies import payload_of, reply_from
from bot.db import unit_of_work
from bot.officials.models import Official
from knowledge_base.models import Recording
from knowledge_base.recording_files import RecordingFiles
from knowledge_base.recordings import Given, keep
from tests.actions.conftest import Run
from tests.conversations.town import MORNING
from tests.knowledge_base.recorded import mp3


async def test_a_section_with_the_law_on_fines_behind_it(run: Run) -> None:
    words = "quy ước bản Hon xã Nậm Lúa có phạt thả rông trâu không"
    (said,), slots = await run(AnswerQuestion(), words, intent="ask_convention")
    reply = said["custom"]
    assert "mục “Chăn thả gia súc”" in reply["text"]
    assert "HU-04" in reply["facts"]
    assert "pháp luật" in reply["more"]
    assert slots == {"convention_village": "nam-lua-hon", "convention_awaited": None}


async def test_no_law_behind_what_is_not_about_fines(run: Run) -> None:
    (said,), _ = await run(AnswerQuestion(), "quy ước bản Hon về đám ma", intent="ask_convention")
    assert not said["custom"].get("facts")
    assert said["custom"]["more"] is None


async def test_which_village_and_then_its_section(run: Run) -> None:
    (said,), slots = await run(AnswerQuestion(), "quy ước bản tôi phạt thả rông không", intent="ask_convention")
    assert said["custom"]["kind"] == "clarify"
    assert slots == {"convention_awaited": "grazing"}
    (named,), _ = await run(AnswerQuestion(), "bản Hon ạ", intent="ask_village", slots=slots)
    assert "mục “Chăn thả gia súc”" in named["custom"]["text"]


async def test_the_law_on_conventions_offers_ones_own_village(run: Run) -> None:
    (said,), _ = await run(AnswerQuestion(), "hương ước có được phạt tiền không", intent="ask_convention")
    reply = said["custom"]
    assert reply["answer"] == "convention-fines"
    offered = next(button for button in reply["buttons"] if button["label"] == "Xem quy ước bản tôi")
    (asked,), _ = await run(
        AnswerQuestion(), offered["label"], intent=offered["intent"], sure=1.0, entities=offered["entities"]
    )
    assert asked["custom"]["kind"] == "clarify"


async def test_an_answer_read_aloud(run: Run, town: AsyncEngine, tmp_path: Path) -> None:
    words = {"words": "xã phải công khai những gì cho dân", "intent": "ask_disclosure"}
    given = Given(mp3(), "Thái", "Cán bộ văn hóa xã", date(2026, 11, 1), answer_id="disclosure-fourteen-groups")
    async with unit_of_work(town) as session:
        official = (await session.scalars(select(Official).limit(1))).one()
        recording = await keep(session, RecordingFiles(tmp_path), given, official, MORNING)
    (said,), _ = await run(AnswerQuestion(), **words)
    button = said["custom"]["buttons"][0]
    assert button == {"label": "Nghe tiếng Thái", "intent": "listen", "entities": {"recording": recording.key}}
    (heard,), _ = await run(Listen(), button["label"], intent="listen", entities=button["entities"])
    voice = reply_from(heard["custom"])
    assert (voice.kind, voice.body["voice"]["url"]) == ("voice", f"/recordings/{recording.key}")
    assert payload_of(voice)["voice"] == heard["custom"]["voice"]
    async with unit_of_work(town) as session:
        await session.execute(delete(Recording))
    (gone,), _ = await run(Listen(), button["label"], intent="listen", entities=button["entities"])
    assert gone["response"] == "utter_recording_gone"
    (silent,), _ = await run(AnswerQuestion(), **words)
    assert not any(button["intent"] == "listen" for button in silent["custom"]["buttons"])


@pytest.mark.parametrize("entities", [{}, {"recording": "none"}, {"recording": ""}])
async def test_a_recording_nobody_made(run: Run, entities: dict[str, str]) -> None:
    (said,), _ = await run(Listen(), "Nghe", intent="listen", entities=entities)
    assert said["response"] == "utter_recording_gone"
