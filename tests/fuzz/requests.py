"""Requests to the chat's API, most of them wrong in some way."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.fuzz.inputs import Inputs

ANSWER_SECONDS = 10.0
TYPES = (
    "application/json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "",
    "é",
)


@dataclass(frozen=True)
class Asked:
    """One request as it goes over the wire. ``message_id``: the id under which a well-formed one asks to be kept."""

    method: str
    path: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    message_id: str | None = None


def chat_request(inputs: Inputs, token: str) -> Asked:
    """A POST or GET of a client that is broken, or means ill."""
    match inputs.dice.randrange(6):
        case 0:
            return Asked("POST", "/api/v1/chat", inputs.raw(), {"Content-Type": inputs.dice.choice(TYPES[:5])})
        case 1:
            return Asked("GET", f"/api/v1/chat/messages?after={_written(inputs)}", headers=_who(inputs, token))
        case 2:
            headers = {**_who(inputs, _ascii(inputs)), "Last-Event-ID": _ascii(inputs)}  # a good token would stream on
            return Asked("GET", f"/api/v1/chat/stream?after={_written(inputs)}", headers=headers)
        case 3:
            body = inputs.spoilt({"text": inputs.text(), "id": inputs.uuid(), "conversation": token, "token": "x"})
            return Asked("POST", "/api/v1/chat", _dumped(body), {"Content-Type": "application/json"})
        case _:
            message_id = inputs.uuid()
            talk = {"conversation": token} if inputs.dice.random() < 0.7 else {}
            body = {"text": inputs.text(), "id": message_id, **talk}
            return Asked("POST", "/api/v1/chat", _dumped(body), {"Content-Type": "application/json"}, message_id)


async def sent(client: httpx.AsyncClient, asked: Asked, seconds: float = ANSWER_SECONDS) -> httpx.Response:
    """The answer; raises when none comes in time."""
    return await client.request(asked.method, asked.path, content=asked.body, headers=asked.headers, timeout=seconds)


def _dumped(body: Any) -> bytes:
    return json.dumps(body).encode()


def _who(inputs: Inputs, token: str) -> dict[str, str]:
    return {
        "Authorization": inputs.dice.choice((f"Bearer {token}", "Bearer", f"Basic {token}", "Bearer " + "x" * 3_000))
    }


def _written(inputs: Inputs) -> str:
    words = inputs.text()[:50].encode("utf-8", "replace").decode()  # half a character cannot stand in an address
    return str(httpx.QueryParams({"a": inputs.dice.choice((words, "-1", "1e9", str(2**70), "0", "٣"))}))[2:]


def _ascii(inputs: Inputs) -> str:
    return "".join(c for c in inputs.text()[:60] if 32 < ord(c) < 127)
