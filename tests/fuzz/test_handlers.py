"""Whatever the web process is sent, it answers in time and never with 5xx, and keeps only what it accepted."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.fuzz.inputs import Inputs
from tests.fuzz.requests import chat_request, sent
from tests.fuzz.size import REQUESTS, SEED

KEPT = text("select client_id from messages where sender = 'resident' and id > :since")
TABLES = "cases bookings officials offices answers facts"
NO_LIMITS = {"new_conversations_per_minute": 10**9, "messages_per_ten_seconds": 10**9, "reply_wait_seconds": 0.0}


async def rows(town: AsyncEngine) -> dict[str, int]:
    """How much there is of what nobody asked for."""
    async with town.connect() as connection:
        counts = [(await connection.scalar(text(f"select count(*) from {name}"))) for name in TABLES.split()]
    return dict(zip(TABLES.split(), counts, strict=True))


async def last_message(town: AsyncEngine) -> int:
    async with town.connect() as connection:
        return int(await connection.scalar(text("select coalesce(max(id), 0) from messages")))


async def kept_since(town: AsyncEngine, since: int) -> list[str]:
    async with town.connect() as connection:
        return list((await connection.scalars(KEPT, {"since": since})).all())


@pytest.mark.usefixtures("worker")
async def test_the_chat(web: httpx.AsyncClient, town: AsyncEngine, tuned: Any) -> None:
    before, since, accepted = await rows(town), await last_message(town), 0
    with tuned(**NO_LIMITS):
        begun = (await web.post("/api/v1/chat", json={"text": "chào"})).json()["conversation"]
        for number in range(REQUESTS):
            seed = f"{SEED}:chat:{number}"
            web.cookies.clear()
            asked = chat_request(Inputs(seed), begun)
            answer = await sent(web, asked)
            assert answer.status_code < 500, (seed, answer.text)
            accepted += asked.method == "POST" and answer.is_success
            if asked.method == "POST" and not answer.is_success:
                assert answer.json()["error"]["message"], seed
    assert len(await kept_since(town, since)) == accepted + 1  # and the first
    assert all(UUID(client_id) for client_id in await kept_since(town, since))
    assert await rows(town) == before
