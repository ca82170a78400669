"""Where Telegram brings its updates."""

from typing import Any

from litestar import Request, Response, post
from litestar.datastructures import State

from bot.channels.inbox import Inbox
from bot.channels.telegram.reading import CHANNEL
from bot.channels.telegram.starting import PATH, SECRET_HEADER, is_secret

LARGEST = 1_000_000
"""Bytes; no update comes near."""


@post(PATH, request_max_body_size=LARGEST, include_in_schema=False, status_code=200)
async def telegram_webhook(request: Request[Any, Any, Any], state: State) -> Response[Any]:
    """200 once the update is safe; 403 to whoever does not know the secret, before anything is read."""
    if not is_secret(request.headers.get(SECRET_HEADER)):
        return Response(None, status_code=403)
    inbox: Inbox = state.inbox
    await inbox.accept(CHANNEL, await request.body())
    return Response(None, status_code=200)
