"""The stand-ins in the test's own process, over real HTTP: fresh ones for each test that asks."""

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.conversations.stand_in import serve
from tests.platforms import telegram_app, zalo_app
from tests.platforms.telegram.account import Telegram
from tests.platforms.zalo.account import Zalo


@dataclass
class Served[P]:
    """A stand-in and where it answers; ``control`` drives it as a tester would."""

    platform: P
    url: str
    control: httpx.AsyncClient

    async def say(self, user: str, text: str) -> dict[str, Any]:
        """The resident writes; the message as it stands in the chat."""
        return await self.do(user, text=text)

    async def do(self, user: str, **what: Any) -> dict[str, Any]:
        answer = await self.control.post(f"/control/users/{user}/messages", json=what)
        assert answer.status_code == 201, answer.text
        told: dict[str, Any] = answer.json()
        return told

    async def chat(self, user: str) -> list[dict[str, Any]]:
        """What stands in the resident's chat."""
        messages: list[dict[str, Any]] = (await self.control.get(f"/control/users/{user}/messages")).json()["messages"]
        return messages

    async def fault(self, kind: str, **how: Any) -> None:
        answer = await self.control.post("/control/faults", json={"kind": kind, **how})
        assert answer.status_code == 201, answer.text


@pytest.fixture
async def zalo() -> AsyncIterator[Served[Zalo]]:
    """Zalo, with dice that always fall alike."""
    platform = Zalo(dice=random.Random(1))
    _, app = zalo_app(platform)
    async for url in serve(app):
        platform.address = url
        async with httpx.AsyncClient(base_url=url, timeout=10) as control:
            yield Served(platform, url, control)
        await platform.courier.stop()


@pytest.fixture
async def telegram() -> AsyncIterator[Served[Telegram]]:
    """Telegram, likewise."""
    platform = Telegram(dice=random.Random(1))
    _, app = telegram_app(platform)
    async for url in serve(app):
        async with httpx.AsyncClient(base_url=url, timeout=10) as control:
            yield Served(platform, url, control)
        await platform.courier.stop()
