"""The web process with Telegram on, and what delivers to the stand-in; both on the sample town."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import create_app
from bot.channels.inbox import Inbox
from bot.channels.spool import Spool
from bot.channels.telegram.client import Client
from bot.channels.telegram.platform import TelegramPlatform
from bot.channels.telegram.reading import CHANNEL, read_update
from bot.channels.telegram.starting import PATH, SECRET_HEADER, secret
from bot.media.storage import Files
from bot.settings import Settings
from tests.conversations.stand_in import serve
from tests.conversations.town import Clock
from tests.platforms.fixtures import Served, telegram
from tests.platforms.telegram.account import TOKEN, Telegram

__all__ = ["telegram"]
_updates = count(500_000)


class Webhook:
    """Brings updates as Telegram does: with the secret, each with an id of its own unless told otherwise.

    What the database did not take within its half second waits in the spool, which a worker would empty: ``drain``.
    """

    def __init__(self, http: httpx.AsyncClient, inbox: Inbox) -> None:
        self.http, self._inbox = http, inbox

    async def drain(self) -> None:
        while self._inbox.spool.holds_any():
            await self._inbox.drain()
            await asyncio.sleep(0.01)  # another one may be draining

    async def bring(self, *, shown: str | None = None, **update: object) -> httpx.Response:
        body = {"update_id": next(_updates), **update}
        answer = await self.http.post(PATH, json=body, headers={SECRET_HEADER: secret() if shown is None else shown})
        await self.drain()
        return answer


@pytest.fixture(scope="session")
async def telegram_web(town_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[str, Inbox]]:
    """The address of a web process to which Telegram brings updates, and where it keeps them."""
    given = Settings(
        database_url=town_url,
        data_dir=tmp_path_factory.mktemp("telegram"),
        telegram_token=TOKEN,  # type: ignore[arg-type]
        telegram_mode="webhook",
        telegram_api_url="http://127.0.0.1:9",
    )
    app = create_app(given)
    async for url in serve(app, lifespan="on"):
        yield url, app.state.inbox


@pytest.fixture
async def webhook(telegram_web: tuple[str, Inbox]) -> AsyncIterator[Webhook]:
    url, inbox = telegram_web
    async with httpx.AsyncClient(base_url=url, timeout=30) as http:
        yield Webhook(http, inbox)


@pytest.fixture
async def client(telegram: Served[Telegram]) -> AsyncIterator[Client]:
    connected = Client(TOKEN, telegram.url, seconds=3)
    yield connected
    await connected.close()


@pytest.fixture
def platform(client: Client, town: AsyncEngine, tmp_path: Path) -> TelegramPlatform:
    return TelegramPlatform(client, town, "https://tinh.vn", Files(tmp_path))


@pytest.fixture
def inbox(town: AsyncEngine, tmp_path: Path, clock: Clock) -> Inbox:
    return Inbox(town, Spool(tmp_path / "spool"), {CHANNEL: read_update}, clock)
