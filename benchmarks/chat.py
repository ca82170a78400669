"""A resident's client: sends a message under its own id again and again until it counts as received."""

import asyncio
import time
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from uuid import uuid4

import httpx

ANSWER_SECONDS = 30.0
PAUSE_SECONDS = 0.4


@dataclass
class Sent:
    """One message: what was said or pressed, under which id, and how it went."""

    words: str
    id: str = field(default_factory=lambda: str(uuid4()))
    tries: int = 0
    received: bool = False
    seconds: float = 0.0
    replies: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Chat:
    """One conversation over HTTP; ``token`` is None until its first message is received."""

    client: httpx.AsyncClient
    url: str
    token: str | None = None
    sent: list[Sent] = field(default_factory=list)

    async def say(self, words: str, button: str | None = None, until: float | None = None) -> Sent:
        """Send words (or the button with that token, whose label they are) until a 2xx or the monotonic time ``until``.

        Raises httpx.HTTPStatusError when the message itself is refused.
        """
        message = Sent(words)
        self.sent.append(message)
        started = time.monotonic()
        while not message.received and (until is None or time.monotonic() < until):
            message.tries += 1
            if answer := await self._post(message, button):
                self.token, message.replies, message.received = answer["conversation"], answer["replies"], True
            else:
                await asyncio.sleep(PAUSE_SECONDS)
        message.seconds = time.monotonic() - started
        return message

    async def messages(self, after: int = 0) -> list[dict[str, Any]]:
        """What the page would show after that id: the resident's own messages and the replies."""
        address, token = f"{self.url}/api/v1/chat/messages", {"Authorization": f"Bearer {self.token}"}
        answer = await self.client.get(address, params={"after": after}, headers=token, timeout=ANSWER_SECONDS)
        answer.raise_for_status()
        found: list[dict[str, Any]] = answer.json()["messages"]
        return found

    async def _post(self, message: Sent, button: str | None) -> dict[str, Any] | None:
        """The answer, or None when the same id has to be sent again."""
        said = {"token": button} if button else {"text": message.words}
        talk = {"conversation": self.token} if self.token else {}
        try:
            answer = await self.client.post(
                f"{self.url}/api/v1/chat", json={**said, **talk, "id": message.id}, timeout=ANSWER_SECONDS
            )
        except httpx.TransportError:
            return None
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS or answer.is_server_error:
            return None
        answer.raise_for_status()
        body: dict[str, Any] = answer.json()
        return body


def open_client() -> httpx.AsyncClient:
    """A client for many conversations at once: each talk is named by its token alone, so no cookie is kept."""
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    return httpx.AsyncClient(limits=httpx.Limits(max_connections=400), cookies=no_cookies)
