"""The account's tokens: kept, refreshed once by whoever comes first, committed before anybody uses them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import structlog
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.channels.platform import Later, Stopped
from bot.channels.zalo import oauth
from bot.channels.zalo.events import CHANNEL
from bot.channels.zalo.models import ZaloGrant
from bot.channels.zalo.oauth import App, NotGranted, NotReached, Pair
from bot.channels.zalo.vault import Unreadable, Vault
from bot.conversations import channel_states, reasons
from bot.db import unit_of_work

log = structlog.get_logger()

AHEAD = timedelta(hours=5)
"""So long before its end an access token (25 h) is replaced."""
MARGIN = timedelta(seconds=60)
RETRY_SECONDS = 30.0


@dataclass(frozen=True)
class Grants:
    """One per process."""

    engine: AsyncEngine
    http: httpx.AsyncClient
    app: App
    vault: Vault
    clock: Callable[[], datetime]

    async def access(self) -> str:
        """A token to call with, refreshed first where it has ended; raises ``Later`` or ``Stopped``."""
        async with unit_of_work(self.engine) as session:
            grant = self._usable(await session.get(ZaloGrant, self.app.app_id))
            if grant.expires_at - MARGIN > self.clock():
                return self._opened(grant.access_token)
            used = grant.access_token
        return await self.refresh(used)

    async def replace(self, token: str) -> str:
        """Another token than this one, which Zalo does not take any more; raises ``Later`` or ``Stopped``."""
        async with unit_of_work(self.engine) as session:
            grant = self._usable(await session.get(ZaloGrant, self.app.app_id))
            used = grant.access_token
            if self._opened(used) != token:
                return self._opened(used)
        return await self.refresh(used)

    async def refresh(self, used: bytes) -> str:
        """The pair after the one whose access token is ``used``: asked for once, however many ask at the same time.

        The row stays locked while Zalo is asked, and the new pair is committed before anybody sees it.
        """
        async with unit_of_work(self.engine) as session:
            mine = select(ZaloGrant).where(ZaloGrant.app_id == self.app.app_id)
            grant = self._usable(await session.scalar(mine.with_for_update()))
            if grant.broken_since is not None:
                raise Stopped(reasons.CONSENT_ENDED, grant.broken_why)
            if grant.access_token != used:
                return self._opened(grant.access_token)
            following = await self._next(session, grant)
        if following is None:
            raise Stopped(reasons.CONSENT_ENDED)
        return following.access

    async def _next(self, session: AsyncSession, grant: ZaloGrant) -> Pair | None:
        """The next pair, written down; None when Zalo refuses, which is written down as well. Raises ``Later``."""
        try:
            pair = await oauth.refresh(self.http, self.app, self._opened(grant.refresh_token))
        except NotReached as error:
            raise Later(RETRY_SECONDS, str(error)) from None
        except NotGranted as refused:
            await self._break(session, grant, refused.code)
            return None
        now = self.clock()
        grant.access_token, grant.refresh_token = self.vault.close(pair.access), self.vault.close(pair.refresh)
        grant.obtained_at, grant.expires_at = now, now + timedelta(seconds=pair.seconds)
        return pair

    async def refresh_ahead(self) -> bool:
        """Refresh well before the end; True when it was time. What fails is logged and seen, never tried in a loop."""
        async with unit_of_work(self.engine) as session:
            grant = await session.get(ZaloGrant, self.app.app_id)
            due = grant is not None and not grant.broken_since and grant.expires_at - AHEAD <= self.clock()
            used = grant.access_token if grant else b""
        if due:
            try:
                await self.refresh(used)
            except (Later, Stopped) as failure:
                log.error("zalo_refresh_failed", detail=failure.detail)
        return due

    async def consent(self, code: str, oa_id: str, official_id: int) -> None:
        """An administrator agreed: keep the first pair and start the channel; raises ``NotGranted``, ``NotReached``."""
        pair = await oauth.exchange(self.http, self.app, code)
        now = self.clock()
        kept = {
            "oa_id": oa_id,
            "access_token": self.vault.close(pair.access),
            "refresh_token": self.vault.close(pair.refresh),
            "obtained_at": now,
            "expires_at": now + timedelta(seconds=pair.seconds),
            "consented_at": now,
            "consented_by": official_id,
            "broken_since": None,
            "broken_why": None,
        }
        row = insert(ZaloGrant).values(app_id=self.app.app_id, **kept)
        async with unit_of_work(self.engine) as session:
            await session.execute(row.on_conflict_do_update(index_elements=["app_id"], set_=kept))
            await channel_states.start(session, CHANNEL)

    def _usable(self, grant: ZaloGrant | None) -> ZaloGrant:
        if grant is None:
            raise Stopped(reasons.NO_CONSENT)
        return grant

    def _opened(self, kept: bytes) -> str:
        try:
            return self.vault.open(kept)
        except Unreadable:
            raise Stopped(reasons.CONSENT_ENDED, "server key changed") from None

    async def _break(self, session: AsyncSession, grant: ZaloGrant, code: str) -> None:
        """Seen in the console and at ``/health`` from now on; messages go out as long as the access token lives."""
        now = self.clock()
        grant.broken_since, grant.broken_why = now, code
        log.error("zalo_consent_ended", detail=code)
        await channel_states.stop(session, CHANNEL, reasons.CONSENT_ENDED, code, now, None)
