"""What every test may ask for: a real PostgreSQL, a transaction that is rolled back, the web application."""

import gc
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import create_engine as create_sync_engine
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.pool import NullPool

os.environ["SERVER_KEY"] = "only for tests"
os.environ["DATABASE_URL"] = ""

from bot.db.engine import create_engine, sqlalchemy_url
from bot.db.schema import migrate
from bot.supervisor.postgres import EmbeddedPostgres
from tests.db.wipe import wipe
from tests.system.product import product as product

hypothesis.settings.register_profile("fast", deadline=None, max_examples=60, database=None)
hypothesis.settings.load_profile("fast")


def pytest_collection_finish() -> None:
    """What is imported stays: not looking through it again and again saves a seventh of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The libpq URL of a fresh embedded server with our schema, stopped when the tests are done."""
    with tempfile.TemporaryDirectory(prefix="xa-hoi-test-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # the server's own user enters; a closed folder would put the cluster into /var/lib
        with EmbeddedPostgres(Path(folder), {"fsync": "off", "max_connections": "200"}) as url:
            migrate(url)
            yield url


@pytest.fixture
async def engine(server: str) -> AsyncIterator[AsyncEngine]:
    """An engine of this test's own event loop."""
    engine = create_engine(server, poolclass=NullPool)
    yield engine
    await engine.dispose()


@pytest.fixture
async def session(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """A session in a transaction that is rolled back after the test."""
    async with engine.connect() as connection:
        transaction = await connection.begin()
        async with AsyncSession(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as opened:
            yield opened
        await transaction.rollback()


@pytest.fixture
def empty(server: str) -> Iterator[str]:
    """The server's URL for a test that commits; its rows are gone afterwards."""
    yield server
    engine = create_sync_engine(sqlalchemy_url(server))
    with engine.begin() as connection:
        wipe(connection)
    engine.dispose()
