"""The dialogue engine (Rasa) as this side sees it: one message in, replies out, over HTTP on loopback."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from bot.conversations.replies import NotAReply, Reply, reply_from


class DialogueFailed(Exception):
    """Rasa was not reached, was too slow, failed, or answered nothing: the message must be tried again."""


@dataclass(frozen=True)
class Said:
    """What goes to Rasa: words, or a pressed button's intent and entities with its label as words."""

    errand: UUID
    message_id: int
    text: str
    intent: str | None = None
    entities: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Heard:
    """What came back: the replies in order and the form that now waits for an answer."""

    replies: list[Reply]
    form: str | None
    intent: str | None


class Dialogue:
    """A client of the dialogue engine; one per worker process.

    Several engines share the work by errand, since each keeps the turns of one errand apart in its own memory;
    another one is asked only where the errand's own does not let anybody in.
    """

    def __init__(self, urls: Sequence[str], timeout_seconds: float) -> None:
        self._clients = [httpx.AsyncClient(base_url=url, timeout=timeout_seconds) for url in urls]

    async def close(self) -> None:
        for client in self._clients:
            await client.aclose()

    async def ready(self) -> bool:
        """Whether every engine has its model and its tracker store."""
        try:
            asked = [await client.get("/webhooks/gateway/ready", timeout=2) for client in self._clients]
        except httpx.HTTPError:
            return False
        return all(answer.status_code == 200 for answer in asked)

    async def say(self, said: Said, metadata: Mapping[str, Any]) -> Heard:
        """One turn; raises ``DialogueFailed``. Never log the request: it holds a resident's words."""
        body = {
            "errand": str(said.errand),
            "message": str(said.message_id),
            "text": said.text,
            "intent": said.intent,
            "entities": dict(said.entities),
            "metadata": dict(metadata),
        }
        return _heard(await self._asked("messages", body, said.errand.int))

    async def intent(self, text: str) -> str | None:
        """What typed words are taken for, without a turn; raises ``DialogueFailed``. Never log the request."""
        understood: str | None = (await self._asked("parse", {"text": text})).get("intent")
        return understood

    async def _asked(self, path: str, body: Mapping[str, Any], errand: int = 0) -> Mapping[str, Any]:
        first = errand % len(self._clients)
        try:
            response = await self._posted(f"/webhooks/gateway/{path}", body, first)
        except httpx.HTTPError as error:
            raise DialogueFailed(type(error).__name__) from None
        if response.status_code != 200:
            raise DialogueFailed(f"status {response.status_code}")
        answer: Mapping[str, Any] = response.json()
        return answer

    async def _posted(self, path: str, body: Mapping[str, Any], first: int) -> httpx.Response:
        """The answer of the errand's engine, or of the next one where nobody listens: nothing was said there yet."""
        own, *others = [*self._clients[first:], *self._clients[:first]]
        try:
            return await own.post(path, json=body)
        except httpx.ConnectError:
            if not others:
                raise
        return await others[0].post(path, json=body)


def _heard(answer: Mapping[str, Any]) -> Heard:
    try:
        replies = [reply_from(payload) for payload in answer["replies"]]
    except (NotAReply, KeyError, TypeError) as error:
        raise DialogueFailed(f"{type(error).__name__}: {error}") from None
    if not replies:
        raise DialogueFailed("no reply")
    return Heard(replies, answer.get("active_loop"), answer.get("intent"))
