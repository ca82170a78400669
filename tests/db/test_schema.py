"""The migrations and the models tell of the same tables."""

import asyncio
import importlib
import pkgutil

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import NullPool

import bot
import knowledge_base
from bot.db import Base, unit_of_work
from bot.db import create_engine as create_async
from bot.db.engine import database_url_of, sqlalchemy_url
from bot.db.jobs import defer_in, hold_lock
from bot.db.schema import migrate


def every_model() -> None:
    for package in (bot, knowledge_base):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith((".models", ".web_store", ".pace", ".sealings")):
                importlib.import_module(module.name)


def test_a_migrated_database_has_the_models_tables(server: str) -> None:
    every_model()
    engine = create_engine(sqlalchemy_url(server))
    with engine.connect() as connection:
        options = {"include_object": lambda o, name, kind, *rest: not str(name).startswith(("procrastinate", "our_"))}
        found = compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)
    engine.dispose()
    assert found == []


def test_migrating_again_changes_nothing(server: str) -> None:
    migrate(server)


@pytest.mark.parametrize(
    ("url", "with_driver"),
    [
        ("postgresql://a@/b?host=%2Ftmp", "postgresql+psycopg://a@/b?host=%2Ftmp"),
        ("postgres://a@h/b", "postgresql+psycopg://a@h/b"),  # as many hosts hand it out
        ("postgresql+psycopg://a@h/b", "postgresql+psycopg://a@h/b"),
    ],
)
def test_urls(url: str, with_driver: str) -> None:
    assert sqlalchemy_url(url) == with_driver


def test_another_database_of_the_same_server_keeps_the_password() -> None:
    ours = "postgresql://a:s%40cret@h:5433/b?sslmode=require"  # pragma: allowlist secret
    rasas = "postgresql://a:s%40cret@h:5433/rasa?sslmode=require"  # pragma: allowlist secret
    assert make_url(database_url_of(ours, "rasa")) == make_url(rasas)


async def test_a_job_exists_exactly_when_its_rows_do(town: AsyncEngine) -> None:
    async def jobs() -> int:
        async with town.connect() as connection:
            return await connection.scalar(text("select count(*) from procrastinate_jobs where lock = 'together'")) or 0

    async def fails() -> None:
        async with unit_of_work(town) as session:
            await defer_in(session, "answer", lock="together", conversation_id="x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fails()
    assert await jobs() == 0
    async with unit_of_work(town) as session:
        await defer_in(session, "answer", lock="together", conversation_id="x")
    assert await jobs() == 1


async def test_whoever_holds_a_lock_goes_first(town: AsyncEngine) -> None:
    order: list[str] = []
    held = asyncio.Event()

    async def first() -> None:
        async with unit_of_work(town) as session:
            await hold_lock(session, "queue")
            held.set()
            await asyncio.sleep(0.05)
            order.append("first")

    async def second() -> None:
        await held.wait()
        async with unit_of_work(town) as session:
            await hold_lock(session, "queue")
            order.append("second")

    await asyncio.gather(first(), second())
    assert order == ["first", "second"]


async def test_a_unit_of_work_commits_whole_or_not_at_all(town: AsyncEngine) -> None:
    async def fails() -> None:
        async with unit_of_work(town) as session:
            await session.execute(text("insert into web_store (namespace, key, value) values ('t', 'half', '')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    async with unit_of_work(town) as session:
        assert await session.scalar(text("select count(*) from web_store where key = 'half'")) == 0


async def test_an_engine_outlives_a_lost_connection(town_url: str) -> None:
    engine = create_async(town_url)
    async with engine.connect() as connection:
        mine = await connection.scalar(text("select pg_backend_pid()"))
    killer = create_async(town_url)
    async with killer.connect() as connection:
        await connection.execute(text("select pg_terminate_backend(:pid)"), {"pid": mine})
    async with engine.connect() as connection:
        assert await connection.scalar(text("select 1")) == 1
    await engine.dispose()
    await killer.dispose()


async def test_an_error_of_the_database_shows_no_parameter(town: AsyncEngine) -> None:
    engine = create_async(town.url.render_as_string(hide_password=False), poolclass=NullPool)
    with pytest.raises(DBAPIError) as raised:
        async with engine.connect() as connection:
            await connection.execute(text("select cast(:words as text) from nowhere"), {"words": "lời của dân"})
    assert "lời của dân" not in str(raised.value)
    await engine.dispose()
