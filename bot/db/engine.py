"""The engine of a process and the unit of work: one session, one commit."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from bot.settings import settings

AGAINST_WRITERS: dict[str, bool] = {"key_share": True}
"""``with_for_update=AGAINST_WRITERS``: others wait to change the row, not to refer to it. Writing a row twice in one
transaction refers again to all that it refers to."""
POOL = {"pool_pre_ping": True, "pool_size": 10}


def sqlalchemy_url(url: str) -> str:
    """A libpq URL (``postgresql://…``) as SQLAlchemy's psycopg 3 wants it."""
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in ("postgresql", "postgres") else url


def database_url_of(url: str, database: str) -> str:
    """The same server's URL with another database in it."""
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def create_engine(url: str | None = None, **options: Any) -> AsyncEngine:
    """An engine on the given or configured server; it looks before it leaps, since PostgreSQL may have restarted.

    Its errors never show parameters: they hold what residents wrote, and errors reach logs.
    """
    return create_async_engine(
        sqlalchemy_url(url or settings().database_url), hide_parameters=True, **(options or POOL)
    )


def is_away(error: DBAPIError) -> bool:
    """Whether the server does not answer, as against a statement that it refuses."""
    gone = ("OperationalError", "AdminShutdown", "CannotConnectNow", "InterfaceError")
    return error.connection_invalidated or type(error.orig).__name__ in gone


@asynccontextmanager
async def unit_of_work(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """A session that commits once when the block ends well and rolls back when it does not."""
    async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
        yield session
