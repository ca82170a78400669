"""Trouble for a running product: one process after the other killed with SIGKILL, and some made to stand still."""

import asyncio
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import httpx
import psutil

from benchmarks.product import Product

VICTIMS = ("worker", "actions", "rasa", "web", "postgres")
LONGEST_DOWN_SECONDS = 30.0
"""After this the next one is killed even if the one before is not back."""
ANSWERS = (2, 10)
"""So many messages, between these, are answered before the next one is killed."""
LONGEST_PEACE_SECONDS = 4.0
"""After this the next one is killed though nothing was to be answered."""
ASK_SECONDS = 0.1


@dataclass(frozen=True)
class Trouble:
    """A process is killed, or stands still for so many seconds, with all that it has started."""

    name: str
    still_seconds: float = 0.0


def plan(dice: random.Random, rounds: int, stills: Sequence[Trouble]) -> list[Trouble]:
    """Every victim killed once in each round, in an order of chance; the stills spread evenly between the rounds."""
    kills = [[Trouble(name) for name in dice.sample(VICTIMS, len(VICTIMS))] for _ in range(rounds)]
    for number, still in enumerate(stills, 1):
        kills[number * rounds // (len(stills) + 1)].append(still)
    return [trouble for part in kills for trouble in part]


@dataclass
class Killer:
    """Makes the trouble of its plan until that or the time is over; ``killed`` counts by name.

    The next one comes once all are well and some messages answered: faster, a slow machine would do nothing else
    than start processes.
    """

    product: Product
    troubles: Sequence[Trouble]
    answered: Callable[[], int]
    client: httpx.AsyncClient
    dice: random.Random
    killed: Counter[str] = field(default_factory=Counter)
    still_seconds: Counter[str] = field(default_factory=Counter)
    slowest_return_s: float = 0.0
    made: int = 0
    """How many troubles there were so far."""
    over: bool = False

    async def run(self) -> None:
        """All of the plan; chance decides the moment, so that the kills fall on every step of answering."""
        for trouble in self.troubles:
            await self._some_answers()
            await asyncio.sleep(self.dice.uniform(0, 0.3))
            before = self.product.pids()
            if trouble.name in before:
                await self._make(trouble, before)
            self.made += 1
        self.over = True

    async def _make(self, trouble: Trouble, before: Mapping[str, int]) -> None:
        if trouble.still_seconds:
            await self._still(trouble, before)
        else:
            self._kill(trouble.name, before[trouble.name])
        await self._back(trouble, before)

    async def after(self, troubles: int) -> None:
        """Return when there were so many, or they are over."""
        while self.made < troubles and not self.over:  # noqa: ASYNC110 - simple, and quick enough
            await asyncio.sleep(ASK_SECONDS)

    async def _some_answers(self) -> None:
        enough, until = self.answered() + self.dice.randint(*ANSWERS), time.monotonic() + LONGEST_PEACE_SECONDS
        while self.answered() < enough and time.monotonic() < until:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(ASK_SECONDS)

    def _kill(self, name: str, pid: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            self.killed[name] += 1

    async def _still(self, trouble: Trouble, before: Mapping[str, int]) -> None:
        with standing_still(before[trouble.name]):
            await asyncio.sleep(trouble.still_seconds)
        self.still_seconds[trouble.name] += round(trouble.still_seconds)

    async def _back(self, trouble: Trouble, before: Mapping[str, int]) -> None:
        died = time.monotonic()
        while time.monotonic() < died + LONGEST_DOWN_SECONDS:
            replaced = self.product.pids().get(trouble.name) not in (None, before[trouble.name])
            if (replaced or trouble.still_seconds) and await self._is_well():
                break
            await asyncio.sleep(ASK_SECONDS)
        self.slowest_return_s = round(max(self.slowest_return_s, time.monotonic() - died), 1)

    async def _is_well(self) -> bool:
        """Whatever the platforms do: the faults ordered there are no illness of ours."""
        try:
            health = await self.client.get(f"{self.product.url}/health", timeout=4)
        except httpx.TransportError:
            return False
        parts = health.json()["parts"]
        return all(parts[name]["status"] == "ok" for name in ("database", "worker", "rasa", "actions"))


@contextmanager
def standing_still(pid: int) -> Iterator[None]:
    """The process and its children do nothing inside the block, as when a machine hangs; they go on afterwards."""
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    for process in family:
        with suppress(psutil.NoSuchProcess):
            process.suspend()
    try:
        yield
    finally:
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.resume()
