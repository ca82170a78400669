"""``python -m benchmarks.chaos --size small``: run the product, kill its processes under load, judge what is left.

Exit 0 when nothing was lost, answered twice, opened twice or out of order; the counts go to reports/chaos.json.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from contextlib import suppress
from dataclasses import dataclass

from benchmarks.chaos.killing import Killer
from benchmarks.chaos.talks import Talk, talks
from benchmarks.chaos.verdict import Heard, Kept, Verdict, judge
from benchmarks.chat import Chat, Sent, open_client
from benchmarks.product import NotRunning, Product, running
from bot.settings import PROJECT

REPORT = PROJECT / "reports" / "chaos.json"
SETTLE_SECONDS = 75.0
"""How long after the last kill every message must have been answered."""
OVERLAP_SECONDS = 0.05
SETTINGS = {"REPLY_WAIT_SECONDS": "5", "RASA_PATIENCE_SECONDS": "120", "MAX_ATTEMPTS": "150"}
"""Patient, since something is dead most of the time: what is judged is that every message is answered, not how soon."""


@dataclass(frozen=True)
class Size:
    """How many conversations of five messages, how many kills between their waves, for how long to kill at most."""

    conversations: int
    kills_a_wave: int
    most_seconds: float


SIZES = {"small": Size(40, 3, 120.0), "large": Size(200, 12, 900.0)}


def main() -> int:
    """0, or 1 when a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos")
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6), help="for the dice")
    chosen = parser.parse_args()
    started = time.monotonic()
    try:
        verdict = _run(SIZES[chosen.size], random.Random(chosen.seed))  # noqa: S311 - dice, no secret
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


def _run(size: Size, dice: random.Random) -> Verdict:
    _say("Chaos: starting the product …")
    with running("chaos", SETTINGS) as product:
        verdict = asyncio.run(_torture(product, size, dice))
        if not verdict.is_clean:
            _say(f"Chaos: logs and data stay in {product.folder}")
            raise Broken(verdict)
    return verdict


async def _torture(product: Product, size: Size, dice: random.Random) -> Verdict:
    chosen = talks(size.conversations, dice)
    kept = Kept(product.database_url())
    _say(f"Chaos: {sum(len(talk.words) for talk in chosen)} messages in {len(chosen)} conversations, killing …")
    async with open_client() as client:
        chats = [Chat(client, product.url) for _ in chosen]
        until = time.monotonic() + size.most_seconds + SETTLE_SECONDS
        killer = Killer(product, kept.answered, client, dice)
        killing = asyncio.create_task(killer.run())
        talking = [
            asyncio.create_task(_talk(chat, talk, killer, size.kills_a_wave, until))
            for chat, talk in zip(chats, chosen, strict=True)
        ]
        await asyncio.wait(talking, timeout=size.most_seconds)
        killer.over = True
        killing.cancel()
        with suppress(asyncio.CancelledError):
            await killing
        await asyncio.gather(*talking)
        await _quiet(kept)
        shown = [await chat.messages() if chat.token else [] for chat in chats]
    heard = [Heard(talk, chat.sent, view) for talk, chat, view in zip(chosen, chats, shown, strict=True)]
    return judge(heard, kept.messages(), kept.cases(), killer.killed, killer.slowest_return_s)


async def _talk(chat: Chat, talk: Talk, killer: Killer, kills_a_wave: int, until: float) -> None:
    """A report's next words come with each wave; of the questions after the first, two at a time."""
    under_way: set[asyncio.Task[Sent]] = set()
    for number, words in enumerate(talk.words):
        wave = number if talk.in_turn else (number + 1) // 2
        await killer.after(wave * kills_a_wave)
        await asyncio.sleep(OVERLAP_SECONDS)
        if talk.in_turn or chat.token is None:
            await chat.say(words, until=until)
        else:
            under_way.add(asyncio.create_task(chat.say(words, until=until)))
    await asyncio.gather(*under_way)


async def _quiet(kept: Kept) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(SETTLE_SECONDS):
            while kept.unanswered():  # noqa: ASYNC110 - the database tells nobody that it is quiet
                await asyncio.sleep(0.5)


def _report(verdict: Verdict, seed: int, seconds: float) -> None:
    result = {**verdict.as_json(), "seconds": round(seconds, 1), "seed": seed}
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    for name, value in result.items():
        if name != "found":
            _say(f"  {name:18} {value!s:>8}")
    if not verdict.proves_something:
        _say("  ! too few kills or too many talks given to officials: this run proves little")
    for line in verdict.found:
        _say(f"  ! {line}")
    _say(f"  → {REPORT.relative_to(PROJECT)}")


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
