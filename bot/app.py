"""The web process: everything a stranger can reach. Wires, decides nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import uvicorn
from litestar import Litestar, Router
from litestar.config.csrf import CSRFConfig
from litestar.contrib.jinja import JinjaTemplateEngine
from litestar.datastructures import State
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.serialization import encode_json
from litestar.static_files import create_static_files_router
from litestar.stores.registry import StoreRegistry
from litestar.template import TemplateConfig

from bot.channels.registry import Channels, channels, inbox_of
from bot.clock import local, now
from bot.console.routes import console_router
from bot.console.sessions import session_config
from bot.console.templating import register
from bot.conversations.news import News
from bot.db import create_engine
from bot.db.web_store import PostgresStore
from bot.errors import HANDLERS
from bot.logging import configure_logging
from bot.portal.answers import Answers
from bot.portal.calendars import Calendars
from bot.portal.my_data import MyData
from bot.portal.recordings import Recordings
from bot.portal.routes import Portal
from bot.settings import PROJECT, Settings, derive, settings

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
PAGES: list[Any] = [PROJECT / "bot/portal/templates", PROJECT / "bot/console/templates"]
FONTS = PROJECT / "bot/portal/assets/node_modules/@fontsource/be-vietnam-pro/files"


def create_app(given: Settings | None = None) -> Litestar:
    """The application; its state holds engine, news, clock and settings."""
    chosen = given or settings()
    engine = create_engine(chosen.database_url)
    found = channels(chosen, engine, now)
    sessions = session_config(secure=chosen.public_url.startswith("https://"))
    console = Router("/", route_handlers=[console_router], middleware=[sessions.middleware])

    @asynccontextmanager
    async def life(app: Litestar) -> AsyncIterator[None]:
        await app.state.news.start()
        try:
            yield
        finally:
            await app.state.news.stop()
            await app.state.http.aclose()
            await found.close()
            await engine.dispose()

    return Litestar(
        route_handlers=[Portal, Answers, Recordings, Calendars, MyData, *found.routes, console, *_files()],
        lifespan=[life],
        csrf_config=_csrf(chosen),
        exception_handlers=HANDLERS,
        response_headers=SECURITY_HEADERS,
        template_config=TemplateConfig(directory=PAGES, engine=JinjaTemplateEngine, engine_callback=register),
        openapi_config=_openapi(),
        stores=StoreRegistry(default_factory=lambda name: PostgresStore(engine, name)),
        state=State(_state(chosen, engine, found)),
        logging_config=None,
        debug=False,
    )


def _state(chosen: Settings, engine: Any, found: Channels) -> dict[str, Any]:
    return {
        "settings": chosen,
        "engine": engine,
        "inbox": inbox_of(chosen, engine, found, now),
        "checks": found.checks,
        "channels": found.addresses,
        "zalo": found.account,
        "news": News(chosen.database_url),
        "http": httpx.AsyncClient(),
        "clock": now,
        "local": local,
        "encode": lambda data: encode_json(data).decode(),
    }


def _csrf(chosen: Settings) -> CSRFConfig:
    secret = derive("csrf", "cookie").hex()
    secure = chosen.public_url.startswith("https://")
    return CSRFConfig(secret=secret, cookie_secure=secure, cookie_httponly=True, exclude=["^/api/", "^/webhooks/"])


def _openapi() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Xã hỏi – Tỉnh trả lời",
        version="1",
        path="/schema",
        use_handler_docstrings=True,
        render_plugins=[JsonRenderPlugin()],
    )


def _files() -> list[Router]:
    return [
        create_static_files_router(
            "/static", [PROJECT / "bot/portal/static", PROJECT / "bot/console/static"], name="static"
        ),
        create_static_files_router("/assets/be-vietnam-pro", [FONTS], name="fonts"),
    ]


def main() -> None:
    """Serve until told to stop. Forwarded addresses are believed only from the proxies that are named."""
    chosen = settings()
    configure_logging(chosen.log_level)
    uvicorn.run(
        create_app(chosen),
        host=chosen.host,
        port=chosen.port,
        proxy_headers=bool(chosen.trusted_proxies),
        forwarded_allow_ips=chosen.trusted_proxies or None,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=3,
    )


if __name__ == "__main__":
    main()
