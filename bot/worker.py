"""The worker: runs jobs that answer conversations, and sweeps up what a dead worker left. Wires, decides nothing."""

import asyncio
import os
import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import procrastinate
import structlog
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.cases.clocks.digests import write_digests
from bot.cases.clocks.warnings import warn
from bot.cases.service import close_after_grace
from bot.cases.wordless import answer_wordless
from bot.channels import jobs as channel_jobs
from bot.channels.delivery import Delivery
from bot.channels.registry import Channels, channels, inbox_of
from bot.clock import local, now
from bot.conversations import holds, linking
from bot.conversations.dialogue import Dialogue
from bot.conversations.incoming import ANSWER_JOB
from bot.conversations.models import Conversation, Message
from bot.conversations.outbox import DELIVERIES
from bot.conversations.queries import unanswered
from bot.conversations.replies import Reply, reply_from
from bot.conversations.trackers import Trackers
from bot.conversations.turns import Patience, TryAgain, Turns
from bot.db import create_engine, unit_of_work
from bot.db.engine import database_url_of
from bot.db.jobs import defer_in, job_app
from bot.db.pace import forget_old_paces
from bot.db.web_store import forget_expired
from bot.logging import configure_logging
from bot.media import jobs as media_jobs
from bot.media.fetching import Fetcher
from bot.media.receiving import Receiving
from bot.media.service import MEDIA, limits_of
from bot.media.storage import Files
from bot.privacy import retention
from bot.privacy.erasure import finish_erasures
from bot.privacy.service import OwnData
from bot.publications.service import withdraw_without_consent
from bot.receptions.bookings import remind_due
from bot.settings import Settings, derive, settings
from knowledge_base.answering import emergency_payload

HEARTBEAT_SECONDS = 2.0
STALLED_SECONDS = 8.0
SWEEP_SECONDS = 5.0
RETRY_SECONDS = 1
PATIENT_RETRY_SECONDS, PATIENT_AFTER = 3, 10

log = structlog.get_logger()


class Soon(BaseRetryStrategy):
    """A message that must wait is tried again soon, after ten tries less often; how long, its turn decides."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if not isinstance(exception, TryAgain):
            log.error("job_failed", job=job.id, attempts=job.attempts, error=type(exception).__name__)
        return RetryDecision(
            retry_in={"seconds": RETRY_SECONDS if job.attempts < PATIENT_AFTER else PATIENT_RETRY_SECONDS}
        )


def watcher(given: Settings) -> Callable[[str], None]:
    """Told each step of answering; with ``CRASH_TESTS=1`` (never otherwise) it kills the worker, once,

    at the step whose name lies in ``DATA_DIR/run/die-at-step``; the file is deleted first.
    """
    if os.environ.get("CRASH_TESTS") != "1":
        return lambda step: None
    order = given.data_dir / "run" / "die-at-step"

    def at_step(step: str) -> None:
        if order.exists() and order.read_text().strip() == step:
            order.unlink()
            os.kill(os.getpid(), signal.SIGKILL)

    return at_step


def turns(engine: AsyncEngine, given: Settings, addresses: Mapping[str, str]) -> Turns:
    """What answering needs, from the settings."""
    trackers = Trackers(create_engine(database_url_of(given.database_url, given.rasa_database)))
    return Turns(
        engine=engine,
        dialogue=Dialogue(given.rasa_urls, given.rasa_timeout_seconds),
        trackers=trackers,
        clock=now,
        patience=Patience(given.max_attempts, given.rasa_patience_seconds),
        raw_event_days=given.raw_event_days,
        numbers=numbers_to_call,
        own_data=OwnData(trackers, derive, given.base_url).settle,
        wordless=without_words,
        channels=addresses,
        at_step=watcher(given),
    )


async def numbers_to_call(session: AsyncSession, words: str) -> Reply:
    """The numbers for this danger, without buttons: an official is in the talk already."""
    return reply_from({**await emergency_payload(session, words), "buttons": []})


def delivery(engine: AsyncEngine, given: Settings, found: Channels) -> Delivery:
    """What delivering needs, from the settings."""
    return Delivery(engine, found.platforms, now, given.delivery_attempts, watcher(given))


async def without_words(session: AsyncSession, conversation: Conversation, message: Message) -> list[Reply]:
    """What is said to photos, voice notes and files alone."""
    return await answer_wordless(session, conversation, message, now())


def receiving_of(engine: AsyncEngine, given: Settings, found: Channels) -> Receiving:
    """What receiving photos, voice notes and files needs, from the settings."""
    return Receiving(
        engine=engine,
        storage=Files(given.data_dir, given.media_free_bytes),
        fetcher=Fetcher(found.files, found.proxies),
        limits=limits_of(given),
        clock=now,
        hidden_hours=given.sealed_hold_hours,
        at_step=watcher(given),
    )


def jobs_of(answering: Turns, delivering: Delivery, receiving: Receiving, found: Channels) -> procrastinate.App:
    """The procrastinate application with every job of this product."""
    app = job_app(settings().database_url)
    media_jobs.register(app, receiving)

    @app.task(name=ANSWER_JOB, retry=Soon())
    async def answer(conversation_id: str) -> None:
        await answering.answer_all(UUID(conversation_id))

    @app.periodic(cron="*/10 * * * *")
    @app.task(name="tidy", queueing_lock="tidy")
    async def tidy(timestamp: int) -> None:
        async with unit_of_work(answering.engine) as session:
            await retention.apply(session, settings(), now())
            await retention.forget_trackers(session, answering.trackers, settings(), now())
            await close_after_grace(session, now())
            await finish_erasures(session, now())
            await withdraw_without_consent(session, now())
            await linking.forget_old_codes(session, now())
            await forget_expired(session)
            await forget_old_paces(session)
        await media_jobs.tidy(receiving, now())

    @app.periodic(cron="*/10 * * * *")
    @app.task(name="watch_clocks", queueing_lock="watch_clocks")
    async def watch_clocks(timestamp: int) -> None:
        async with unit_of_work(answering.engine) as session:
            await warn(session, now())
            await write_digests(session, now())

    @app.periodic(cron="*/5 * * * *")
    @app.task(name="remind", queueing_lock="remind")
    async def remind(timestamp: int) -> None:
        async with unit_of_work(answering.engine) as session:
            await remind_due(session, now())

    channel_jobs.register(app, delivering, found)
    return app


async def sweep(app: procrastinate.App, engine: AsyncEngine, receiving: Receiving) -> None:
    """Once: put back jobs of dead workers, queue messages that no job owns, end holds whose time is over."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        await app.job_manager.retry_job(job)
    async with unit_of_work(engine) as session:
        await holds.delete_expired(session, now(), settings().sealed_hold_hours)
        for conversation in await unanswered(session, now() - timedelta(seconds=SWEEP_SECONDS)):
            if not await session.scalar(channel_jobs.OWNED, {"lock": str(conversation)}):
                await defer_in(session, ANSWER_JOB, lock=str(conversation), conversation_id=str(conversation))
        await channel_jobs.queue_due_deliveries(session, now(), SWEEP_SECONDS)
    await media_jobs.sweep(receiving, now())


async def keep_sweeping(app: procrastinate.App, engine: AsyncEngine, receiving: Receiving) -> None:
    """Sweep for ever, in the worker's own loop, so that a full queue cannot keep it from running."""
    while True:
        try:
            await sweep(app, engine, receiving)
        except (SQLAlchemyError, procrastinate.exceptions.ProcrastinateException, OSError) as error:
            log.error("sweep_failed", error=type(error).__name__)
        await asyncio.sleep(SWEEP_SECONDS)


async def run() -> None:
    """Work until told to stop; ends by itself when its LISTEN connection died, and is then started anew."""
    engine, given = create_engine(), settings()
    found = channels(given, engine, now)
    answering, receiving = turns(engine, given, found.addresses), receiving_of(engine, given, found)
    app = jobs_of(answering, delivery(engine, given, found), receiving, found)
    async with app.open_async():
        inbox = inbox_of(given, engine, found, now)
        beside = [
            keep_sweeping(app, engine, receiving),
            channel_jobs.keep_draining(inbox),
            *(run(inbox) for run in found.beside),
        ]
        tasks = [asyncio.create_task(one) for one in beside]
        try:
            await _work(app, given)
        finally:
            for task in tasks:
                await _end(task)
            await answering.dialogue.close()
            await found.close()
            await receiving.fetcher.close()


async def _work(app: procrastinate.App, given: Settings) -> None:
    """Answers, deliveries and media each have their own hands; when one ends, all do."""
    answering = asyncio.create_task(_hands(app, "default", given.worker_concurrency, hears_signals=True))
    delivering = asyncio.create_task(_hands(app, DELIVERIES, given.delivery_concurrency, hears_signals=False))
    receiving = asyncio.create_task(_hands(app, MEDIA, media_jobs.HANDS, hears_signals=False))
    await asyncio.wait({answering, delivering, receiving}, return_when=asyncio.FIRST_COMPLETED)
    for task in (answering, delivering, receiving):
        await _end(task)


async def _hands(app: procrastinate.App, queue: str, concurrency: int, *, hears_signals: bool) -> None:
    await app.run_worker_async(
        queues=[queue],
        concurrency=concurrency,
        fetch_job_polling_interval=1.0,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=STALLED_SECONDS,
        delete_jobs="always",
        shutdown_graceful_timeout=10.0,
        install_signal_handlers=hears_signals,
    )


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def main() -> None:
    configure_logging(settings().log_level)
    log.info("worker_started", at=local(datetime.now(UTC)).isoformat())
    asyncio.run(run())


if __name__ == "__main__":
    main()
