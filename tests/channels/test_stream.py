"""Server-sent events: what comes later arrives at once, and nothing is missed or repeated after a broken line."""

import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.webchat import token_of
from bot.conversations.models import Conversation
from bot.conversations.replies import Reply
from bot.conversations.service import add_replies
from bot.db import unit_of_work
from tests.conversations.town import MORNING, say

STREAM = "/api/v1/chat/stream"


async def events(response: httpx.Response) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    last = ""
    async for line in response.aiter_lines():
        if line.startswith("id:"):
            last = line[3:].strip()
        if line.startswith("data:"):
            yield last, json.loads(line[5:])


async def tell(town: AsyncEngine, talk: UUID, words: str) -> None:
    async with unit_of_work(town) as session:
        conversation = await session.get_one(Conversation, talk)
        await add_replies(session, conversation, [Reply("notice", words)], to=None, at=MORNING)


def headers(talk: UUID, **more: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token_of(talk)}", **more}


async def test_what_is_said_later_arrives_and_resumes(web: httpx.AsyncClient, town: AsyncEngine, talk: UUID) -> None:
    await say(town, talk, "alo")
    async with web.stream("GET", STREAM, headers=headers(talk)) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        coming = events(response)
        first_id, first = await anext(coming)
        assert (first["from"], first["text"], first["owner"]) == ("resident", "alo", "bot")
        assert first["id"] == first_id
        await tell(town, talk, "một")  # after the stream was opened
        second_id, second = await anext(coming)
        assert (second["from"], second["text"]) == ("bot", "một")
    await tell(town, talk, "hai")  # while nobody listened
    async with web.stream("GET", STREAM, headers=headers(talk, **{"Last-Event-ID": second_id})) as response:
        coming = events(response)
        assert (await anext(coming))[1]["text"] == "hai"
        await tell(town, talk, "ba")
        assert (await anext(coming))[1]["text"] == "ba"


async def test_a_stream_begins_where_the_page_stands(web: httpx.AsyncClient, town: AsyncEngine, talk: UUID) -> None:
    mine = await say(town, talk, "alo")
    await tell(town, talk, "một")
    async with web.stream("GET", f"{STREAM}?after={mine}", headers=headers(talk)) as response:
        assert (await anext(events(response)))[1]["text"] == "một"


@pytest.mark.parametrize("last", ["x", "-5", "²", "9" * 30])
async def test_an_odd_last_id_is_no_server_error(
    web: httpx.AsyncClient, town: AsyncEngine, talk: UUID, last: str
) -> None:
    await say(town, talk, "alo")
    sent = {key.encode(): value.encode() for key, value in headers(talk, **{"Last-Event-ID": last}).items()}
    async with web.stream("GET", STREAM, headers=sent) as response:
        assert response.status_code < 500
        if last in ("x", "-5"):
            assert (await anext(events(response)))[1]["text"] == "alo"


async def test_no_stream_without_a_conversation(web: httpx.AsyncClient) -> None:
    assert (await web.get(STREAM)).status_code == 401
