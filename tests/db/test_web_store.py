"""Sessions and counters that all web processes share."""

import asyncio
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.db import unit_of_work
from bot.db.web_store import PostgresStore, count_up, forget_expired

HOUR = 3_600


async def test_a_value_is_kept_changed_and_deleted(town: AsyncEngine) -> None:
    store, key = PostgresStore(town, "tests"), uuid4().hex
    assert await store.get(key) is None
    await store.set(key, "một", expires_in=60)
    await store.set(key, b"hai", expires_in=60)
    assert await store.get(key, renew_for=120) == b"hai"
    left = await store.expires_in(key)
    assert left is not None
    assert 100 < left <= 120
    assert await store.exists(key)
    await store.delete(key)
    assert not await store.exists(key)


async def test_namespaces_do_not_meet(town: AsyncEngine) -> None:
    one, other, key = PostgresStore(town, "one"), PostgresStore(town, "other"), uuid4().hex
    await one.set(key, "một")
    assert await other.get(key) is None
    await other.delete_all()
    assert await one.get(key) == "một".encode()
    await one.delete_all()
    assert await one.get(key) is None


async def test_what_has_expired_is_gone_and_swept(town: AsyncEngine) -> None:
    store, key = PostgresStore(town, "tests"), uuid4().hex
    await store.set(key, "một", expires_in=60)
    async with town.begin() as connection:
        old = text("update web_store set expires_at = now() - interval '1 second' where key = :key")
        await connection.execute(old, {"key": key})
    assert await store.get(key) is None
    async with unit_of_work(town) as session:
        await forget_expired(session)
    async with town.connect() as connection:
        assert await connection.scalar(text("select count(*) from web_store where key = :key"), {"key": key}) == 0


async def test_counting_is_exact_when_many_count_at_once(town: AsyncEngine) -> None:
    what = uuid4().hex

    async def one() -> int:
        async with unit_of_work(town) as session:
            return (await count_up(session, what, HOUR))[0]

    counted = await asyncio.gather(*(one() for _ in range(8)))
    assert sorted(counted) == [1, 2, 3, 4, 5, 6, 7, 8]


async def test_the_seconds_left_are_within_the_window(town: AsyncEngine) -> None:
    async with unit_of_work(town) as session:
        count, left = await count_up(session, uuid4().hex, 60)
    assert count == 1
    assert 1 <= left <= 60
