"""Messages at an even pace, whether or not earlier ones are answered: which pace is still answered in time?"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

PROMISED_MS = 500.0
"""What 95 of 100 messages must keep."""
ANSWER_SECONDS = 30.0

Ask = Callable[[int], Awaitable[bool]]
"""Sends the message of that number and waits for its answer; False when there was none."""


@dataclass(frozen=True)
class Pace:
    """So many messages a second were sent; how long answers took, how many never came."""

    per_second: float
    messages: int
    lost: int
    p50_ms: float
    p95_ms: float

    @property
    def is_kept(self) -> bool:
        return not self.lost and self.p95_ms <= PROMISED_MS


async def fastest(ask: Ask, rates: Sequence[float], seconds: float) -> tuple[Pace | None, list[Pace]]:
    """The highest of the rising rates that was kept, and all that were tried: up to the first that was not."""
    tried: list[Pace] = []
    for rate in rates:
        tried.append(await at(ask, rate, seconds))
        if not tried[-1].is_kept:
            break
    return next((pace for pace in reversed(tried) if pace.is_kept), None), tried


async def at(ask: Ask, per_second: float, seconds: float) -> Pace:
    """That many messages a second, for so long."""
    started, count = time.perf_counter(), max(2, round(per_second * seconds))
    asked = []
    for number in range(count):
        await asyncio.sleep(started + number / per_second - time.perf_counter())
        asked.append(asyncio.create_task(_timed(ask, number)))
    found = await asyncio.gather(*asked)
    times = [1_000 * took for took in found if took is not None]
    lost = count - len(times)
    if len(times) < 2:
        return Pace(per_second, count, lost, 0.0, 0.0)
    return Pace(per_second, count, lost, round(median(times), 1), round(quantiles(times, n=20)[-1], 1))


async def _timed(ask: Ask, number: int) -> float | None:
    """Seconds until the answer, None when there was none."""
    started = time.perf_counter()
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            answered = await ask(number)
    except TimeoutError:
        return None
    return time.perf_counter() - started if answered else None
