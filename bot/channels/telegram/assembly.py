"""Telegram put together from the settings."""

import asyncio

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine
from telegram.error import TelegramError

from bot.channels.inbox import Inbox
from bot.channels.telegram.client import Client
from bot.channels.telegram.platform import TelegramPlatform
from bot.channels.telegram.polling import keep_polling
from bot.channels.telegram.selfcheck import SelfCheck
from bot.channels.telegram.starting import PATH, prepare
from bot.media.storage import Files
from bot.settings import Settings

log = structlog.get_logger()

PAUSES = (5, 15, 60, 300)
"""Seconds between tries to set things up at Telegram."""


def is_on(given: Settings) -> bool:
    """Whether the province has switched Telegram on."""
    return bool(given.telegram_token.get_secret_value())


def webhook_url(given: Settings) -> str | None:
    """Where Telegram is to bring updates; None where we fetch them."""
    return given.base_url + PATH if given.telegram_mode == "webhook" else None


def client(given: Settings) -> Client:
    """A connection of its own."""
    return Client(given.telegram_token.get_secret_value(), given.telegram_api_url, given.telegram_proxy or None)


def platform(given: Settings, engine: AsyncEngine) -> TelegramPlatform:
    """For the worker, to send with."""
    return TelegramPlatform(client(given), engine, given.base_url, Files(given.data_dir))


def self_check(given: Settings) -> SelfCheck:
    """For ``/health``."""
    return SelfCheck(client(given), webhook_url(given))


async def run(given: Settings, engine: AsyncEngine, inbox: Inbox) -> None:
    """Beside the worker's jobs: set up what Telegram shows and where updates go, then fetch them if need be."""
    connected = client(given)
    try:
        await _set_up(given, connected)
        if webhook_url(given) is None:
            await keep_polling(connected.bot, engine, inbox)
    finally:
        await connected.close()


async def _set_up(given: Settings, connected: Client) -> None:
    tries = 0
    while True:
        try:
            return await prepare(connected.bot, webhook_url(given))
        except TelegramError as problem:
            log.error("telegram_not_set_up", error=type(problem).__name__)
        await asyncio.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
        tries += 1
