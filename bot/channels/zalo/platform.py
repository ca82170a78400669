"""Sending to a resident on Zalo: within the free window at once, later only as the settings allow."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.arrivals import Arrival
from bot.channels.pacing import keep_pace
from bot.channels.platform import Enclosed, Held, Later, NotSent, Outgoing, Recipient, Stopped, Uncertain
from bot.channels.zalo.client import SEND, TEMPLATE, Client, TokenRefused
from bot.channels.zalo.codes import LIMIT_PAUSE, RATE_LIMIT
from bot.channels.zalo.grants import Grants
from bot.channels.zalo.pieces import ZaloPiece, pieces_of
from bot.channels.zalo.windows import Window, seconds_to_morning, window
from bot.clock import local
from bot.conversations import reasons
from bot.db.pace import give_back_place, rest, take_place
from bot.media.kinds import PHOTO
from bot.media.storage import Storage

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
    storage: Storage

    def pieces(self, outgoing: Outgoing) -> Sequence[ZaloPiece]:
        return pieces_of(outgoing, self.terms.base_url)

    async def clear(self, recipient: Recipient) -> None:
        await self.grants.access()
        if not self._may_send(recipient):
            await self._tell_of_news(recipient)
            raise Held(reasons.WINDOW_OVER)
        await self._keep_pace()

    async def send(self, recipient: Recipient, piece: ZaloPiece) -> str | None:
        uploaded = await self._upload(piece.enclosed) if piece.enclosed else ""
        body = {"recipient": {"user_id": recipient.external_user}, "message": piece.message(uploaded)}
        found = (await self._called(partial(self.client.post, SEND, body=body))).get("message_id")
        return str(found) if found else None

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
        body = {
            "user_id": recipient.external_user,
            "template_id": self.terms.template_id,
            "template_data": {"ngay": f"{moment:%d/%m/%Y}"},
        }
        try:
            await self._called(partial(self.client.post, TEMPLATE, body=body))
        except Uncertain:
            return
        except (Later, Stopped):
            await give_back_place(self.engine, told)
            raise
        except NotSent as failure:
            raise Held(reasons.WINDOW_OVER, failure.detail) from None

    async def _upload(self, enclosed: Enclosed) -> str:
        content = await asyncio.to_thread(enclosed.content, self.storage)
        kind = "image" if enclosed.kind == PHOTO else "file"
        return await self._called(partial(self.client.upload, kind, name=enclosed.name, content=content))

    async def _called[Answer](self, call: Callable[..., Awaitable[Answer]]) -> Answer:
        """One call, with one more try where the token had just ended."""
        token = await self.grants.access()
        try:
            return await call(token=token)
        except TokenRefused:
            return await self._called_again(call, await self.grants.replace(token))
        except Later as failure:
            if failure.detail == str(RATE_LIMIT):
                await rest(self.engine, PACE, LIMIT_PAUSE)
            raise

    async def _called_again[Answer](self, call: Callable[..., Awaitable[Answer]], token: str) -> Answer:
        try:
            return await call(token=token)
        except TokenRefused:
            raise Stopped(reasons.CHANNEL_STOPPED, "token refused") from None
