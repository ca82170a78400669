"""The house, and a resident at each door."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import create_app
from bot.channels.delivery import Delivery
from bot.channels.registry import channels
from bot.channels.telegram.starting import prepare
from bot.clock import now
from bot.conversations.turns import Turns
from bot.media.fetching import Fetcher
from bot.media.receiving import Receiving
from bot.media.service import limits_of
from bot.media.storage import Files
from bot.settings import Settings
from tests.channels.contract.doors import Door, PlatformDoor, WebDoor
from tests.channels.contract.house import House
from tests.conversations.stand_in import serve
from tests.platforms.fixtures import Served, telegram, zalo
from tests.platforms.telegram.account import TOKEN, Telegram
from tests.platforms.zalo.account import Zalo
from tests.platforms.zalo.events import APP_ID, APP_SECRET, OA_ID, OA_SECRET

__all__ = ["telegram", "zalo"]


@pytest.fixture
def given(town_url: str, zalo: Served[Zalo], telegram: Served[Telegram], tmp_path: Path) -> Settings:
    """Every channel on, at the stand-ins."""
    return Settings(
        database_url=town_url,
        data_dir=tmp_path,
        clock=None,
        public_url="",
        reply_wait_seconds=0.0,
        messages_per_ten_seconds=1_000,
        zalo=True,
        zalo_app_id=APP_ID,
        zalo_app_secret=APP_SECRET,  # type: ignore[arg-type]
        zalo_oa_id=OA_ID,
        zalo_oa_secret=OA_SECRET,  # type: ignore[arg-type]
        zalo_api_url=zalo.url,
        zalo_oauth_url=zalo.url,
        telegram_token=TOKEN,  # type: ignore[arg-type]
        telegram_mode="webhook",
        telegram_api_url=telegram.url,
    )


LEFT_UNDONE = (
    "update messages set state = 'done' where state = 'queued'",
    "update outbox set state = 'dropped' where state = 'pending'",
    "update media set state = 'refused' where state = 'waiting'",
)


@pytest.fixture
async def house(
    given: Settings, town: AsyncEngine, turns: Turns, zalo: Served[Zalo], telegram: Served[Telegram]
) -> AsyncIterator[House]:
    """Ours at work, consent given, webhooks saved; what other tests left undone in the town stays out of it."""
    async with town.begin() as connection:
        for done in LEFT_UNDONE:
            await connection.execute(text(done))
    found, app = channels(given, town, now), create_app(given)
    ours = House(
        town,
        turns,
        Delivery(town, found.platforms, now, attempts=20),
        Receiving(town, Files(given.data_dir), Fetcher(found.files), limits_of(given), now, hidden_hours=24),
        app.state.inbox,
    )
    async for url in serve(app, lifespan="on"):
        grants = found.platforms["zalo"].grants  # type: ignore[attr-defined]
        await grants.consent(zalo.platform.grants.consent(grants.app.challenge), OA_ID, 1)
        zalo.platform.set_webhook(f"{url}/webhooks/zalo")
        await prepare(found.platforms["telegram"]._client.bot, f"{url}/webhooks/telegram")  # type: ignore[attr-defined]
        working = asyncio.create_task(ours.work())
        ours.url = url
        yield ours
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
    await ours.receiving.fetcher.close()
    await found.close()
    async with town.begin() as connection:
        for table in ("zalo_grants", "channel_states", "paces"):
            await connection.execute(text(f"delete from {table}"))


@pytest.fixture(params=["web", "zalo", "telegram"])
async def door(
    request: pytest.FixtureRequest, house: House, zalo: Served[Zalo], telegram: Served[Telegram]
) -> AsyncIterator[Door]:
    """A resident who has not written yet."""
    if request.param == "web":
        async with httpx.AsyncClient(base_url=house.url, timeout=30) as http:
            yield WebDoor(http)
    else:
        yield PlatformDoor(zalo if request.param == "zalo" else telegram)


@pytest.fixture(params=["zalo", "telegram"])
def platform_door(
    request: pytest.FixtureRequest, house: House, zalo: Served[Zalo], telegram: Served[Telegram]
) -> PlatformDoor:
    """The same where a platform stands in between."""
    return PlatformDoor(zalo if request.param == "zalo" else telegram)
