"""The worker's jobs about media, and what is left to do when a worker died in between."""

from datetime import datetime, timedelta
from uuid import UUID

import procrastinate
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job
from sqlalchemy import text

from bot.db import unit_of_work
from bot.media import service
from bot.media.queries import left_waiting
from bot.media.receiving import Receiving
from bot.media.service import MEDIA, MEDIA_JOB

HANDS = 2
"""Files that one worker receives at once."""
UNOWNED_AFTER = timedelta(seconds=15)
OWNED = text("select exists (select from procrastinate_jobs where lock = :lock and status in ('todo', 'doing'))")


class Slower(BaseRetryStrategy):
    """Each try waits twice as long as the one before, five minutes at most; when to stop, receiving decides."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        return RetryDecision(retry_in={"seconds": min(3 * 2 ** min(job.attempts, 8), 300)})


def register(app: procrastinate.App, receiving: Receiving) -> None:
    """Give the job to the application that runs jobs."""

    @app.task(name=MEDIA_JOB, queue=MEDIA, retry=Slower())
    async def media(media_id: str) -> None:
        await receiving.receive(UUID(media_id))


async def sweep(receiving: Receiving, now: datetime) -> None:
    """Every few seconds: erase what came with deleted denunciations, queue again what no job owns."""
    async with unit_of_work(receiving.engine) as session:
        await service.erase_sealed(session)
        for media_id in await left_waiting(session, now - UNOWNED_AFTER):
            if not await session.scalar(OWNED, {"lock": f"media:{media_id}"}):
                await service.queue(session, media_id)


async def tidy(receiving: Receiving, now: datetime) -> None:
    """Every few minutes: erase identity cards whose time is over, and files that no row names."""
    async with unit_of_work(receiving.engine) as session:
        await service.erase_hidden(session, now - timedelta(hours=receiving.hidden_hours))
    await receiving.delete_orphans(now)
