"""Whether Telegram works, asked of Telegram itself: a wrong token and a blocked line are told apart."""

import asyncio
import time
from typing import Any

from telegram import WebhookInfo
from telegram.error import TelegramError, TimedOut

from bot.channels.telegram.client import Client
from bot.channels.telegram.failures import is_out_of_reach, is_wrong_token

PATIENCE_SECONDS = 1.5
LIMITS: dict[str, Any] = {f"{phase}_timeout": PATIENCE_SECONDS for phase in ("connect", "read", "write", "pool")}
GOOD_FOR_SECONDS = 30.0
OUT_OF_REACH, BAD_TOKEN = "unreachable from here: network, blocking or proxy", "bad token"
RECENT_SECONDS = 300.0
"""An error that Telegram met longer ago is over."""


class SelfCheck:
    """Asks at most every half minute; ``webhook_url`` is where updates should go, None where they are fetched."""

    def __init__(self, client: Client, webhook_url: str | None) -> None:
        self._client, self._webhook_url = client, webhook_url
        self._asked_at, self._found = float("-inf"), LookupError("not asked yet")
        self._said: str | None = None
        self._lock = asyncio.Lock()

    async def __call__(self) -> str:
        """One line on how it is; ``LookupError`` with a line on what is wrong."""
        async with self._lock:
            if time.monotonic() - self._asked_at > GOOD_FOR_SECONDS:
                await self._ask()
        if self._said is None:
            raise self._found
        return self._said

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.close()

    async def _ask(self) -> None:
        self._said = None
        try:
            info = await self._client.bot.get_webhook_info(**LIMITS)
            self._said = told(info, self._webhook_url, time.time())
        except LookupError as problem:
            self._found = problem
        except TelegramError as problem:
            self._found = LookupError(_named(problem))
        self._asked_at = time.monotonic()


def _named(problem: TelegramError) -> str:
    if is_wrong_token(problem):
        return BAD_TOKEN
    silent = isinstance(problem, TimedOut) or is_out_of_reach(problem)
    return OUT_OF_REACH if silent else f"answers {type(problem).__name__}"


def told(info: WebhookInfo, webhook_url: str | None, now: float) -> str:
    """One line from what Telegram says; ``LookupError`` where updates do not come to us."""
    if info.url != (webhook_url or ""):
        raise LookupError("updates go elsewhere: start again, or another copy uses this token")
    line = f"{'webhook' if webhook_url else 'polling'}, {info.pending_update_count} waiting"
    failed = info.last_error_date.timestamp() if info.last_error_date else None
    if failed is None:
        return line
    ago = max(0, round(now - failed))
    line += f", last error {ago} s ago: {info.last_error_message}"
    if webhook_url and info.pending_update_count and ago < RECENT_SECONDS:
        raise LookupError(line)
    return line
