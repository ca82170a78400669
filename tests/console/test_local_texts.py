"""An office's own texts on the desk: drafts of conventions confirmed, recordings uploaded and played to anyone."""

import re
from datetime import date
from pathlib import Path

import httpx
import pytest
from litestar import Litestar
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.db import unit_of_work
from bot.places.models import Village
from knowledge_base.conventions.queries import in_force, sections
from knowledge_base.conventions.service import Recognition, keep_draft
from knowledge_base.models import AnswerRow, Convention, Recording
from knowledge_base.recordings import listen_buttons, offered
from tests.console.conftest import Browser, Open
from tests.knowledge_base.recorded import mp3, wav
from tests.tallies.made_up import NOON, MadeUp

TEXT = "Điều 1. Việc cưới\nCưới gọn.\nĐiều 2. Việc lạ\nCùng nhau lo."
DAYS = {"adopted_on": "2026-10-01", "recognised_on": "2026-10-09", "recognised_by": "UBND xã"}


@pytest.fixture
async def draft(made: MadeUp, engine: AsyncEngine) -> int:
    """A draft of a village of the first commune; its id."""
    async with unit_of_work(engine) as session:
        village = Village(commune_id=made.communes[0].id, slug="ban-thu", kind="bản", name="Thử", folded="thu")
        session.add(village)
        await session.flush()
        return (await keep_draft(session, village, "quy-uoc.docx", TEXT, Recognition(), NOON)).id


async def _fields(engine: AsyncEngine, draft: int) -> dict[str, str]:
    async with unit_of_work(engine) as session:
        parts = await sections(session, await session.get_one(Convention, draft))
    return {f"{name}-{part.id}": getattr(part, name) for part in parts for name in ("kind", "heading")}


async def test_a_draft_is_looked_at_and_confirmed(browser: Open, engine: AsyncEngine, draft: int) -> None:
    staff = await browser("commune_staff")
    assert f"/console/conventions/{draft}" in (await staff.get("/console/conventions")).text
    shown = (await staff.get(f"/console/conventions/{draft}")).text
    assert "Cùng nhau lo." in shown
    assert 'value="Việc lạ"' in shown
    fields = await _fields(engine, draft)
    odd = next(name for name, value in fields.items() if value == "Việc lạ")
    typed = fields | DAYS | {odd: "Giúp nhau", odd.replace("heading", "kind"): "mutual_help"}
    refused = await staff.post(f"/console/conventions/{draft}/confirm", **(typed | {"recognised_on": ""}))
    assert refused.status_code == 422
    assert 'value="Giúp nhau"' in refused.text  # what was typed is not lost
    assert (await staff.post(f"/console/conventions/{draft}/confirm", **typed)).status_code == 303
    async with unit_of_work(engine) as session:
        held = await in_force(session, "ban-thu", date(2026, 11, 20))
        assert held
        assert held.confirmed_by is not None
        told = [(part.kind, part.heading) for part in await sections(session, held)]
    assert told == [("wedding", "Việc cưới"), ("mutual_help", "Giúp nhau")]
    assert (await staff.post(f"/console/conventions/{draft}/discard")).status_code == 404  # never a confirmed one


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("commune_leader", 200),
        ("province_coordinator", 200),
        ("knowledge_editor", 200),
        ("staff2", 404),
        ("front", 403),
    ],
)
async def test_whose_draft_it_is(browser: Open, draft: int, username: str, status: int) -> None:
    official = await browser(username)
    assert (await official.get(f"/console/conventions/{draft}")).status_code == status
    if status != 200:
        assert (await official.post(f"/console/conventions/{draft}/confirm", **DAYS)).status_code == status
        assert (await official.post(f"/console/conventions/{draft}/discard")).status_code == status


async def test_a_draft_is_thrown_away(browser: Open, engine: AsyncEngine, draft: int) -> None:
    staff = await browser("commune_staff")
    assert (await staff.post(f"/console/conventions/{draft}/discard")).status_code == 303
    assert (await staff.get(f"/console/conventions/{draft}")).status_code == 404


@pytest.fixture
async def answer(
    made: MadeUp, engine: AsyncEngine, web: Litestar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """An answer to read aloud; recordings lie in the test's own folder."""
    monkeypatch.setattr(web.state.settings, "data_dir", tmp_path)
    async with unit_of_work(engine) as session:
        session.add(AnswerRow(id="land-test", topic="land", title="Đất đai", text="Bác hỏi xã."))
    return "land-test"


async def _upload(official: Browser, content: bytes, **fields: str) -> httpx.Response:
    token = await official._token()
    given = {"language": "Mông", "speaker": "Trưởng bản", "recorded_on": "2026-11-01", "words": "answer:land-test"}
    return await official.client.post(
        "/console/recordings", data={"_csrf_token": token, **given, **fields}, files={"file": ("a.mp3", content)}
    )


async def _offered(engine: AsyncEngine) -> list[str]:
    async with unit_of_work(engine) as session:
        return [button["label"] for button in listen_buttons(await offered(session, answer_id="land-test"))]


async def test_a_recording_is_offered_and_played_to_anyone(browser: Open, engine: AsyncEngine, answer: str) -> None:
    staff, stranger = await browser("commune_staff"), await browser()
    assert (await _upload(staff, mp3())).status_code == 303
    assert (await _upload(staff, wav(), language="Kinh")).status_code == 303
    assert await _offered(engine) == ["Nghe tiếng Kinh", "Nghe tiếng Mông"]
    listed = (await staff.get("/console/recordings")).text
    address = re.findall(r'src="(/recordings/[\w-]{32})"', listed)[-1]
    played = await stranger.get(address)
    assert (played.status_code, played.headers["content-type"], played.content) == (200, "audio/mpeg", mp3())
    part = await stranger.client.get(address, headers={"Range": "bytes=0-1"})
    assert (part.status_code, part.content) == (206, mp3()[:2])
    assert part.headers["content-range"] == f"bytes 0-1/{len(mp3())}"
    guessed = address[:-1] + ("_" if address[-1] != "_" else "-")
    assert (await stranger.get(guessed)).status_code == 404


async def test_changed_words_are_no_longer_played_under_the_old_voice(
    browser: Open, engine: AsyncEngine, answer: str
) -> None:
    staff = await browser("commune_staff")
    await _upload(staff, mp3())
    async with unit_of_work(engine) as session:
        (await session.get_one(AnswerRow, answer)).text = "Luật đã đổi."
    assert await _offered(engine) == []
    assert "cần ghi lại" in (await staff.get("/console/recordings")).text


async def test_a_recording_is_taken_out_by_its_own_office(
    browser: Open, engine: AsyncEngine, answer: str, tmp_path: Path
) -> None:
    staff, other = await browser("commune_staff"), await browser("staff2")
    await _upload(staff, mp3())
    await _upload(staff, mp3(), language="Thái")  # the same content twice
    async with AsyncSession(engine) as session:
        keys = list(await session.scalars(select(Recording.key)))
    assert (await other.post(f"/console/recordings/{keys[0]}/remove")).status_code == 404
    for key, left in zip(keys, (1, 0), strict=True):
        assert (await staff.post(f"/console/recordings/{key}/remove")).status_code == 303
        assert len(_files(tmp_path)) == left


@pytest.mark.parametrize(
    ("content", "fields", "says"),
    [
        (b"<html>", {}, "không phải ghi âm"),
        (b"\0" * (5 * 2**20 + 1), {}, "lớn hơn 5 MB"),
        (mp3(), {"language": "Klingon"}, "chọn tiếng"),
        (mp3(), {"speaker": " "}, "ai đọc"),
        (mp3(), {"recorded_on": "2099-01-01"}, "tương lai"),
        (mp3(), {"recorded_on": "hôm qua"}, "ngày ghi âm"),
        (mp3(), {"words": "answer:none"}, "không còn nữa"),
        (mp3(), {"words": "section:999"}, "Hãy chọn"),
        (mp3(), {"words": ""}, "Hãy chọn"),
    ],
)
async def test_what_is_not_taken(
    browser: Open, engine: AsyncEngine, answer: str, tmp_path: Path, content: bytes, fields: dict[str, str], says: str
) -> None:
    staff = await browser("commune_staff")
    assert (await _upload(staff, content, **fields)).status_code == 303
    assert says in (await staff.get("/console/recordings")).text
    assert await _offered(engine) == []
    assert _files(tmp_path) == []


async def test_another_communes_section_is_not_mine_to_record(
    browser: Open, engine: AsyncEngine, draft: int, answer: str
) -> None:
    fields = await _fields(engine, draft)
    staff, other = await browser("commune_staff"), await browser("staff2")
    await staff.post(f"/console/conventions/{draft}/confirm", **(fields | DAYS))
    section = next(iter(fields)).partition("-")[2]
    assert "Hãy chọn" in (await _after(other, await _upload(other, mp3(), words=f"section:{section}")))
    assert "Đã lưu" in (await _after(staff, await _upload(staff, mp3(), words=f"section:{section}")))


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def _after(official: Browser, answer: httpx.Response) -> str:
    return (await official.get(answer.headers["location"])).text
