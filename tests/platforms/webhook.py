"""A product that only listens: what reached its webhook, and the statuses it answers with."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.conversations.stand_in import serve


@dataclass
class Listener:
    """``heard`` is every body with its headers; ``statuses`` answer the next deliveries first, then 200."""

    url: str = ""
    heard: list[tuple[dict[str, Any], dict[str, str]]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    async def __call__(
        self, scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
    ) -> None:
        body, more = b"", True
        while more:
            part = await receive()
            body, more = body + part.get("body", b""), part.get("more_body", False)
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        self.heard.append((json.loads(body), headers))
        self.raw.append(body)
        status = self.statuses.pop(0) if self.statuses else 200
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    async def hears(self, count: int, seconds: float = 5.0) -> list[dict[str, Any]]:
        """The bodies, once there are so many."""
        async with asyncio.timeout(seconds):
            while len(self.heard) < count:  # noqa: ASYNC110 - simple, and quick enough
                await asyncio.sleep(0.01)
        return [body for body, _ in self.heard]


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    app = Listener()
    async for url in serve(app):
        app.url = f"{url}/hook"
        yield app
