"""How fast something may go, counted in PostgreSQL, so that all workers together keep one limit."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base


class Pace(Base):
    """When the next step of a key may be made."""

    __tablename__ = "paces"
    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    key: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]


_TAKE = text(
    "insert into paces as p (key, next_at) values (:key, clock_timestamp() + :gap * interval '1 second') "
    "on conflict (key) do update set next_at = "
    "greatest(p.next_at, clock_timestamp() - (:burst - 1) * :gap * interval '1 second') + :gap * interval '1 second' "
    "where p.next_at <= clock_timestamp() + :longest * interval '1 second' "
    "returning extract(epoch from p.next_at - :gap * interval '1 second' - clock_timestamp())"
)
_REST = text(
    "insert into paces as p (key, next_at) values (:key, clock_timestamp() + :seconds * interval '1 second') "
    "on conflict (key) do update set next_at = greatest(p.next_at, excluded.next_at)"
)


async def take_place(
    engine: AsyncEngine, key: str, *, per_second: float, burst: int = 1, longest: float = 3.0
) -> float | None:
    """Take the next place in the key's queue; the seconds to wait until it comes, 0 for now.

    None, and no place taken, where it would come later than ``longest`` seconds from now. After a rest ``burst`` steps
    may follow at once.
    """
    asked = {"key": key, "gap": 1 / per_second, "burst": burst, "longest": longest}
    async with engine.begin() as connection:
        wait = await connection.scalar(_TAKE, asked)
    return None if wait is None else max(0.0, float(wait))


async def give_back_place(engine: AsyncEngine, key: str) -> None:
    """The step was not taken after all: forget the key."""
    async with engine.begin() as connection:
        await connection.execute(delete(Pace).where(Pace.key == key))


async def rest(engine: AsyncEngine, key: str, seconds: float) -> None:
    """Nobody takes a step of the key before so many seconds have passed: the platform asked for it."""
    async with engine.begin() as connection:
        await connection.execute(_REST, {"key": key, "seconds": seconds})


async def forget_old_paces(session: AsyncSession) -> None:
    """Delete what has rested for an hour."""
    await session.execute(delete(Pace).where(Pace.next_at < func.now() - timedelta(hours=1)))
