"""The web chat's HTTP API, documented in OpenAPI at ``/schema``."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.datastructures import Cookie, State
from litestar.params import Parameter
from litestar.response import ServerSentEvent, ServerSentEventMessage
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels import webchat
from bot.channels.webchat import Sent
from bot.channels.webchat_shapes import FOUND, SENT, STREAMED, ChatMessage
from bot.conversations.news import News
from bot.conversations.queries import messages_after, replies_to
from bot.db import unit_of_work
from bot.settings import Settings

COOKIE = "conversation"
Position = Annotated[int, Parameter(ge=0, le=2**63 - 1)]
"""A message id to go on after."""
PING_SECONDS = 15.0
POLL_SECONDS = 1.0
"""How long at most a lost wake-up can delay news."""


class WebChat(Controller):
    """Send a message, read later ones, follow the stream."""

    path = "/api/v1/chat"
    tags = ["chat"]  # noqa: RUF012 -- Litestar reads a plain list

    @post("/", request_max_body_size=65_536, status_code=200, responses=SENT)
    async def send(self, request: Request[Any, Any, Any], data: ChatMessage, state: State) -> Response[Any]:
        """Send words or press a button; waits up to 20 s for the replies, then 202 and they come by the stream."""
        engine, settings = _engine(state), _settings(state)
        sent = Sent(data.text, data.token, data.id, data.conversation or token_in(request), address_of(request))
        async with unit_of_work(engine) as session:
            kept = await webchat.keep(session, sent, limits_of(settings), state.clock())
        return await answer_to(state, kept)

    @get("/messages", responses=FOUND)
    async def messages(self, request: Request[Any, Any, Any], state: State, after: Position = 0) -> Response[Any]:
        """The conversation's messages with an id above ``after``, and who owns the talk."""
        conversation_id = webchat.conversation_named(token_in(request) or "")
        async with unit_of_work(_engine(state)) as session:
            found = await webchat.lines(session, await messages_after(session, conversation_id, after))
            owner = await webchat.owner_of(session, conversation_id)
        return Response({"messages": found, "owner": owner}, headers={"Cache-Control": "no-store"})

    @get("/stream", media_type="text/event-stream", responses=STREAMED)
    async def stream(
        self,
        request: Request[Any, Any, Any],
        state: State,
        after: Position = 0,
        last_event_id: Annotated[str | None, Parameter(header="Last-Event-ID")] = None,
    ) -> ServerSentEvent:
        """Messages as they come: server-sent events, the message's id as event id; resumes after ``Last-Event-ID``."""
        conversation_id = webchat.conversation_named(token_in(request) or "")
        start = int(last_event_id) if last_event_id and _is_position(last_event_id) else after
        async with unit_of_work(_engine(state)) as session:
            await webchat.owner_of(session, conversation_id)
        return ServerSentEvent(_events(state, conversation_id, start))


async def answer_to(state: State, kept: webchat.Kept) -> Response[Any]:
    """The replies to what was kept, once they are there; 202 without them when that takes long."""
    engine, settings = _engine(state), _settings(state)
    answered = await _wait(state, kept, settings.reply_wait_seconds)
    async with unit_of_work(engine) as session:
        owner = await webchat.owner_of(session, kept.conversation_id)
        replies = [webchat.reply(item) for item in await replies_to(session, kept.message_id)]
    token = webchat.token_of(kept.conversation_id)
    body = {"conversation": token, "owner": owner, "replies": replies if answered else []}
    return Response(body, status_code=200 if answered else 202, cookies=[_cookie(token, settings)])


async def _events(state: State, conversation_id: UUID, last: int) -> AsyncIterator[ServerSentEventMessage]:
    news: News = state.news
    while True:
        event = news.subscribe(conversation_id)
        try:
            async with unit_of_work(_engine(state)) as session:
                found = await webchat.lines(session, await messages_after(session, conversation_id, last))
                owner = await webchat.owner_of(session, conversation_id)
            for line in found:
                last = int(line["id"])
                data = state.encode({**line, "owner": owner})
                yield ServerSentEventMessage(data=data, id=last, event="message")
            if not found and not await _set_within(event, PING_SECONDS):
                yield ServerSentEventMessage(data=None, comment="ping")
        finally:
            news.unsubscribe(conversation_id, event)


async def _wait(state: State, kept: webchat.Kept, seconds: float) -> bool:
    """Whether the message was answered within that time."""
    deadline = asyncio.get_running_loop().time() + seconds
    news: News = state.news
    while True:
        event = news.subscribe(kept.conversation_id)
        try:
            async with unit_of_work(_engine(state)) as session:
                if await webchat.is_answered(session, kept.message_id):
                    return True
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                return False
            await _set_within(event, min(left, POLL_SECONDS))
        finally:
            news.unsubscribe(kept.conversation_id, event)


async def _set_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False


def _is_position(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text[:20]) < 2**63


def token_in(request: Request[Any, Any, Any]) -> str | None:
    """The conversation token from ``Authorization: Bearer`` or the page's cookie; never from the address."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else request.cookies.get(COOKIE)


def _cookie(token: str, settings: Settings) -> Cookie:
    secure = settings.public_url.startswith("https://")
    return Cookie(
        key=COOKIE, value=token, httponly=True, samesite="strict", secure=secure, max_age=180 * 86_400, path="/"
    )


def address_of(request: Request[Any, Any, Any]) -> str:
    return request.client.host if request.client else "unknown"


def limits_of(settings: Settings) -> webchat.Limits:
    return webchat.Limits(
        settings.message_max_characters, settings.messages_per_ten_seconds, settings.new_conversations_per_minute
    )


def _engine(state: State) -> AsyncEngine:
    engine: AsyncEngine = state.engine
    return engine


def _settings(state: State) -> Settings:
    settings: Settings = state.settings
    return settings
