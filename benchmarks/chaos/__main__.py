"""``python -m benchmarks.chaos --size small``: run the product, make trouble for it under load, judge what is left.

Exit 0 when nothing was lost, answered twice, opened twice or out of order and the webhooks answered in time; the counts
go to reports/chaos.json.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from benchmarks.chaos.kept import Kept
from benchmarks.chaos.killing import VICTIMS, Killer, Trouble, plan
from benchmarks.chaos.platforms import Platforms, platforms
from benchmarks.chaos.residents import Resident, resident
from benchmarks.chaos.talks import Talk, talks
from benchmarks.chaos.verdict import Heard, Verdict, judge
from benchmarks.chat import Sent, open_client
from benchmarks.product import NotRunning, Product, running_beside
from bot.settings import PROJECT

REPORT = PROJECT / "reports" / "chaos.json"
SETTLE_SECONDS = 90.0
"""How long after the last kill every message must have been answered."""
OVERLAP_SECONDS = 0.05
SETTINGS = {"REPLY_WAIT_SECONDS": "5", "RASA_PATIENCE_SECONDS": "900", "MAX_ATTEMPTS": "900"}
"""Patient, since something is dead most of the time: what is judged is that every message is answered, not how soon."""


@dataclass(frozen=True)
class Size:
    """How many conversations of five messages, in how many seconds they begin, how often each process is killed,

    who stands still for how long, for how long to make trouble at most, how often one update comes a hundred times.
    """

    conversations: int
    spread_seconds: float
    rounds: int
    stills: Sequence[Trouble]
    most_seconds: float
    hundreds: int
    settle_seconds: float


SIZES = {
    "small": Size(42, 0.0, 2, (Trouble("postgres", 5.0),), 300.0, 1, SETTLE_SECONDS),
    "large": Size(2_000, 60.0, 5, (Trouble("postgres", 30.0), Trouble("rasa", 180.0)), 1_300.0, 5, 300.0),
}


def main() -> int:
    """0, or 1 when a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos")
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6), help="for the dice")
    chosen = parser.parse_args()
    started = time.monotonic()
    try:
        verdict = asyncio.run(_run(SIZES[chosen.size], random.Random(chosen.seed)))  # noqa: S311 - dice, no secret
    except NotRunning as problem:
        _say(f"Chaos: {problem}")
        return 1
    except Broken as broken:
        verdict = broken.verdict
    _report(verdict, chosen.seed, time.monotonic() - started)
    return 0 if verdict.is_clean and verdict.proves_something else 1


class Broken(Exception):
    """A promise was broken; the product's folder stays, to be looked at."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self.verdict = verdict


async def _run(size: Size, dice: random.Random) -> Verdict:
    _say("Chaos: starting the product …")
    async with platforms(dice) as both, running_beside("chaos", {**SETTINGS, **both.settings()}) as product:
        await asyncio.to_thread(both.connect, product)
        verdict = await _torture(product, both, size, dice)
        if not verdict.is_clean:
            _say(f"Chaos: logs and data stay in {product.folder}")
            raise Broken(verdict)
    return verdict


async def _torture(product: Product, both: Platforms, size: Size, dice: random.Random) -> Verdict:
    chosen = talks(size.conversations, dice)
    kept = Kept(product.database_url())
    _say(f"Chaos: {sum(len(talk.words) for talk in chosen)} messages in {len(chosen)} conversations, killing …")
    async with open_client() as client:
        until = time.monotonic() + size.most_seconds + size.settle_seconds
        killer = Killer(product, plan(dice, size.rounds, size.stills), kept.answered, client, dice)
        people = [resident(number, both, client, product.url) for number in range(len(chosen))]
        both.misbehave()
        await _all_at_once(people, chosen, killer, both, size, until)
        await _quiet(kept, size.settle_seconds)
        views = [await one.view() for one in people]
    heard = [Heard(talk, one.channel, one.sent, view) for talk, one, view in zip(chosen, people, views, strict=True)]
    verdict = judge(heard, kept.messages(), kept.sendings(), kept.cases())
    _add_circumstances(verdict, killer, both)
    return verdict


async def _all_at_once(
    people: Sequence[Resident], chosen: Sequence[Talk], killer: Killer, both: Platforms, size: Size, until: float
) -> None:
    troubling = asyncio.create_task(killer.run())
    repeating = asyncio.create_task(_repeat(both, killer, len(killer.troubles), size.hundreds))
    waves = len(killer.troubles) // 4
    talking = [
        asyncio.create_task(_talk(one, talk, killer, waves, size.spread_seconds * number / len(people), until))
        for number, (one, talk) in enumerate(zip(people, chosen, strict=True))
    ]
    await asyncio.wait([troubling, *talking], timeout=size.most_seconds)
    killer.over = True
    for task in (troubling, repeating):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await asyncio.gather(*talking)


async def _repeat(both: Platforms, killer: Killer, troubles: int, hundreds: int) -> None:
    """The same update a hundred times in parallel, now and then."""
    for number in range(hundreds):
        await killer.after(number * troubles // hundreds)
        both.hundredfold()


async def _talk(one: Resident, talk: Talk, killer: Killer, wave_troubles: int, late: float, until: float) -> None:
    """A report's next words come with each wave; of the questions after the first, two at a time."""
    under_way: set[asyncio.Task[Sent]] = set()
    for number, words in enumerate(talk.words):
        wave = number if talk.in_turn else (number + 1) // 2
        await killer.after(wave * wave_troubles)
        await asyncio.sleep(OVERLAP_SECONDS + late)
        if talk.in_turn or not one.is_known:
            await one.say(words, until)
        else:
            under_way.add(asyncio.create_task(one.say(words, until)))
    await asyncio.gather(*under_way)


async def _quiet(kept: Kept, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while kept.under_way():  # noqa: ASYNC110 - the database tells nobody that it is quiet
                await asyncio.sleep(0.5)


def _add_circumstances(verdict: Verdict, killer: Killer, both: Platforms) -> None:
    verdict.killed = {name: killer.killed[name] for name in VICTIMS}
    verdict.kills = killer.killed.total()
    verdict.still_seconds, verdict.slowest_return_s = dict(killer.still_seconds), killer.slowest_return_s
    verdict.webhook_p99_ms, verdict.webhook_calls = both.webhooks.p99_ms, len(both.webhooks.seconds)
    verdict.webhook_late, verdict.webhook_refused = both.webhooks.late, both.webhooks.refused
    verdict.webhook_statuses = dict(both.webhooks.statuses)


def _report(verdict: Verdict, seed: int, seconds: float) -> None:
    result = {**verdict.as_json(), "seconds": round(seconds, 1), "seed": seed}
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    for name, value in result.items():
        if name != "found":
            _say(f"  {name:18} {value!s:>8}")
    if not verdict.proves_something:
        _say("  ! too few kills or too many talks given to officials: this run proves little")
    for line in verdict.found[:40]:
        _say(f"  ! {line}")
    _say(f"  → {REPORT.relative_to(PROJECT)}")


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
