"""A stand-in for the dialogue engine over real HTTP: it keeps tracker rows as Rasa does and answers as a test says."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.cases.wordless import answer_wordless
from bot.conversations.dialogue import Dialogue
from bot.conversations.models import Conversation, Message
from bot.conversations.replies import Reply
from bot.conversations.trackers import Trackers
from bot.conversations.turns import Patience, Turns
from tests.conversations.town import Clock

Body = dict[str, Any]
Act = Callable[[Body], Awaitable[tuple[int, Body]]]


def replies(*texts: str, kind: str = "answer", form: str | None = None, **more: Any) -> Body:
    """What the engine answers when all is well."""
    said = [{"kind": kind, "text": one, **more} for one in texts]
    return {"replies": said, "active_loop": form, "intent": "ask_disclosure"}


async def echo(body: Body) -> tuple[int, Body]:
    """The default: one answer that repeats the words."""
    return 200, replies(f"Đã nghe: {body['text']}")


@dataclass
class StandIn:
    """``act`` answers; ``acts`` answer the next messages first; ``heard`` is every request in order.

    ``meant`` is the intent that words overheard beside an official are taken for.
    """

    rows: AsyncEngine
    url: str = ""
    act: Act = echo
    acts: list[Act] = field(default_factory=list)
    heard: list[Body] = field(default_factory=list)
    meant: str = "greet"

    async def __call__(self, scope: Body, receive: Callable[[], Awaitable[Body]], send: Callable[[Body], Any]) -> None:
        if scope["path"] != "/webhooks/gateway/messages":
            await self._respond(send, 200, {"intent": self.meant})
            return
        raw, more = b"", True
        while more:
            part = await receive()
            raw, more = raw + part.get("body", b""), part.get("more_body", False)
        body = json.loads(raw)
        self.heard.append(body)
        await self.keep(body["errand"], body["text"])
        status, answer = await (self.acts.pop(0) if self.acts else self.act)(body)
        await self._respond(send, status, answer)

    async def keep(self, errand: str, words: str) -> None:
        """One tracker row, as Rasa writes before it decides anything."""
        async with self.rows.begin() as connection:
            statement = text("insert into events (sender_id, data) values (:errand, :words)")
            await connection.execute(statement, {"errand": errand, "words": words})

    async def kept(self, errand: object) -> list[str]:
        """The errand's tracker rows."""
        async with self.rows.connect() as connection:
            query = text("select data from events where sender_id = :errand order by id")
            return list((await connection.scalars(query, {"errand": str(errand)})).all())

    async def _respond(self, send: Callable[[Body], Any], status: int, answer: Body) -> None:
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})


async def failing_app(scope: Body, receive: Callable[[], Awaitable[Body]], send: Callable[[Body], Any]) -> None:
    """An engine in which everything fails."""
    await send({"type": "http.response.start", "status": 500, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


class QuietServer(uvicorn.Server):
    """A server in the test's own loop, which leaves signals alone."""

    def capture_signals(self) -> AbstractContextManager[None]:
        return nullcontext()


async def serve(app: Any, *, lifespan: str = "off") -> AsyncIterator[str]:
    """Serve on a free port of loopback; yields the address once."""
    server = QuietServer(
        uvicorn.Config(app, port=0, lifespan=lifespan, log_config=None, access_log=False, timeout_graceful_shutdown=0)  # type: ignore[arg-type]
    )
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 -- uvicorn tells it no other way
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await serving


@pytest.fixture(scope="session")
async def _standing_in(rasa_rows: AsyncEngine) -> AsyncIterator[StandIn]:
    app = StandIn(rasa_rows)
    async for url in serve(app):
        app.url = url
        yield app


@pytest.fixture(scope="session")
async def _dialogue(_standing_in: StandIn) -> AsyncIterator[Dialogue]:
    """One client for all tests: making one reads every certificate of the machine."""
    client = Dialogue([_standing_in.url], 2.0)
    yield client
    await client.close()


@pytest.fixture
def engine_stand_in(_standing_in: StandIn) -> StandIn:
    """The stand-in, fresh for this test."""
    _standing_in.act = echo
    _standing_in.acts, _standing_in.heard, _standing_in.meant = [], [], "greet"
    return _standing_in


async def numbers(session: AsyncSession, words: str) -> Reply:
    """What is said of danger, naming the words it was found in."""
    return Reply("emergency", f"Gọi ngay: {words}")


async def wordless(session: AsyncSession, conversation: Conversation, message: Message) -> list[Reply]:
    """What is said to photos and voice notes, on a working day."""
    return await answer_wordless(session, conversation, message, message.at)


@pytest.fixture
async def turns(town: AsyncEngine, engine_stand_in: StandIn, _dialogue: Dialogue, clock: Clock) -> Turns:
    """What a worker answers with, on the town's database and the stand-in."""
    return Turns(
        engine=town,
        dialogue=_dialogue,
        trackers=Trackers(engine_stand_in.rows),
        clock=clock,
        patience=Patience(attempts=3, seconds=45),
        raw_event_days=30,
        numbers=numbers,
        wordless=wordless,
    )
