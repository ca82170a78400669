"""Fetching updates, for a server that Telegram cannot reach: by one process at a time, whichever holds the lock."""

import asyncio
import json
from typing import Any

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from telegram import Bot

from bot.channels.inbox import Inbox
from bot.channels.telegram.reading import CHANNEL, WANTED

log = structlog.get_logger()

WAIT_SECONDS = 25
PAUSE_SECONDS = 5.0
LOCK = text("select pg_try_advisory_lock(hashtextextended('telegram-polling', 0))")
STILL_HELD = text("select 1")


async def keep_polling(bot: Bot, engine: AsyncEngine, inbox: Inbox) -> None:
    """Fetch for ever, while this process holds the lock; a broken line or database is waited for."""
    while True:
        try:
            async with engine.connect() as connection:
                if await connection.scalar(LOCK):
                    await connection.commit()
                    await _poll(bot, connection, inbox)
        except Exception as problem:  # noqa: BLE001 -- nothing that comes from outside may end the fetching
            log.warning("polling_interrupted", error=type(problem).__name__)
        await asyncio.sleep(PAUSE_SECONDS)


async def _poll(bot: Bot, connection: Any, inbox: Inbox) -> None:
    offset: int | None = None
    while True:
        offset = await fetch(bot, inbox, offset, WAIT_SECONDS)
        await connection.execute(STILL_HELD)  # the lock went with the connection if this fails
        await connection.commit()


async def fetch(bot: Bot, inbox: Inbox, offset: int | None, wait_seconds: int) -> int | None:
    """One call: what waits is kept, and only then confirmed by the offset of the next call, which is returned.

    Started anew without an offset, Telegram tells again what was not confirmed; kept twice, it still counts once.
    """
    asked = {"timeout": wait_seconds, "allowed_updates": WANTED} | ({"offset": offset} if offset is not None else {})
    updates: Any = await bot.do_api_request("getupdates", asked, read_timeout=wait_seconds + 10.0)
    for update in updates:
        await inbox.accept(CHANNEL, json.dumps(update, ensure_ascii=False).encode())
        offset = int(update["update_id"]) + 1
    return offset
