"""Pages for everyone: the chat, health and readiness."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from litestar import Controller, Response, get
from litestar.datastructures import State
from litestar.response import Template

from bot.conversations import sentences
from bot.db import unit_of_work
from bot.places.service import province
from bot.portal import health
from bot.portal.health import Health

SUGGESTIONS = [
    "Xã phải công khai những gì cho dân biết?",
    "Chủ tịch xã tiếp dân ngày nào?",
    "Thu tiền đóng góp thì bao nhiêu hộ phải đồng ý?",
    "Tôi muốn phản ánh đường vào bản bị hỏng",
    "Phiếu của tôi đến đâu rồi?",
    "Tôi muốn gặp cán bộ",
]


class Portal(Controller):
    """What anyone may open."""

    @get("/", include_in_schema=False)
    async def chat(self, state: State) -> Template:
        """The chat page; where the web chat is off, where else residents can write."""
        if "web" not in state.channels:
            return Template("elsewhere.html", context={"channels": state.channels})
        async with unit_of_work(state.engine) as session:
            place = await province(session)
        return Template(
            "chat.html",
            context={
                "province": place.name if place else "Tỉnh",
                "sample": bool(place and place.sample),
                "suggestions": SUGGESTIONS,
                "privacy_line": sentences.PRIVACY.format(days=state.settings.raw_event_days),
                "max_length": state.settings.message_max_characters,
                "max_file_bytes": state.settings.media_max_bytes,
            },
        )

    @get("/health", tags=["health"])
    async def health(self, state: State) -> Response[Health]:
        """Every part and platform and how it is; 503 only when messages cannot be kept."""
        found = await _check(state, state.checks)
        return Response(
            found, status_code=503 if found.status == "down" else 200, headers={"Cache-Control": "no-store"}
        )

    @get("/ready", tags=["health"])
    async def ready(self, state: State) -> Response[dict[str, Any]]:
        """200 once every part is up, 503 before: gates traffic."""
        found = await _check(state)
        waiting = [name for name, part in found.parts.items() if part.status != "ok"]
        return Response({"ready": not waiting, "waiting_for": waiting}, status_code=503 if waiting else 200)


async def _check(state: State, channels: Mapping[str, Any] = MappingProxyType({})) -> Health:
    """A platform that is down does not keep anybody from the page: only ``/health`` asks them."""
    given = state.settings
    return await health.check(state.engine, state.http, given.rasa_urls, given.actions_url, channels)
