"""Files of the web chat over real HTTP: taken once, refused with a word, seen again by their own talk only."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.webchat import FILES, conversation_named, token_of
from bot.conversations.models import Message
from bot.db import unit_of_work
from bot.media.fetching import Fetcher
from bot.media.models import Media
from bot.media.receiving import Receiving
from bot.media.service import Limits
from bot.media.storage import Files
from tests.channels.test_webchat_api import refused
from tests.conversations.stand_in import StandIn
from tests.conversations.town import Clock
from tests.media import made

CHAT = "/api/v1/chat"


@pytest.fixture(autouse=True)
def folder(tuned: Any, tmp_path: Path) -> Any:
    """Files of this test lie in a folder of its own."""
    with tuned(data_dir=tmp_path, media_max_bytes=1_000_000, media_free_bytes=0):
        yield tmp_path


@pytest.fixture
async def receiving(town: AsyncEngine, clock: Clock, tmp_path: Path) -> AsyncIterator[Receiving]:
    fetcher = Fetcher({})
    yield Receiving(town, Files(tmp_path), fetcher, Limits(1_000_000, 40, 10_000_000), clock, hidden_hours=24)
    await fetcher.close()


async def send(web: httpx.AsyncClient, content: bytes, name: str = "anh.jpg", **fields: str) -> httpx.Response:
    web.cookies.clear()
    return await web.post(FILES, files={"file": (name, content, "image/png")}, data=fields)


async def media_of(town: AsyncEngine) -> list[Media]:
    async with unit_of_work(town) as session:
        return list(await session.scalars(select(Media).order_by(Media.received_at, Media.id)))


@pytest.mark.usefixtures("worker")
async def test_a_photo_alone_goes_to_a_human_and_the_bot_says_so(
    web: httpx.AsyncClient, receiving: Receiving, town: AsyncEngine, engine_stand_in: StandIn
) -> None:
    response = await send(web, made.photo_with_place())
    assert response.status_code == 200
    body = response.json()
    (reply,) = body["replies"]
    assert (reply["kind"], body["owner"]) == ("handover", "official")
    assert reply["text"].startswith("Tôi đã nhận ảnh của bác. Tôi chưa xem được ảnh, cán bộ sẽ xem.")
    async with unit_of_work(town) as session:
        own = select(Message.id).where(Message.conversation_id == conversation_named(body["conversation"]))
        mine = {str(number) for number in await session.scalars(own)}
    assert not [heard for heard in engine_stand_in.heard if heard["message"] in mine]  # not asked about nothing


@pytest.mark.usefixtures("worker")
async def test_a_caption_is_the_message(web: httpx.AsyncClient, engine_stand_in: StandIn) -> None:
    response = await send(web, made.picture(), text="đường vào bản hỏng")
    assert response.json()["replies"][0]["text"].startswith("Đã nghe: đường vào bản hỏng")


@pytest.mark.usefixtures("worker")
async def test_the_talk_sees_its_own_photo_and_nobody_else_does(
    web: httpx.AsyncClient, receiving: Receiving, town: AsyncEngine, talk: Any
) -> None:
    token = (await send(web, made.photo_with_place(), "đường hỏng.png")).json()["conversation"]
    mine = {"Authorization": f"Bearer {token}"}
    (line, *_) = (await web.get(f"{CHAT}/messages", headers=mine)).json()["messages"]
    (waiting,) = line["attachments"]
    assert (waiting["note"], waiting["url"]) == ("đang nhận", None)
    from uuid import UUID

    await receiving.receive(UUID(waiting["id"]))
    (line, *_) = (await web.get(f"{CHAT}/messages", headers=mine)).json()["messages"]
    (photo,) = line["attachments"]
    assert (photo["kind"], photo["name"], photo["note"]) == ("photo", "đường hỏng.jpg", None)
    for address in (photo["url"], photo["thumbnail"]):
        found = await web.get(address, headers=mine)
        assert (found.status_code, found.headers["content-type"]) == (200, "image/jpeg")
        assert found.headers["x-content-type-options"] == "nosniff"
        assert found.headers["content-security-policy"].startswith("sandbox")
        assert found.headers["cache-control"] == "no-store"
        assert b"GPS" not in found.content
        web.cookies.clear()
        refused(await web.get(address), 401, "unknown_conversation")
        other = {"Authorization": f"Bearer {token_of(talk)}"}
        assert (await web.get(address, headers=other)).status_code == 404
    part = await web.get(photo["url"], headers={**mine, "Range": "bytes=0-9"})
    assert (part.status_code, len(part.content)) == (206, 10)


@pytest.mark.usefixtures("worker")
async def test_the_same_id_again_keeps_one_file(web: httpx.AsyncClient, town: AsyncEngine, folder: Path) -> None:
    mine = str(uuid4())
    first = await send(web, made.picture(), id=mine)
    again = await send(web, made.picture(), id=mine, conversation=first.json()["conversation"])
    assert again.json() == first.json()
    assert len([path for path in (folder / "media").rglob("*") if path.is_file()]) == 1
    refused(await send(web, made.picture(colour="blue"), id=mine), 409, "id_reused")
    refused(await send(web, made.picture(), id=mine, text="khác"), 409, "id_reused")
    web.cookies.clear()
    refused(await web.post(CHAT, json={"text": "khác", "id": mine}), 409, "id_reused")
    words = str(uuid4())
    await web.post(CHAT, json={"text": "alo", "id": words})
    refused(await send(web, made.picture(), id=words, text="alo"), 409, "id_reused")


@pytest.mark.parametrize(
    ("content", "name", "status", "code"),
    [
        (b"", "anh.jpg", 422, "empty_file"),
        (made.PAGE, "anh.jpg", 415, "kind_not_taken"),
        (made.PROGRAM, "anh.jpg", 415, "kind_not_taken"),
        (made.DRAWING, "anh.svg", 415, "kind_not_taken"),
        (made.picture() + bytes(1_000_000), "anh.jpg", 413, "too_large"),
    ],
)
async def test_what_is_not_taken_is_refused_and_leaves_nothing(
    web: httpx.AsyncClient, town: AsyncEngine, folder: Path, content: bytes, name: str, status: int, code: str
) -> None:
    async def messages() -> int:
        async with unit_of_work(town) as session:
            return await session.scalar(select(func.count()).select_from(Message)) or 0

    before = await messages()
    refused(await send(web, content, name), status, code)
    assert await messages() == before
    assert not (folder / "media").exists()


async def test_other_ways_to_be_wrong(web: httpx.AsyncClient) -> None:
    refused(await send(web, made.picture(), id="42"), 422, "bad_id")
    refused(await send(web, made.picture(), conversation="abc"), 401, "unknown_conversation")
    refused(await web.post(FILES, data={"id": str(uuid4())}, files={"other": b"x"}), 422, "nothing_sent")
    for content, kind in ((json.dumps({"text": "a"}).encode(), "application/json"), (b"x", "text/plain")):
        response = await web.post(FILES, content=content, headers={"Content-Type": kind})
        assert 400 <= response.status_code < 500
        assert set(response.json()["error"]) == {"code", "message"}
    broken = await web.post(
        FILES, content=b"--x\r\nnonsense", headers={"Content-Type": "multipart/form-data; boundary=x"}
    )
    assert 400 <= broken.status_code < 500


@pytest.mark.usefixtures("worker")
async def test_a_day_and_an_address_have_their_limits(web: httpx.AsyncClient, tuned: Any) -> None:
    with tuned(media_per_day=1, media_free_bytes=0):
        token = (await send(web, made.picture())).json()["conversation"]
        refused(await send(web, made.picture(), conversation=token), 429, "too_many_files")
    with tuned(media_per_minute=0):
        refused(await send(web, made.picture()), 429, "too_many_files")


async def test_a_full_disk_says_try_later(web: httpx.AsyncClient, tuned: Any) -> None:
    with tuned(media_free_bytes=2**60):
        refused(await send(web, made.picture()), 503, "unavailable")
