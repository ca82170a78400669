"""The worker's jobs for channels: deliver, look again at what staff may have typed, drain the spool."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import procrastinate
import structlog
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.delivery import Delivery
from bot.channels.inbox import Inbox
from bot.channels.intake import ACKNOWLEDGE_JOB, take_for_staff
from bot.channels.registry import Channels
from bot.conversations.models import RawEvent
from bot.conversations.outbox import DELIVER_JOB, DELIVERIES, defer_delivery_of, lock_of
from bot.conversations.staff import STAFF_JOB
from bot.db import unit_of_work

log = structlog.get_logger()

DRAIN_SECONDS = 0.5
OWNED = text("select exists (select from procrastinate_jobs where lock = :lock and status in ('todo', 'doing'))")
DUE = text(
    "select conversation_id from (select distinct on (conversation_id) conversation_id, coalesce(next_try_at, at) "
    "as due_at from outbox where state = 'pending' order by conversation_id, id) as firsts where due_at < :before "
    "order by due_at limit 500"
)


def register(app: procrastinate.App, delivery: Delivery, found: Channels) -> None:
    """Give the application the jobs of channels."""

    @app.task(name=DELIVER_JOB, queue=DELIVERIES)
    async def deliver(conversation_id: str) -> None:
        await delivery.deliver_all(UUID(conversation_id))

    @app.task(name=STAFF_JOB)
    async def staff_typed(channel: str, external_id: str) -> None:
        async with unit_of_work(delivery.engine) as session:
            event = await _event(session, channel, external_id)
            for arrival in found.readers[channel](event.payload) if event and channel in found.readers else ():
                await take_for_staff(session, arrival, delivery.clock())

    @app.task(name=ACKNOWLEDGE_JOB, queue=DELIVERIES)
    async def acknowledge(channel: str, external_id: str) -> None:
        async with unit_of_work(delivery.engine) as session:
            event = await _event(session, channel, external_id)
        for arrival in found.readers[channel](event.payload) if event and channel in found.platforms else ():
            await found.platforms[channel].acknowledge(arrival)

    @app.periodic(cron="*/5 * * * *")
    @app.task(name="upkeep", queueing_lock="upkeep")
    async def upkeep(timestamp: int) -> None:
        await asyncio.gather(*(work() for work in found.upkeep))


async def _event(session: AsyncSession, channel: str, external_id: str) -> RawEvent | None:
    query = select(RawEvent).where(RawEvent.channel == channel, RawEvent.external_id == external_id)
    return await session.scalar(query)


async def queue_due_deliveries(session: AsyncSession, now: datetime, seconds: float) -> None:
    """Queue what is due, or was put off until now, and no live job owns."""
    for conversation_id in (await session.scalars(DUE, {"before": now - timedelta(seconds=seconds)})).all():
        if not await session.scalar(OWNED, {"lock": lock_of(conversation_id)}):
            await defer_delivery_of(session, conversation_id)


async def keep_draining(inbox: Inbox) -> None:
    """Empty the spool for ever, soon after the database answers again."""
    while True:
        try:
            await inbox.drain()
        except (OSError, ValueError) as error:
            log.error("drain_failed", error=type(error).__name__)
        await asyncio.sleep(DRAIN_SECONDS)
