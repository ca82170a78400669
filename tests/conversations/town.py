"""A whole sample town in its own database, for tests that commit; each test talks in conversations of its own."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from argon2 import PasswordHasher
from psycopg import sql
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.conversations.incoming import Incoming, begin_conversation, receive
from bot.conversations.models import Button, Conversation, Message
from bot.db import create_engine, unit_of_work
from bot.db.engine import database_url_of
from bot.db.schema import migrate
from bot.officials import passwords
from bot.officials.models import Official
from bot.seeding import seed
from bot.settings import Settings

TOWN, TRACKERS = "town", "town_rasa"
MORNING = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
"""Friday 20/11/2026, 8:30 in Vietnam: offices are open."""
EVENTS = "create table events (id serial primary key, sender_id varchar(255) not null, data text)"


class Clock:
    """A clock that stands still until told otherwise."""

    def __init__(self, at: datetime = MORNING) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture(scope="session")
async def town_url(server: str) -> str:
    """The libpq URL of the town's database, made and filled by the first test that asks."""
    url = database_url_of(server, TOWN)
    with psycopg.connect(server, autocommit=True) as connection:
        if connection.execute("select 1 from pg_database where datname = %s", [TOWN]).fetchone():
            return url
        for name in (TOWN, TRACKERS):
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    with psycopg.connect(database_url_of(server, TRACKERS)) as connection:
        connection.execute(EVENTS)
    migrate(url)
    engine = create_engine(url)
    with tempfile.TemporaryDirectory() as folder, _cheap_hashes():
        await seed(engine, Settings(sample=True, clock=None, public_url="", data_dir=Path(folder)))
    await engine.dispose()
    return url


@contextmanager
def _cheap_hashes():  # type: ignore[no-untyped-def]
    kept = passwords._hasher
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield
    passwords._hasher = kept


@pytest.fixture(scope="session")
async def town(town_url: str) -> AsyncIterator[AsyncEngine]:
    """An engine on the town's database."""
    engine = create_engine(town_url)
    yield engine
    await engine.dispose()


@pytest.fixture
async def visit(town: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """A session in the town whose changes are rolled back after the test."""
    async with town.connect() as connection:
        transaction = await connection.begin()
        async with AsyncSession(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as opened:
            yield opened
        await transaction.rollback()


@pytest.fixture(scope="session")
async def rasa_rows(town_url: str) -> AsyncIterator[AsyncEngine]:
    """An engine on the database where Rasa would keep its trackers."""
    engine = create_engine(database_url_of(town_url, TRACKERS))
    yield engine
    await engine.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def talk(town: AsyncEngine) -> UUID:
    """A fresh conversation on the web."""
    async with unit_of_work(town) as session:
        return await begin_conversation(session, "web", None, MORNING)


async def say(
    town: AsyncEngine,
    talk: UUID,
    words: str,
    *,
    at: datetime = MORNING,
    button: Button | None = None,
    client_id: str | None = None,
) -> int:
    """The resident says something; the message's id."""
    external = client_id or str(uuid4())
    incoming = Incoming("web", external, words, {"text": words}, button)
    async with unit_of_work(town) as session:
        return (await receive(session, talk, incoming, at)).id


async def press(town: AsyncEngine, talk: UUID, label: str, *, at: datetime = MORNING) -> int:
    """The resident presses the newest button with that label."""
    async with unit_of_work(town) as session:
        query = select(Button).where(Button.conversation_id == talk, Button.label == label)
        button = (await session.scalars(query.order_by(Button.message_id.desc()).limit(1))).one()
    return await say(town, talk, label, at=at, button=button)


async def said(session: AsyncSession, words: str = "tôi muốn phản ánh", channel: str = "web") -> Message:
    """A message in a new conversation, within the given session."""
    user = None if channel == "web" else str(uuid4())
    talk = await begin_conversation(session, channel, user, MORNING)
    return await receive(session, talk, Incoming(channel, str(uuid4()), words, {"text": words}), MORNING)


async def heard(town: AsyncEngine, talk: UUID) -> list[Message]:
    """Everything the resident was told, oldest first."""
    async with unit_of_work(town) as session:
        query = select(Message).where(Message.conversation_id == talk, Message.sender != "resident")
        return list(await session.scalars(query.order_by(Message.id)))


async def message(town: AsyncEngine, message_id: int) -> Message:
    async with unit_of_work(town) as session:
        return await session.get_one(Message, message_id)


async def conversation(town: AsyncEngine, talk: UUID) -> Conversation:
    async with unit_of_work(town) as session:
        return await session.get_one(Conversation, talk)


async def an_official(town: AsyncEngine, role: str) -> Official:
    async with unit_of_work(town) as session:
        return (await session.scalars(select(Official).where(Official.role == role).order_by(Official.id))).first()  # type: ignore[return-value]
