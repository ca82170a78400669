"""The channels that are switched on: how each is read, sent to and served. A new platform is added here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.arrivals import Reader
from bot.channels.inbox import Inbox
from bot.channels.platform import Platform
from bot.channels.spool import Spool
from bot.channels.webchat_routes import WebChat
from bot.media.fetching import Source
from bot.settings import Settings


@dataclass
class Channels:
    """What is on; ``routes`` for the web process, ``platforms`` and ``files`` for the worker, ``readers`` for both.

    ``files`` tells where a platform has what residents sent there (``bot.channels.media_sources``).
    """

    readers: dict[str, Reader] = field(default_factory=dict)
    platforms: dict[str, Platform[Any]] = field(default_factory=dict)
    files: dict[str, Source] = field(default_factory=dict)
    routes: list[Any] = field(default_factory=list)

    async def close(self) -> None:
        """Let go of every connection."""
        for platform in self.platforms.values():
            await platform.close()


def channels(given: Settings, engine: AsyncEngine, clock: Callable[[], datetime]) -> Channels:
    """Every channel that the settings switch on."""
    return Channels(routes=[WebChat])


def inbox_of(given: Settings, engine: AsyncEngine, found: Channels, clock: Callable[[], datetime]) -> Inbox:
    """Where what platforms send is taken in; its spool lies in ``DATA_DIR``."""
    return Inbox(engine, Spool(given.data_dir / "spool"), found.readers, clock)
