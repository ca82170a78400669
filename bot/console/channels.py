"""Channels as an administrator sees them: what goes out, what stands still and why, and Zalo's consent."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from litestar import Controller, Response, get, post
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.response import Redirect, Template
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.access import OPEN, Asked
from bot.console.forms import typed
from bot.console.pages import done, page, refused
from bot.console.undelivered import CHANNELS
from bot.conversations import channel_states
from bot.conversations.models import ChannelState
from bot.conversations.reasons import SPOKEN
from bot.conversations.undelivered import counts
from bot.db import unit_of_work
from bot.officials.permissions import Permission

ADDRESS = "/console/channels"
LONGEST = 2_000
"""Of what comes back in an address."""


class Account(Protocol):
    """An account at Zalo: see ``bot.channels.zalo.account``."""

    async def standing(self) -> Any:
        """How the grant stands, None before the first consent."""

    async def consent(self, code: str, oa_id: str, official_id: int) -> str | None:
        """Why not, in words, or None."""


@dataclass(frozen=True)
class ChannelLine:
    """One channel: whether it is on, how many messages are in which state, why it stands still."""

    label: str
    on: bool
    counts: Mapping[str, int]
    stopped_since: datetime | None
    why: str
    detail: str | None


class ChannelPages(Controller):
    """For administrators."""

    @get("/channels", permission=Permission.KEEP_CHANNELS)
    async def overview(self, request: Asked, state: State) -> Template:
        """Every channel and how it is; Zalo's grant where it is on."""
        async with unit_of_work(state.engine) as session:
            lines = await _lines(session, state.channels)
        account = state.zalo
        standing = await account.standing() if account else None
        return page(
            request,
            "console/channels.html",
            section="channels",
            lines=lines,
            account=account,
            standing=standing,
            spooled=state.inbox.spool.count(),
        )

    @get("/zalo/callback", entrance=OPEN)
    async def callback(self, state: State, code: str = "", oa_id: str = "") -> Template:
        """Where Zalo sends the administrator back; a click goes on, since no login comes along from elsewhere."""
        if state.zalo is None or not code or len(code) > LONGEST or len(oa_id) > LONGEST:
            raise NotFoundException
        return Template("console/zalo_callback.html", context={"code": code, "oa_id": oa_id})

    @post("/zalo/consent", permission=Permission.KEEP_CHANNELS)
    async def consent(self, request: Asked, state: State) -> Response[Any]:
        """Exchange the code; the channel goes on at once."""
        account: Account | None = state.zalo
        if account is None:
            raise NotFoundException
        wrong = await account.consent(await typed(request, "code"), await typed(request, "oa_id"), request.user.id)
        if wrong:
            return refused(request, ADDRESS, wrong)
        return done(request, ADDRESS, "Đã kết nối trang Zalo. Tin đang chờ sẽ được gửi trong ít phút.")

    @post("/channels/{name:str}/start", permission=Permission.KEEP_CHANNELS)
    async def start(self, request: Asked, state: State, name: str) -> Redirect:
        """The fault was mended: do not wait for the next try."""
        if name not in CHANNELS:
            raise NotFoundException
        async with unit_of_work(state.engine) as session:
            await channel_states.start(session, name)
        return done(request, ADDRESS, "Đang thử gửi lại ngay.")


async def _lines(session: AsyncSession, on: Mapping[str, str]) -> dict[str, ChannelLine]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for channel, row_state, count in await counts(session):
        found[channel][row_state] = count
    stopped = {one.channel: one for one in await channel_states.stopped(session)}
    return {name: _line(name, name in on, found[name], stopped.get(name)) for name in CHANNELS}


def _line(name: str, on: bool, found: Mapping[str, int], stopped: ChannelState | None) -> ChannelLine:
    why = SPOKEN.get(stopped.reason or "", "Chưa rõ vì sao") if stopped else ""
    since, detail = (stopped.stopped_since, stopped.detail) if stopped else (None, None)
    return ChannelLine(CHANNELS[name], on, found, since, why, detail)
