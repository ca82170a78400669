"""Zalo's webhook over real HTTP: what is believed is kept, once, and answered in time whatever happens behind."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import create_app
from bot.channels.inbox import Inbox
from bot.channels.spool import Spool
from bot.channels.zalo.events import reader
from bot.clock import now
from bot.conversations.models import Conversation, Message, RawEvent
from bot.db import unit_of_work
from bot.settings import Settings
from tests.conversations.stand_in import serve
from tests.platforms.chats import number_for
from tests.platforms.zalo import events

NOWHERE = "postgresql://xahoi@127.0.0.1:9/xahoi"


def setting(url: str, folder: Path, **more: Any) -> Settings:
    given = {"zalo_app_id": events.APP_ID, "zalo_oa_secret": events.OA_SECRET} | more
    return Settings(database_url=url, clock=None, public_url="", data_dir=folder, zalo=True, **given)


@asynccontextmanager
async def webhook(given: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async for url in serve(create_app(given), lifespan="on"):
        async with httpx.AsyncClient(base_url=url, timeout=10) as client:
            yield client


def a_user() -> str:
    return number_for(uuid4().hex, 19)


def written(user: str, words: str, message_id: str | None = None) -> dict[str, Any]:
    said = {"text": words, "msg_id": message_id or uuid4().hex}
    sides = {"sender": {"id": user}, "recipient": {"id": events.OA_ID}}
    return {"app_id": events.APP_ID, "event_name": "user_send_text", **sides, "message": said, "timestamp": "1543908"}


async def told(client: httpx.AsyncClient, event: dict[str, Any], *, forged: bool = False, retry: int = 0) -> int:
    body, headers = events.signed(event, forged=forged, retry=retry)
    return (await client.post("/webhooks/zalo", content=body, headers=headers)).status_code


async def words_of(town: AsyncEngine, user: str) -> list[str | None]:
    async with unit_of_work(town) as session:
        talks = select(Conversation.id).where(Conversation.channel == "zalo", Conversation.external_user == user)
        query = select(Message.text).where(Message.conversation_id.in_(talks), Message.sender == "resident")
        return list(await session.scalars(query.order_by(Message.id)))


async def test_what_is_signed_is_kept_once_however_often_it_comes(
    town: AsyncEngine, town_url: str, tmp_path: Path
) -> None:
    user = a_user()
    event = written(user, "xã công khai gì")
    async with webhook(setting(town_url, tmp_path)) as client:
        statuses = await asyncio.gather(*(told(client, event, retry=n) for n in range(20)))
    assert set(statuses) == {200}
    assert await words_of(town, user) == ["xã công khai gì"]
    async with unit_of_work(town) as session:
        mine = select(Conversation.id).where(Conversation.external_user == user)
        jobs = text("select count(*) from procrastinate_jobs where lock = :talk")
        assert await session.scalar(jobs, {"talk": str(await session.scalar(mine))}) == 1


async def test_zalos_probe_is_not_signed(town_url: str, tmp_path: Path) -> None:
    async with webhook(setting(town_url, tmp_path)) as client:
        assert (await client.post("/webhooks/zalo", content=b"{}")).status_code == 200
        assert (await client.post("/webhooks/zalo", content=b"")).status_code == 200


@pytest.mark.parametrize(
    ("more", "forged", "status"),
    [
        ({}, True, 401),  # somebody else's secret
        ({"zalo_oa_secret": ""}, False, 200),  # not set up yet: Zalo's console must be able to save the address
        ({"zalo_signatures": "oa-body-oa"}, False, 401),  # a reading that is not believed
    ],
)
async def test_what_cannot_be_believed_is_not_kept(
    town: AsyncEngine, town_url: str, tmp_path: Path, more: dict[str, str], forged: bool, status: int
) -> None:
    user = a_user()
    async with webhook(setting(town_url, tmp_path, **more)) as client:
        assert await told(client, written(user, "alo"), forged=forged) == status
    assert await words_of(town, user) == []
    assert not Spool(tmp_path / "spool").holds_any()


async def test_an_event_nobody_knows_is_kept_too(town: AsyncEngine, town_url: str, tmp_path: Path) -> None:
    event = {"event_name": "brand_new", "app_id": events.APP_ID, "timestamp": "15", "mark": uuid4().hex}
    async with webhook(setting(town_url, tmp_path)) as client:
        assert await told(client, event) == 200
        assert await told(client, event) == 200
    async with unit_of_work(town) as session:
        query = select(func.count()).where(RawEvent.payload["mark"].astext == event["mark"])
        assert await session.scalar(query) == 1


async def test_off_there_is_no_such_address(town_url: str, tmp_path: Path) -> None:
    async with webhook(setting(town_url, tmp_path).model_copy(update={"zalo": False})) as client:
        assert (await client.post("/webhooks/zalo", content=b"{}")).status_code == 404


def inbox(town: AsyncEngine, folder: Path) -> Inbox:
    return Inbox(town, Spool(folder / "spool"), {"zalo": reader()}, now)


async def test_while_the_database_is_away_events_wait_on_disk_and_keep_their_order(
    town: AsyncEngine, town_url: str, tmp_path: Path
) -> None:
    user, repeated = a_user(), written(a_user(), "hai lần")
    async with webhook(setting(NOWHERE, tmp_path)) as client:
        for words in ("một", "hai", "ba"):
            assert await told(client, written(user, words)) == 200
        assert await told(client, repeated) == 200
        assert await told(client, repeated, retry=1) == 200
    async with webhook(setting(town_url, tmp_path)) as client:
        assert await told(client, written(user, "bốn")) == 200  # the database is back, and still it queues behind
    assert Spool(tmp_path / "spool").count() == 6
    assert await inbox(town, tmp_path).drain() == 6
    assert await words_of(town, user) == ["một", "hai", "ba", "bốn"]
    assert await words_of(town, repeated["sender"]["id"]) == ["hai lần"]
    assert not Spool(tmp_path / "spool").holds_any()


async def test_a_database_that_hangs_costs_half_a_second(tmp_path: Path) -> None:
    async def silent(reads: asyncio.StreamReader, writes: asyncio.StreamWriter) -> None:
        await reads.read()
        writes.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with webhook(setting(f"postgresql://x@127.0.0.1:{port}/x", tmp_path)) as client:
        began = time.monotonic()
        assert await told(client, written(a_user(), "alo")) == 200
        assert time.monotonic() - began < 2
    server.close()
    assert Spool(tmp_path / "spool").count() == 1


async def test_what_can_never_be_taken_in_is_set_aside(town: AsyncEngine, tmp_path: Path) -> None:
    """A channel that was switched off meanwhile, say: what is behind it goes on."""
    user, spool = a_user(), Spool(tmp_path / "spool")
    spool.keep("gone", b"{}", now())
    spool.keep("zalo", json.dumps(written(user, "sau")).encode(), now())
    assert await inbox(town, tmp_path).drain() == 2
    assert await words_of(town, user) == ["sau"]
    assert len(list((tmp_path / "spool" / "refused").iterdir())) == 1


async def test_only_one_drains_at_a_time(town: AsyncEngine, tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.keep("zalo", json.dumps(written(a_user(), "alo")).encode(), now())
    with spool.draining() as mine:
        assert mine
        assert await inbox(town, tmp_path).drain() == 0
    assert await inbox(town, tmp_path).drain() == 1


async def test_files_of_the_spool_are_for_us_alone(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.keep("zalo", b"{}", now())
    [event] = spool.waiting()
    assert event.path.stat().st_mode & 0o077 == 0
    assert event.path.parent.stat().st_mode & 0o077 == 0
