"""What web processes share for a while: sessions and rate counters. UNLOGGED: quick, gone after a server crash."""

from datetime import UTC, datetime, timedelta
from typing import Any

from litestar.stores.base import Store
from sqlalchemy import LargeBinary, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base


class StoredValue(Base):
    """A value of one namespace until it expires."""

    __tablename__ = "web_store"
    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    namespace: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime | None] = mapped_column(index=True)


class RateCounter(Base):
    """How often something happened in one window of time."""

    __tablename__ = "rate_counters"
    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)


async def count_up(session: AsyncSession, what: str, window_seconds: int) -> tuple[int, int]:
    """Count one more in this window; the count so far and the seconds until the window ends. Real time, atomic."""
    epoch = int(datetime.now(UTC).timestamp())
    window = epoch // window_seconds
    ends = datetime.fromtimestamp((window + 1) * window_seconds, UTC)
    row = insert(RateCounter).values(key=f"{what}:{window}", count=1, expires_at=ends)
    counted = row.on_conflict_do_update(index_elements=["key"], set_={"count": RateCounter.count + 1})
    count = await session.scalar(counted.returning(RateCounter.count))
    return int(count or 1), (window + 1) * window_seconds - epoch


async def counted(session: AsyncSession, what: str, window_seconds: int) -> int:
    """How often it was counted in this window so far."""
    window = int(datetime.now(UTC).timestamp()) // window_seconds
    return await session.scalar(select(RateCounter.count).where(RateCounter.key == f"{what}:{window}")) or 0


class PostgresStore(Store):
    """Litestar's store interface on the table above, one namespace each."""

    def __init__(self, engine: AsyncEngine, namespace: str) -> None:
        self._engine = engine
        self._namespace = namespace

    async def set(self, key: str, value: str | bytes, expires_in: int | timedelta | None = None) -> None:
        seconds = expires_in.total_seconds() if isinstance(expires_in, timedelta) else expires_in
        expires_at = datetime.now(UTC) + timedelta(seconds=seconds) if seconds else None
        raw = value.encode() if isinstance(value, str) else value
        row = insert(StoredValue).values(namespace=self._namespace, key=key, value=raw, expires_at=expires_at)
        kept = row.on_conflict_do_update(
            index_elements=["namespace", "key"], set_={"value": raw, "expires_at": expires_at}
        )
        async with self._engine.begin() as connection:
            await connection.execute(kept)

    async def get(self, key: str, renew_for: int | timedelta | None = None) -> bytes | None:
        async with self._engine.begin() as connection:
            value: bytes | None = await connection.scalar(select(StoredValue.value).where(*self._alive(key)))
        if value is not None and renew_for:
            await self.set(key, value, renew_for)
        return value

    async def delete(self, key: str) -> None:
        mine = (StoredValue.namespace == self._namespace) & (StoredValue.key == key)
        async with self._engine.begin() as connection:
            await connection.execute(delete(StoredValue).where(mine))

    async def delete_all(self) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(delete(StoredValue).where(StoredValue.namespace == self._namespace))

    async def exists(self, key: str) -> bool:
        return await self.get(key) is not None

    async def expires_in(self, key: str) -> int | None:
        async with self._engine.begin() as connection:
            at = await connection.scalar(select(StoredValue.expires_at).where(*self._alive(key)))
        return int((at - datetime.now(UTC)).total_seconds()) if at else None

    def _alive(self, key: str) -> tuple[Any, ...]:
        fresh = StoredValue.expires_at.is_(None) | (StoredValue.expires_at > func.now())
        return StoredValue.namespace == self._namespace, StoredValue.key == key, fresh


async def forget_expired(session: AsyncSession) -> None:
    """Delete what has expired."""
    for table in (StoredValue, RateCounter):
        await session.execute(delete(table).where(table.expires_at < func.now()))
