"""Is every part up? One short question to each, all at once."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

import httpx
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

QUESTION_SECONDS = 2.0
WORKER_SILENT_SECONDS = 10.0


@dataclass(frozen=True)
class Part:
    """One part's state: ``ok`` or ``down``, and one short line about it."""

    status: str
    detail: str


@dataclass(frozen=True)
class Health:
    """The whole: ``ok``, ``degraded`` (something is down, messages are kept) or ``down`` (nothing can be kept)."""

    status: str
    parts: dict[str, Part]


async def check(
    engine: AsyncEngine,
    http: httpx.AsyncClient,
    rasa_urls: Sequence[str],
    actions_url: str,
    channels: Mapping[str, Callable[[], Awaitable[str]]] = MappingProxyType({}),
) -> Health:
    """Ask every part, and the platforms by ``channels``."""
    questions: dict[str, Awaitable[str]] = {
        "database": _database(engine),
        "worker": _worker(engine),
        "rasa": _rasa(http, rasa_urls),
        "actions": _answers(http, f"{actions_url}/health"),
        "knowledge": _knowledge(engine),
        **{name: ask() for name, ask in channels.items()},
    }
    found = await asyncio.gather(*(_asked(question) for question in questions.values()))
    parts = dict(zip(questions, found, strict=True))
    if parts["database"].status == "down":
        return Health("down", parts)
    return Health("ok" if all(part.status == "ok" for part in found) else "degraded", parts)


async def _asked(question: Awaitable[str]) -> Part:
    """Late is down; a late question ends by itself, since a cancelled call keeps its place in httpcore's pool."""
    task = asyncio.ensure_future(question)
    await asyncio.wait({task}, timeout=QUESTION_SECONDS)
    if not task.done():
        task.add_done_callback(lambda late: late.cancelled() or late.exception())
        return Part("down", "TimeoutError")
    try:
        return Part("ok", await task)
    except (SQLAlchemyError, OSError, httpx.HTTPError, TimeoutError, LookupError) as error:
        return Part("down", str(error) if isinstance(error, LookupError) else type(error).__name__)


async def _database(engine: AsyncEngine) -> str:
    async with engine.connect() as connection:
        return f"PostgreSQL {await connection.scalar(text('show server_version'))}"


async def _worker(engine: AsyncEngine) -> str:
    async with engine.connect() as connection:
        beats = (await connection.scalars(text("select last_heartbeat from procrastinate_workers"))).all()
    live = [b for b in beats if (datetime.now(UTC) - b).total_seconds() < WORKER_SILENT_SECONDS]
    if not live:
        raise LookupError("no worker has a heartbeat")
    return f"{len(live)} working"


async def _rasa(http: httpx.AsyncClient, urls: Sequence[str]) -> str:
    for url in urls:
        await _answers(http, f"{url}/webhooks/gateway/ready")
    return "ready" if len(urls) == 1 else f"{len(urls)} ready"


async def _answers(http: httpx.AsyncClient, url: str) -> str:
    response = await http.get(url, timeout=QUESTION_SECONDS)
    if response.status_code != 200:
        raise LookupError(f"answers {response.status_code}")
    return "ready"


async def _knowledge(engine: AsyncEngine) -> str:
    async with engine.connect() as connection:
        count = await connection.scalar(text("select count(*) from answers"))
    if not count:
        raise LookupError("no answers loaded")
    return f"{count} answers"
