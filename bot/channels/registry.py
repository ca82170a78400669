"""The channels that are switched on: how each is read, sent to and served. A new platform is added here."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.arrivals import Reader
from bot.channels.delivery_check import DeliveryCheck
from bot.channels.inbox import Inbox
from bot.channels.media_sources import TelegramFiles, ZaloLinks
from bot.channels.platform import Platform
from bot.channels.spool import Spool
from bot.channels.telegram import assembly as telegram
from bot.channels.telegram.reading import CHANNEL, read_update
from bot.channels.telegram.routes import telegram_webhook
from bot.channels.webchat_file_routes import WebChatFiles
from bot.channels.webchat_routes import WebChat
from bot.channels.zalo import events as zalo_events
from bot.channels.zalo import routes as zalo_routes
from bot.channels.zalo import wiring as zalo
from bot.channels.zalo.account import ZaloAccount
from bot.media.fetching import Source
from bot.settings import Settings

Beside = Callable[[Inbox], Coroutine[Any, Any, None]]


class Check(Protocol):
    """Asks a platform how it is."""

    async def __call__(self) -> str:
        """One line; ``LookupError`` with a line on what is wrong."""

    async def close(self) -> None:
        """Let go of every connection."""


@dataclass
class Channels:
    """What is on; ``routes`` for the web process, ``platforms`` and ``files`` for the worker, ``readers`` for both.

    ``files`` tells where a platform has what residents sent there (``bot.channels.media_sources``).
    """

    readers: dict[str, Reader] = field(default_factory=dict)
    platforms: dict[str, Platform[Any]] = field(default_factory=dict)
    files: dict[str, Source] = field(default_factory=dict)
    proxies: dict[str, str] = field(default_factory=dict)
    """Through which server a platform's files are fetched, where not directly."""
    routes: list[Any] = field(default_factory=list)
    checks: dict[str, Check] = field(default_factory=dict)
    """For ``/health``: one line each, or ``LookupError``."""
    beside: list[Beside] = field(default_factory=list)
    """What runs beside the worker's jobs for as long as it lives."""
    account: ZaloAccount | None = None
    """Where an administrator agrees that we may act for the province's page."""
    addresses: dict[str, str] = field(default_factory=dict)
    """Where residents find each channel, or ""."""
    upkeep: list[Callable[[], Awaitable[object]]] = field(default_factory=list)
    """What the worker does for each every few minutes: renew tokens, look whether the platform is reached."""

    async def close(self) -> None:
        """Let go of every connection."""
        for platform in self.platforms.values():
            await platform.close()
        for check in self.checks.values():
            await check.close()


def channels(given: Settings, engine: AsyncEngine, clock: Callable[[], datetime]) -> Channels:
    """Every channel that the settings switch on."""
    found = Channels()
    found.checks["deliveries"] = DeliveryCheck(engine, spool_of(given))
    if given.webchat:
        found.routes += [WebChat, WebChatFiles]
        found.addresses["web"] = given.public_url
    if telegram.is_on(given):
        _add_telegram(found, given, engine)
    if given.zalo:
        _add_zalo(found, given, engine, clock)
    return found


def _add_zalo(found: Channels, given: Settings, engine: AsyncEngine, clock: Callable[[], datetime]) -> None:
    platform = zalo.platform_of(given, engine, clock)
    found.readers[zalo_events.CHANNEL] = zalo_events.reader(given.zalo_oa_id)
    found.platforms[zalo_events.CHANNEL] = platform
    found.files[zalo_events.CHANNEL] = ZaloLinks(zalo.hosts_of_a_stand_in(given))
    found.routes.append(zalo_routes.webhook(zalo.trust_of(given)))
    found.upkeep.append(platform.grants.refresh_ahead)
    found.account = ZaloAccount(platform.grants, given.zalo_oa_id, given.base_url + zalo_routes.PATH)
    found.addresses[zalo_events.CHANNEL] = f"https://zalo.me/{given.zalo_oa_id}" if given.zalo_oa_id else ""


def _add_telegram(found: Channels, given: Settings, engine: AsyncEngine) -> None:
    found.readers[CHANNEL] = read_update
    found.platforms[CHANNEL] = telegram.platform(given, engine)
    found.files[CHANNEL] = TelegramFiles(given.telegram_api_url, given.telegram_token.get_secret_value())
    if given.telegram_proxy:
        found.proxies[CHANNEL] = given.telegram_proxy
    found.checks[CHANNEL] = telegram.self_check(given)
    found.beside.append(partial(telegram.run, given, engine))
    found.addresses[CHANNEL] = f"https://t.me/{given.telegram_name}" if given.telegram_name else ""
    if telegram.webhook_url(given):
        found.routes.append(telegram_webhook)


def inbox_of(given: Settings, engine: AsyncEngine, found: Channels, clock: Callable[[], datetime]) -> Inbox:
    """Where what platforms send is taken in."""
    return Inbox(engine, spool_of(given), found.readers, clock)


def spool_of(given: Settings) -> Spool:
    """Where events wait while the database is away."""
    return Spool(given.data_dir / "spool")
