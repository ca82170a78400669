"""Bringing a file here from its platform: only from hosts the platform serves from, bounded in size and time."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import httpx

from bot.media.links import may_fetch
from bot.media.preparing import Unfit

TIMES = httpx.Timeout(10.0, connect=5.0)
WHOLE_SECONDS = 90.0
_GONE = frozenset({400, 401, 403, 404, 410, 451})
"""Asking again gives the same answer."""


class NotNow(Exception):
    """The platform did not give the file this time: worth another try. Says no address."""


@dataclass(frozen=True)
class Located:
    """Where the bytes are, and which hosts and schemes are the platform's own."""

    url: str
    hosts: tuple[str, ...]
    schemes: tuple[str, ...] = ("https",)


class Source(Protocol):
    """One platform: from its reference to an address."""

    async def locate(self, client: httpx.AsyncClient, reference: str) -> Located:
        """Where the file lies; ``NotNow``, ``Unfit``."""


class Fetcher:
    """Fetches from the platforms it has sources for; one per worker process. Never log what it asks: tokens."""

    def __init__(self, sources: Mapping[str, Source], proxies: Mapping[str, str] = MappingProxyType({})) -> None:
        """``proxies`` names the channels that are reached through one."""
        self._sources = sources
        self._clients = {
            channel: httpx.AsyncClient(timeout=TIMES, follow_redirects=False, proxy=proxies.get(channel))
            for channel in sources
        }

    async def close(self) -> None:
        for client in self._clients.values():
            await client.aclose()

    async def fetch(self, channel: str, reference: str, most_bytes: int) -> bytes:
        """The file's bytes; ``NotNow`` when another try may help, ``Unfit`` when none will."""
        source = self._sources.get(channel)
        if source is None:
            raise Unfit("unreachable")
        try:
            until = time.monotonic() + WHOLE_SECONDS
            located = await source.locate(self._clients[channel], reference)
            if not may_fetch(located.url, located.hosts, located.schemes):
                raise Unfit("unreachable")
            return await _read(self._clients[channel], located.url, most_bytes, until)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotNow(type(error).__name__) from None


async def _read(client: httpx.AsyncClient, url: str, most_bytes: int, until: float) -> bytes:
    """Looked at as it arrives: a call is not cancelled, since that keeps its place in httpcore's pool for ever."""
    async with client.stream("GET", url) as response:
        check(response.status_code)
        told = response.headers.get("content-length", "")
        if told.isdigit() and int(told) > most_bytes:
            raise Unfit("too_large")
        content = bytearray()
        async for part in response.aiter_bytes():
            content += part
            if len(content) > most_bytes:
                raise Unfit("too_large")
            if time.monotonic() > until:
                raise NotNow("slow")
        return bytes(content)


def check(status: int) -> None:
    """Nothing where the status is 200; a redirection leads elsewhere and is never followed."""
    if status in _GONE or 300 <= status < 400:
        raise Unfit("unreachable")
    if status != 200:
        raise NotNow(f"status {status}")
