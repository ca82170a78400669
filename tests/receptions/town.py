"""The sample province with its receptions, rolled back after the test, on Saturday 21/11/2026, 10:00 local."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.places import sample
from bot.places.models import Commune
from bot.receptions.service import load_sample
from bot.seeding import PLACES, RECEPTIONS

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
async def communes(session: AsyncSession) -> dict[str, int]:
    """Ids of the sample communes by slug, once the receptions are loaded."""
    await sample.load(session, sample.read(PLACES))
    await load_sample(session, RECEPTIONS)
    return dict((await session.execute(select(Commune.slug, Commune.id))).all())
