"""What a person does once in the platforms' consoles: agree that our app may act for the account, save the webhook.

``python -m tests.platforms.connecting``, with the settings of the running product in the environment.
"""

import asyncio
from urllib.parse import parse_qs, urlsplit

import httpx
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.zalo import wiring
from bot.channels.zalo.routes import PATH
from bot.clock import now
from bot.db import create_engine, unit_of_work
from bot.officials.models import Official
from bot.settings import Settings, settings

TELEGRAM_SECONDS = 30.0
"""How long the worker may take to tell Telegram where updates go."""


async def connect(given: Settings) -> None:
    """Zalo's tokens and webhook by the stand-in's own consent; Telegram's webhook is our worker's work, waited for."""
    engine = create_engine(given.database_url)
    try:
        await _consent(given, engine)
    finally:
        await engine.dispose()
    async with httpx.AsyncClient(base_url=given.zalo_api_url) as zalo:
        (await zalo.post("/control/webhook", json={"url": given.base_url + PATH})).raise_for_status()
    async with httpx.AsyncClient(base_url=given.telegram_api_url) as telegram, asyncio.timeout(TELEGRAM_SECONDS):
        while not (await telegram.get("/control/state")).json()["webhook"]:  # noqa: ASYNC110
            await asyncio.sleep(0.2)


async def _consent(given: Settings, engine: AsyncEngine) -> None:
    app = wiring.app_of(given)
    agreed = {"app_id": app.app_id, "redirect_uri": app.redirect_uri, "code_challenge": app.challenge}
    async with httpx.AsyncClient(base_url=given.zalo_oauth_url) as zalo:
        answer = await zalo.post("/v4/oa/permission", data=agreed)
    told = parse_qs(urlsplit(answer.headers["location"]).query)
    platform = wiring.platform_of(given, engine, now)
    try:
        await platform.grants.consent(told["code"][0], told["oa_id"][0], await _somebody(engine))
    finally:
        await platform.close()


async def _somebody(engine: AsyncEngine) -> int:
    """The official in whose name the consent is noted."""
    async with unit_of_work(engine) as session:
        first = select(Official.id).order_by(Official.role != "administrator", Official.id).limit(1)
        return (await session.scalars(first)).one()


if __name__ == "__main__":
    asyncio.run(connect(settings()))
