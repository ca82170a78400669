"""``python -m benchmarks.simulation --size small``: a province's year through the real services on a real database.

Communes are shared out between processes, which live half a day at a time; between them the worker's jobs run: cases
are closed, warnings and digests written. Exit 0 when every case is accounted for; figures in reports/simulation.json.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from benchmarks.simulation.share import HalfDay, Share, serve
from benchmarks.simulation.town import Town, build, decree, own_limits
from benchmarks.simulation.verdict import Verdict, judge
from benchmarks.simulation.year import SIZES, Size, arrivals, floods
from bot.cases.clocks.digests import write_digests
from bot.cases.clocks.models import CaseWarning, Clock
from bot.cases.clocks.warnings import warn
from bot.cases.service import close_after_grace
from bot.clock import VIETNAM
from bot.db import create_engine, unit_of_work
from bot.db.schema import migrate
from bot.settings import PROJECT
from bot.supervisor.postgres import FOR_TESTS, EmbeddedPostgres

REPORT = PROJECT / "reports" / "simulation.json"
HALVES = (clock(7, 31), clock(13, 31))
LONGEST_DRAIN = 150
"""Days after the last report until everything must have ended."""


def main() -> int:
    """0, or 1 when a case is not accounted for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.simulation")
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--seed", type=int, default=2027)
    chosen = parser.parse_args()
    os.environ.setdefault("SERVER_KEY", "only for the simulation")
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="xa-hoi-simulation-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with EmbeddedPostgres(Path(folder), FOR_TESTS) as url:
            migrate(url)
            verdict, done = asyncio.run(_run(url, SIZES[chosen.size], chosen.seed))
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(verdict.report, indent=2) + "\n", encoding="utf-8")
    _say(verdict, done, time.monotonic() - started)
    return 0 if verdict.unaccounted == 0 and verdict.cases == SIZES[chosen.size].cases else 1


async def _run(url: str, size: Size, seed: int) -> tuple[Verdict, Counter[str]]:
    dice, engine = Random(seed), create_engine(url)  # noqa: S311 - dice, no secret
    first = _moments(size.first, 1)[0][0]
    async with unit_of_work(engine) as session:
        town = await build(session, dice, size.communes, first)
    with _shares(url, size, seed, town, dice) as pipes:
        last = await _live(engine, size, pipes)
        done, sent = _ended(pipes)
    async with unit_of_work(engine) as session:
        verdict = await judge(session, sent, last)
    await engine.dispose()
    return verdict, done


@contextmanager
def _shares(url: str, size: Size, seed: int, town: Town, dice: Random) -> Iterator[list[Connection]]:
    """A process per core, each with its communes; ended with the block."""
    sent, cores = arrivals(dice, size, floods(dice, size)), max(1, os.cpu_count() or 1)
    context = multiprocessing.get_context("spawn")
    pipes, processes = [], []
    for core in range(cores):
        ours, theirs = context.Pipe()
        share = Share(url, f"{seed}/{core}", town, [a for a in sent if a.commune % cores == core])
        process = context.Process(target=serve, args=(share, theirs), daemon=True)
        process.start()
        theirs.close()
        pipes.append(ours)
        processes.append(process)
    try:
        yield pipes
    finally:
        for pipe in pipes:
            pipe.close()
        for process in processes:
            process.join(10)
            process.terminate()


async def _live(engine: AsyncEngine, size: Size, pipes: Sequence[Connection]) -> datetime:
    """Half day after half day until nothing is left to happen; the moment when that was."""
    seen, sending = 0, size.first + timedelta(days=size.days)
    for number, (begin, end) in enumerate(_moments(size.first, size.days + LONGEST_DRAIN)):
        await _decrees(engine, number, size, begin)
        seen, warnings = await _jobs(engine, begin, seen)
        for pipe in pipes:
            pipe.send(HalfDay(begin, end, warnings))
        busy = [pipe.recv().busy for pipe in pipes]
        if begin.astimezone(VIETNAM).date() > sending and not any(busy):
            return end
    return end


async def _jobs(engine: AsyncEngine, at: datetime, seen: int) -> tuple[int, list[tuple[UUID, str]]]:
    """What the worker does by itself; the newest warning's id, and the new warnings by case."""
    async with unit_of_work(engine) as session:
        while await close_after_grace(session, at):
            await session.flush()
        await warn(session, at)
        await write_digests(session, at)
        rows = select(CaseWarning.id, Clock.case_id, CaseWarning.kind).join(Clock, Clock.id == CaseWarning.clock_id)
        new = (await session.execute(rows.where(CaseWarning.id > seen).order_by(CaseWarning.id))).all()
    return max((row[0] for row in new), default=seen), [(row[1], row[2]) for row in new if row[1]]


async def _decrees(engine: AsyncEngine, half: int, size: Size, at: datetime) -> None:
    """A day off after a storm, a Saturday worked for it, and from the middle on the province's own limits."""
    day = half // 2
    if half % 2:
        return
    async with unit_of_work(engine) as session:
        if day == size.days // 3:
            ahead = size.first + timedelta(days=day + 3)
            saturday = ahead + timedelta(days=(5 - ahead.weekday()) % 7 + 7)
            await decree(session, ahead, False, at)
            await decree(session, saturday, True, at)
        if day == size.days // 2:
            await own_limits(session, at)


def _ended(pipes: Sequence[Connection]) -> tuple[Counter[str], set[UUID]]:
    done: Counter[str] = Counter()
    sent: set[UUID] = set()
    for pipe in pipes:
        pipe.send(None)
        counts, ids = pipe.recv()
        done += counts
        sent |= ids
    return done, sent


def _moments(first: date, days: int) -> list[tuple[datetime, datetime]]:
    """The half days, as begin and end in UTC."""
    begins = [
        datetime.combine(first + timedelta(days=d), half, VIETNAM).astimezone(UTC)
        for d in range(-1, days + 1)
        for half in HALVES
    ]
    return list(pairwise(begins[1:]))


def _say(verdict: Verdict, done: Counter[str], seconds: float) -> None:
    lines = [
        f"{verdict.cases} cases, {verdict.unaccounted} unaccounted for, {verdict.still_open} still open",
        f"replied {verdict.replied_pct} %   on time {verdict.on_time_pct} % of {verdict.settled} settlements   "
        f"satisfied {verdict.satisfaction_pct} % of {verdict.rated} who rated",
        "   ".join(f"{name} {number}" for name, number in sorted(done.items())),
        *(f"{name}: {number}" for name, number in verdict.faults.items() if number),
        f"{seconds:.0f} s → {REPORT.relative_to(PROJECT)}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
