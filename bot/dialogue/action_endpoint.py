"""How Rasa calls the action server: one kept connection, a time limit, a small body, and no failure unseen."""

import asyncio
import json
from typing import Any, Optional, Text

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.dialogue.failures import failures

DOMAIN_PARTS = ("slots", "forms", "session_config")
"""What rasa-sdk reads of the domain; the whole, sent by stock Rasa at every call, is many times larger."""

_REJECTED = 400
"""The action server's way to say that an action does not apply now: ordinary, and Rasa's to handle."""


class ActionEndpoint(EndpointConfig):
    """The action server at ``url``; an answer must come within ``seconds``."""

    def __init__(self, url: Text, seconds: float) -> None:
        super().__init__(url)
        self._limit = aiohttp.ClientTimeout(total=seconds)
        self._session: Optional[aiohttp.ClientSession] = None

    async def request(self, method: Text = "post", **kwargs: Any) -> Any:  # type: ignore[override]
        """The answer's JSON. Any failure but a rejection is noted for the turn, then raised for Rasa."""
        try:
            return await self._posted(_smaller(kwargs["json"]))
        except ClientResponseError as error:
            if error.status != _REJECTED:
                failures().append(error)
            raise
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            failures().append(error)
            raise

    async def _posted(self, body: Any) -> Any:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=self._limit)
        async with self._session.post(self.url, json=body) as answer:
            content = await answer.read()
            if answer.status >= _REJECTED:
                raise ClientResponseError(answer.status, answer.reason, content)
            return json.loads(content)


def _smaller(body: Any) -> Any:
    domain = body.get("domain") or {}
    return {**body, "domain": {part: domain[part] for part in DOMAIN_PARTS if part in domain}}
