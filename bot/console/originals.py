"""What came as it came: opened by an auditor only, with a reason that is kept."""

import asyncio
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.datastructures import State
from litestar.response import Template

from bot.console.access import Asked
from bot.console.forms import typed
from bot.console.pages import page
from bot.db import unit_of_work
from bot.media import service
from bot.media.queries import openings
from bot.media.storage import Files
from bot.media.views import served
from bot.officials.permissions import Permission

SHORTEST_REASON = 10
"""Characters."""


class Originals(Controller):
    """Opening a sealed original, and who did so before."""

    path = "/originals"

    @get("/", permission=Permission.OPEN_ORIGINALS)
    async def show(self, request: Asked, state: State) -> Template:
        """The form and the record."""
        return await _page(request, state)

    @post("/", permission=Permission.OPEN_ORIGINALS)
    async def open(self, request: Asked, state: State) -> Response[Any]:
        """The original as a download; the record is committed before a byte is sent."""
        code, reason = await typed(request, "media"), await typed(request, "reason")
        media_id = _id(code)
        if media_id is None:
            return await _page(request, state, "Mã tệp không đúng dạng. Mã nằm dưới ảnh trong vụ việc.", code, reason)
        if len(reason) < SHORTEST_REASON:
            return await _page(request, state, "Hãy ghi rõ lý do mở tệp gốc.", code, reason)
        async with unit_of_work(state.engine) as session:
            media = await service.open_original(session, media_id, request.user, reason, state.clock())
        if media is None:
            return await _page(request, state, "Không có tệp gốc này, hoặc tệp đã được cất riêng.", code, reason)
        found = await asyncio.to_thread(served, media, Files(state.settings.data_dir), thumbnail=False, original=True)
        return Response(found.content, media_type=found.media_type, headers=found.headers, status_code=200)


async def _page(request: Asked, state: State, error: str | None = None, code: str = "", reason: str = "") -> Template:
    async with unit_of_work(state.engine) as session:
        opened = await openings(session)
    return page(
        request,
        "console/originals.html",
        section="originals",
        status=422 if error else 200,
        error=error,
        opened=opened,
        code=code,
        reason=reason,
    )


def _id(code: str) -> UUID | None:
    try:
        return UUID(code)
    except ValueError:
        return None
