"""Calls to an account's OpenAPI: one request, and how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from bot.channels.platform import Later, Uncertain
from bot.channels.zalo import codes

SEND, TEMPLATE = "/v3.0/oa/message/cs", "/v3.0/oa/message/template"
UPLOADS = {"image": ("/v2.0/oa/upload/image", "attachment_id"), "file": ("/v2.0/oa/upload/file", "token")}
SECONDS = 8.0
IDLE_SECONDS = 5.0
"""A connection that rested longer is not used again: the other side may have closed it without our noticing."""
NOT_TAKEN = frozenset({429, 500, 502, 503})
"""Statuses of a server that did nothing; 504 says that somebody behind it may have."""
UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL)


class TokenRefused(Exception):
    """The access token is not taken (any more)."""


@dataclass(frozen=True)
class Client:
    """One per process. Tokens go into headers; nothing here is logged."""

    http: httpx.AsyncClient
    url: str

    async def post(self, path: str, token: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """The answer's ``data``; raises ``NotSent``, ``Uncertain`` or ``TokenRefused``."""
        return await self._asked(path, token, json=dict(body))

    async def upload(self, kind: str, token: str, name: str, content: bytes) -> str:
        """Put an ``image`` (jpg, png to 1 MB) or ``file`` (pdf, doc, docx, csv to 5 MB) there for seven days; its id.

        Nothing reaches a resident by it, so that nothing is uncertain: raises ``NotSent`` or ``TokenRefused``.
        """
        path, key = UPLOADS[kind]
        try:
            data = await self._asked(path, token, files={"file": (name, content)})
        except Uncertain:
            raise Later(None, "upload") from None
        return str(data.get(key) or "")

    async def _asked(self, path: str, token: str, **request: Any) -> dict[str, Any]:
        headers = {"access_token": token}
        try:
            response = await self.http.post(self.url + path, headers=headers, timeout=SECONDS, **request)
        except UNSENT as error:
            raise Later(None, type(error).__name__) from None
        except httpx.HTTPError:
            raise Uncertain from None
        return _read(response)


def http_client() -> httpx.AsyncClient:
    """For calls to Zalo: short rests, no redirects, no proxies from the environment."""
    return httpx.AsyncClient(limits=httpx.Limits(keepalive_expiry=IDLE_SECONDS), trust_env=False)


def _read(response: httpx.Response) -> dict[str, Any]:
    if response.status_code in NOT_TAKEN:
        raise Later(None, f"status {response.status_code}")
    try:
        answer = response.json()
        code = int(answer["error"])
    except (ValueError, KeyError, TypeError):
        raise Uncertain from None
    if code in codes.TOKEN_CODES:
        raise TokenRefused
    if code:
        raise codes.failure(code, str(answer.get("message") or ""))
    data = answer.get("data")
    return data if isinstance(data, dict) else {}
