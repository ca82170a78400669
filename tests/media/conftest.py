"""A worker that receives, with storage in a folder of the test's own and a platform over real HTTP."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.db import unit_of_work
from bot.media.fetching import Fetcher, Located
from bot.media.models import Media
from bot.media.receiving import Receiving
from bot.media.service import Limits
from bot.media.storage import Files
from tests.conversations.stand_in import _dialogue, _standing_in, engine_stand_in, serve, turns
from tests.conversations.town import Clock, clock, rasa_rows, talk, town, town_url, visit

__all__ = [
    "_dialogue",
    "_standing_in",
    "clock",
    "engine_stand_in",
    "rasa_rows",
    "talk",
    "town",
    "town_url",
    "turns",
    "visit",
]
LIMITS = Limits(most_bytes=2_000_000, per_day=6, bytes_per_day=5_000_000)


@dataclass
class Platform:
    """Serves ``files`` by path; ``faults`` are answered first, in order; ``asked`` is every path asked for."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    faults: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    pause: float = 0.0
    part: int = 100_000
    """Bytes that are sent at once, with ``drip`` seconds after each."""
    drip: float = 0.0

    async def __call__(self, scope: Mapping[str, Any], receive: Any, send: Any) -> None:
        self.asked.append(scope["path"])
        await asyncio.sleep(self.pause)
        status, headers = self.faults.pop(0) if self.faults else (200, {})
        content = self.files.get(scope["path"])
        if status == 200 and content is None:
            status = 404
        told = [(key.encode(), value.encode()) for key, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": told})
        body = content if status == 200 and content else b""
        for start in range(0, max(len(body), 1), self.part):
            part = body[start : start + self.part]
            await send({"type": "http.response.body", "body": part, "more_body": start + self.part < len(body)})
            await asyncio.sleep(self.drip)


@dataclass(frozen=True)
class Links:
    """A source as Zalo's: the reference holds the address."""

    netloc: str

    async def locate(self, client: httpx.AsyncClient, reference: str) -> Located:
        return Located(reference, (self.netloc,), ("http",))


@pytest.fixture
async def platform() -> AsyncIterator[Platform]:
    app = Platform()
    async for url in serve(app):
        app.url = url
        yield app


@pytest.fixture
async def receiving(town: AsyncEngine, platform: Platform, clock: Clock, tmp_path: Path) -> AsyncIterator[Receiving]:
    fetcher = Fetcher({"zalo": Links(urlsplit(platform.url).netloc)})
    yield Receiving(town, Files(tmp_path), fetcher, LIMITS, clock, hidden_hours=24)
    await fetcher.close()


async def media_with(town: AsyncEngine, media_id: UUID) -> Media:
    """The row as it stands."""
    async with unit_of_work(town) as session:
        return await session.get_one(Media, media_id)


def stored(tmp_path: Path) -> list[Path]:
    """Every file in the storage."""
    return sorted(path for path in (tmp_path / "media").rglob("*") if path.is_file())
