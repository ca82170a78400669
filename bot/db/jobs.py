"""Jobs in the data's own transaction (procrastinate): a job exists exactly when the rows it is about exist."""

from typing import Any

import procrastinate
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_deferring = procrastinate.App(connector=procrastinate.PsycopgConnector())
"""Never opened: it only writes jobs on connections that are handed to it."""


def job_app(url: str) -> procrastinate.App:
    """A procrastinate application on the libpq URL, for a process that runs jobs."""
    return procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url, min_size=1, max_size=8))


async def defer_in(
    session: AsyncSession, task: str, *, lock: str, queue: str = "default", in_seconds: int = 0, **arguments: Any
) -> int:
    """Put a job for the named task into the session's transaction; returns its id. ``lock`` keeps jobs in order."""
    raw = (await (await session.connection()).get_raw_connection()).driver_connection
    delay = {"seconds": in_seconds} if in_seconds else None
    task_at_hand = _deferring.configure_task(task, lock=lock, queue=queue, schedule_in=delay, connection=raw)
    return await task_at_hand.defer_async(**arguments)


async def hold_lock(session: AsyncSession, key: str) -> None:
    """Hold the advisory lock of that key until the transaction ends, so that row ids follow arrival."""
    await session.execute(text("select pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key})
