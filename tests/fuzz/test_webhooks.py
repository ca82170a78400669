"""Whatever is brought to the webhooks is answered in time, never with 5xx; what is forged leaves nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import create_app
from bot.settings import Settings
from tests.conversations.stand_in import serve
from tests.fuzz.events import FORGED, brought
from tests.fuzz.inputs import Inputs
from tests.fuzz.size import REQUESTS, SEED
from tests.fuzz.test_handlers import rows
from tests.platforms.telegram.account import TOKEN
from tests.platforms.zalo.events import APP_ID, OA_ID, OA_SECRET

EVENTS = text("select count(*) from raw_events where channel in ('zalo', 'telegram')")
FORGERIES = text("select count(*) from raw_events where payload::text like :words")
NO_RESIDENT = text("select count(*) from messages where sender = 'resident' and text is null and body = '{}'::jsonb")


@pytest.fixture
async def hooks(town_url: str, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """The web process with both platforms on."""
    given = Settings(
        database_url=town_url,
        data_dir=tmp_path,
        clock=None,
        public_url="",
        zalo=True,
        zalo_app_id=APP_ID,
        zalo_oa_id=OA_ID,
        zalo_oa_secret=OA_SECRET,  # type: ignore[arg-type]
        telegram_token=TOKEN,  # type: ignore[arg-type]
        telegram_mode="webhook",
        telegram_api_url="http://127.0.0.1:9",
    )
    async for url in serve(create_app(given), lifespan="on"):
        async with httpx.AsyncClient(base_url=url, timeout=10) as client:
            yield client


async def count(town: AsyncEngine, query: object, **values: str) -> int:
    async with town.connect() as connection:
        return int(await connection.scalar(query, values) or 0)  # type: ignore[call-overload]


async def test_the_webhooks(hooks: httpx.AsyncClient, town: AsyncEngine, tmp_path: Path) -> None:
    before, events, taken = await rows(town), await count(town, EVENTS), 0
    empty = await count(town, NO_RESIDENT)  # erased by tests before this one
    for number in range(REQUESTS):
        seed = f"{SEED}:webhook:{number}"
        event = brought(Inputs(seed))
        answer = await hooks.post(event.path, content=event.body, headers=event.headers)
        assert answer.status_code == 200 if not event.forged else answer.status_code in (401, 403), (seed, answer.text)
        taken += not event.forged
    spooled = len(list((tmp_path / "spool").glob("*.event"))) if (tmp_path / "spool").is_dir() else 0
    kept = await count(town, EVENTS) - events
    assert taken / 2 < kept + spooled <= taken  # some come twice, some are empty probes
    assert not list((tmp_path / "spool").glob("refused/*"))
    assert await count(town, FORGERIES, words=f"%{FORGED}%") == 0
    assert await count(town, NO_RESIDENT) == empty
    assert await rows(town) == before
