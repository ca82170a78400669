"""Killing one process after the other with SIGKILL, each as the supervisor's list names it at that moment."""

import asyncio
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle

import httpx

from benchmarks.product import Product

VICTIMS = ("worker", "actions", "rasa", "web")
LONGEST_DOWN_SECONDS = 30.0
"""After this the next one is killed even if the one before is not back."""
ANSWERS = (2, 10)
"""So many messages, between these, are answered before the next one is killed."""
LONGEST_PEACE_SECONDS = 4.0
"""After this the next one is killed though nothing was to be answered."""
ASK_SECONDS = 0.1


@dataclass
class Killer:
    """Kills in turn until cancelled; ``killed`` counts by name.

    The next one is killed once all are well and some messages answered: faster, a slow machine would do nothing else
    than start processes.
    """

    product: Product
    answered: Callable[[], int]
    client: httpx.AsyncClient
    dice: random.Random
    killed: Counter[str] = field(default_factory=Counter)
    slowest_return_s: float = 0.0
    over: bool = False

    async def run(self) -> None:
        """For ever; chance decides the moment, so that the kills fall on every step of answering."""
        for name in cycle(VICTIMS):
            await self._some_answers()
            await asyncio.sleep(self.dice.uniform(0, 0.3))
            before = self.product.pids()
            if name in before:
                self._kill(name, before[name])
                await self._back(name, before)

    async def after(self, kills: int) -> None:
        """Return when so many were killed, or the killing is over."""
        while self.killed.total() < kills and not self.over:  # noqa: ASYNC110 - simple, and quick enough
            await asyncio.sleep(ASK_SECONDS)

    async def _some_answers(self) -> None:
        enough, until = self.answered() + self.dice.randint(*ANSWERS), time.monotonic() + LONGEST_PEACE_SECONDS
        while self.answered() < enough and time.monotonic() < until:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(ASK_SECONDS)

    def _kill(self, name: str, pid: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            self.killed[name] += 1

    async def _back(self, name: str, before: Mapping[str, int]) -> None:
        died = time.monotonic()
        while time.monotonic() < died + LONGEST_DOWN_SECONDS:
            if self.product.pids().get(name) not in (None, before[name]) and await self._is_well():
                break
            await asyncio.sleep(ASK_SECONDS)
        self.slowest_return_s = round(max(self.slowest_return_s, time.monotonic() - died), 1)

    async def _is_well(self) -> bool:
        try:
            health = await self.client.get(f"{self.product.url}/health", timeout=2)
        except httpx.TransportError:
            return False
        return health.is_success and health.json()["status"] == "ok"
