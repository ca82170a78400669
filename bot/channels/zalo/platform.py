"""Sending to a resident on Zalo: within the free window at once, later only as the settings allow."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.arrivals import Arrival
from bot.channels.pacing import keep_pace
from bot.channels.platform import Held, Later, NotSent, Outgoing, Recipient, Stopped, Uncertain
from bot.channels.zalo.client import SEND, TEMPLATE, Client, TokenRefused
from bot.channels.zalo.codes import LIMIT_PAUSE, RATE_LIMIT
from bot.channels.zalo.grants import Grants
from bot.channels.zalo.pieces import ZaloPiece, pieces_of
from bot.channels.zalo.windows import Window, seconds_to_morning, window
from bot.clock import local
from bot.conversations import reasons
from bot.db.pace import give_back_place, rest, take_place

PACE = "zalo:calls"
NEWS_SECONDS = 86_400.0
BURST = 10


@dataclass(frozen=True)
class Terms:
    """What the province allows: paid messages or not, the template that says there is news, calls a second."""

    billed: bool
    template_id: str
    calls_per_second: float
    base_url: str


@dataclass(frozen=True)
class ZaloPlatform:
    """See ``bot.channels.platform.Platform``."""

    engine: AsyncEngine
    client: Client
    grants: Grants
    terms: Terms
    clock: Callable[[], datetime]

    def pieces(self, outgoing: Outgoing) -> Sequence[ZaloPiece]:
        return pieces_of(outgoing, self.terms.base_url)

    async def clear(self, recipient: Recipient) -> None:
        await self.grants.access()
        if not self._may_send(recipient):
            await self._tell_of_news(recipient)
            raise Held(reasons.WINDOW_OVER)
        await self._keep_pace()

    async def send(self, recipient: Recipient, piece: ZaloPiece) -> str | None:
        body = {"recipient": {"user_id": recipient.external_user}, "message": piece.message()}
        return await self._called(SEND, body)

    async def acknowledge(self, arrival: Arrival) -> None:
        """Zalo waits for nothing."""

    async def close(self) -> None:
        await self.client.http.aclose()

    def _may_send(self, recipient: Recipient) -> bool:
        now_in = window(recipient.last_contact_at, self.clock())
        return now_in is Window.FREE or (now_in is Window.BILLED and self.terms.billed)

    async def _keep_pace(self) -> None:
        await keep_pace(self.engine, PACE, per_second=self.terms.calls_per_second, burst=BURST)

    async def _tell_of_news(self, recipient: Recipient) -> None:
        """An approved template says that there is news, once a day at most; the words wait for the resident."""
        moment, told = local(self.clock()), f"zalo:news:{recipient.external_user}"
        if not self.terms.template_id:
            return
        if wait := seconds_to_morning(moment):
            raise Later(wait, "night")
        await self._keep_pace()
        if await take_place(self.engine, told, per_second=1 / NEWS_SECONDS, longest=0) is None:
            return
        body = {"user_id": recipient.external_user, "template_id": self.terms.template_id}
        try:
            await self._called(TEMPLATE, {**body, "template_data": {"ngay": f"{moment:%d/%m/%Y}"}})
        except Uncertain:
            return
        except (Later, Stopped):
            await give_back_place(self.engine, told)
            raise
        except NotSent as failure:
            raise Held(reasons.WINDOW_OVER, failure.detail) from None

    async def _called(self, path: str, body: Mapping[str, Any]) -> str | None:
        """One call, with one more try where the token had just ended."""
        token = await self.grants.access()
        try:
            data = await self.client.post(path, token, body)
        except TokenRefused:
            data = await self._called_again(path, body, await self.grants.replace(token))
        except Later as failure:
            if failure.detail == str(RATE_LIMIT):
                await rest(self.engine, PACE, LIMIT_PAUSE)
            raise
        found = data.get("message_id")
        return str(found) if found else None

    async def _called_again(self, path: str, body: Mapping[str, Any], token: str) -> dict[str, Any]:
        try:
            return await self.client.post(path, token, body)
        except TokenRefused:
            raise Stopped(reasons.CHANNEL_STOPPED, "token refused") from None
