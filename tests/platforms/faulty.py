"""Faults that befall every call alike, laid around a stand-in: late, cut off, broken, or done but not answered."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from tests.platforms.faults import Faults

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Receive, Send], Awaitable[None]]


class Faulty:
    """An ASGI application whose calls (not its pages and controls: ``is_call``) go wrong as ordered."""

    def __init__(self, app: App, faults: Faults, is_call: Callable[[str], bool]) -> None:
        self.app = app
        self.faults = faults
        self.is_call = is_call

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self.is_call(scope["path"]):
            await self.app(scope, receive, send)
            return
        if slow := self.faults.strikes("slow"):
            await asyncio.sleep(slow.seconds)
        if self.faults.strikes("unreachable"):
            await _begin(send, 200, length=1)  # and no more: the server cuts the connection
        elif self.faults.strikes("5xx"):
            await _begin(send, 500, length=0)
            await send({"type": "http.response.body", "body": b""})
        elif late := self.faults.strikes("timeout_after_accepting"):
            answer: list[Message] = []
            await self.app(scope, receive, _kept(answer))
            await asyncio.sleep(late.seconds)
            for part in answer:
                await send(part)
        else:
            await self.app(scope, receive, send)


async def _begin(send: Send, status: int, length: int) -> None:
    headers = [(b"content-length", str(length).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})


def _kept(answer: list[Message]) -> Send:
    async def keep(part: Message) -> None:
        answer.append(part)

    return keep
