"""Residents on three channels: each sends words and learns when the product has them."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx

from benchmarks.chaos.platforms import Platforms, Webhooks
from benchmarks.chat import Chat, Sent
from tests.platforms.chats import Chat as PlatformChat
from tests.platforms.telegram.account import Telegram
from tests.platforms.zalo.account import Zalo

ANSWER_SECONDS = 5.0
"""How long a resident waits for an answer before the next words; the web's page waits as long."""
LOOK_SECONDS = 0.1
CHANNELS = ("web", "zalo", "telegram")


class Resident(Protocol):
    """Somebody with one conversation; ``key`` is how the database names a message of theirs."""

    channel: str
    sent: list[Sent]

    @property
    def is_known(self) -> bool:
        """Whether the conversation exists, so that words may follow each other quickly."""

    async def say(self, words: str, until: float) -> Sent:
        """Send the words; ``received`` says whether the product had them by the monotonic time ``until``."""

    async def view(self) -> "View":
        """What stands in the chat at the end."""


@dataclass(frozen=True)
class View:
    """A chat as its resident sees it: on the web the API's messages, on a platform the ids of the bot's messages."""

    shown: Sequence[dict[str, Any]] | None = None
    platform_ids: Sequence[str] | None = None


@dataclass
class WebResident:
    """On the web chat's API."""

    chat: Chat
    channel: str = "web"

    @property
    def sent(self) -> list[Sent]:
        return self.chat.sent

    @property
    def is_known(self) -> bool:
        return self.chat.token is not None

    async def say(self, words: str, until: float) -> Sent:
        return await self.chat.say(words, until=until)

    async def view(self) -> View:
        return View(shown=await self.chat.messages() if self.chat.token else [])


@dataclass
class PlatformResident:
    """On Zalo or Telegram; the platform repeats an event until the product has it."""

    platform: Zalo | Telegram
    chat: PlatformChat
    webhooks: Webhooks
    sent: list[Sent] = field(default_factory=list)

    @property
    def channel(self) -> str:
        return self.platform.name

    @property
    def is_known(self) -> bool:
        return any(message.received for message in self.sent)

    async def say(self, words: str, until: float) -> Sent:
        before, started = len(self._answers()), time.monotonic()
        message = Sent(words, id=self.platform.write(self.chat, words).id, tries=1)
        self.sent.append(message)
        try:
            async with asyncio.timeout(max(0.0, until - started)):
                await self.webhooks.arrival(message.id).wait()
                message.received = True
        except TimeoutError:
            return message
        enough = min(until, started + ANSWER_SECONDS)
        while len(self._answers()) == before and time.monotonic() < enough:  # noqa: ASYNC110 - simple
            await asyncio.sleep(LOOK_SECONDS)
        message.seconds = time.monotonic() - started
        return message

    async def view(self) -> View:
        return View(platform_ids=self._answers())

    def _answers(self) -> list[str]:
        return [said.id for said in self.chat.said if said.sender == "bot"]


def resident(number: int, platforms: Platforms, client: httpx.AsyncClient, product_url: str) -> Resident:
    """The resident of that number, on the three channels in turn."""
    match CHANNELS[number % len(CHANNELS)]:
        case "web":
            return WebResident(Chat(client, product_url))
        case "zalo":
            return _on(platforms.zalo, number, platforms.webhooks)
        case _:
            return _on(platforms.telegram, number, platforms.webhooks)


def _on(platform: Zalo | Telegram, number: int, webhooks: Webhooks) -> PlatformResident:
    return PlatformResident(platform, platform.chats.of(f"resident-{number}"), webhooks)
