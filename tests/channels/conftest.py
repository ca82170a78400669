"""The web process over real HTTP on the sample town, with a worker beside it that asks the stand-in engine."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID

import httpx
import pytest
from litestar import Litestar
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import create_app
from bot.conversations.turns import TryAgain, Turns
from bot.settings import Settings
from tests.conversations.stand_in import _dialogue, _standing_in, engine_stand_in, serve, turns
from tests.conversations.town import clock, rasa_rows, talk, town, town_url

__all__ = ["_dialogue", "_standing_in", "clock", "engine_stand_in", "rasa_rows", "talk", "town", "town_url", "turns"]

QUEUED = text("select distinct conversation_id from messages where state = 'queued'")


@pytest.fixture(scope="session")
def web_app(town_url: str) -> Litestar:
    return create_app(Settings(database_url=town_url, clock=None, public_url="", reply_wait_seconds=20))


@pytest.fixture(scope="session")
async def web_url(web_app: Litestar) -> AsyncIterator[str]:
    async for url in serve(web_app, lifespan="on"):
        yield url


@pytest.fixture(scope="session")
async def _browser(web_url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=web_url, timeout=30) as client:
        yield client


@pytest.fixture
def web(_browser: httpx.AsyncClient) -> httpx.AsyncClient:
    """A program that talks to the web process and brings no cookies from another test."""
    _browser.cookies.clear()
    return _browser


@pytest.fixture
async def worker(town: AsyncEngine, turns: Turns) -> AsyncIterator[None]:
    """Answers whatever is queued until the test ends."""
    working = asyncio.create_task(_work(town, turns))
    yield
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working


async def _work(town: AsyncEngine, turns: Turns) -> None:
    while True:
        async with town.connect() as connection:
            waiting: list[UUID] = list((await connection.scalars(QUEUED)).all())
        for talk_id in waiting:
            with suppress(TryAgain):
                await turns.answer_all(talk_id)
        await asyncio.sleep(0.02)


@pytest.fixture
def tuned(web_app: Litestar) -> Iterator[Any]:
    """``with tuned(messages_per_ten_seconds=3):`` changes settings of the running web process for a while."""

    @contextmanager
    def change(**values: Any) -> Iterator[None]:
        kept = web_app.state.settings
        web_app.state.settings = kept.model_copy(update=values)
        try:
            yield
        finally:
            web_app.state.settings = kept

    return change
