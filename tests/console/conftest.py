"""The web application over a made-up province, and browsers that are logged in."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from litestar import Litestar
from litestar.testing import AsyncTestClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import create_app
from bot.db import unit_of_work
from bot.officials import passwords
from bot.settings import Settings
from tests.tallies.made_up import PASSWORD, MadeUp, make

_TOKEN = re.compile(r'name="_csrf_token" value="([^"]+)"')


class Browser:
    """One browser at the console: keeps cookies, sends the page's token along with every form."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def get(self, address: str, **query: str) -> httpx.Response:
        return await self.client.get(address, params=query or None)

    async def post(self, address: str, **fields: str) -> httpx.Response:
        return await self.client.post(address, data={"_csrf_token": await self._token(), **fields})

    async def log_in(self, username: str, password: str = PASSWORD) -> httpx.Response:
        return await self.post("/console/login", username=username, password=password)

    async def _token(self) -> str:
        """The token the browser holds since its first page."""
        held = self.client.cookies.get("csrftoken")
        if held:
            return held
        found = _TOKEN.search((await self.client.get("/console/login")).text)
        assert found
        return found[1]


Open = Callable[..., Awaitable[Browser]]


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id with little work: it is not what these tests are about."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", quick)
    monkeypatch.setattr(passwords, "_NOBODY", quick.hash("nobody"))


@pytest.fixture(scope="session")
async def web(server: str) -> AsyncIterator[Litestar]:
    """The running application on the test server, one for all tests: it holds nothing between requests."""
    app = create_app(Settings(database_url=server, _env_file=None))  # type: ignore[call-arg]
    async with AsyncTestClient(app):
        yield app


@pytest.fixture
async def made(empty: str, engine: AsyncEngine) -> MadeUp:
    """The made-up province, committed; gone after the test."""
    async with unit_of_work(engine) as session:
        return await make(session)


@pytest.fixture
async def browser(web: Litestar, made: MadeUp) -> AsyncIterator[Open]:
    """``await browser("front")``: a browser where that official is logged in; without a name nobody is."""
    async with AsyncExitStack() as stack:

        async def opened(username: str | None = None, address: str = "192.0.2.1") -> Browser:
            transport: Any = httpx.ASGITransport(app=web, client=(address, 1))  # type: ignore[arg-type]
            client = httpx.AsyncClient(transport=transport, base_url="http://xa-hoi.test")
            found = Browser(await stack.enter_async_context(client))
            if username:
                assert (await found.log_in(username)).status_code == 303
            return found

        yield opened
