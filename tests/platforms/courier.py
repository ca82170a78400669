"""Bringing events to the product's webhook: in order per resident, again after a failure, faults included."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from tests.platforms.faults import Faults

ANSWER_SECONDS = 2.0
"""Zalo's rule; Telegram waits longer, but the product need not know."""
CONNECTIONS = 40


@dataclass(frozen=True)
class Event:
    """What the platform tells of one resident. ``forged``: with a signature that is wrong."""

    user_id: str
    body: dict[str, Any]
    key: str
    forged: bool = False


@dataclass(frozen=True)
class Outcome:
    """How one try went: an HTTP status, or the name of what prevented an answer."""

    status: int | None
    problem: str = ""
    seconds: float = 0.0

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


Bring = Callable[[Event, int], Awaitable[Outcome]]


class Courier:
    """``bring(event, retry)`` is one try; ``pauses`` are the seconds before the first, second … repetition."""

    def __init__(self, faults: Faults, bring: Bring, pauses: Sequence[float]) -> None:
        self.faults = faults
        self.bring = bring
        self.pauses = pauses
        self.lost: Callable[[Event], None] = lambda event: None
        """Told of an event that was never taken."""
        self.tried: Callable[[Event, Outcome], None] = lambda event, outcome: None
        """Told of each try."""
        self.under_way: set[asyncio.Task[None]] = set()
        self._last: dict[str, asyncio.Event] = {}
        self._came: dict[str, asyncio.Event] = {}

    def take(self, event: Event) -> None:
        """Bring it, behind the resident's earlier one; its repetitions do not hold up the later ones."""
        before, first_try = self._last.get(event.user_id), asyncio.Event()
        self._last[event.user_id] = first_try
        if (waiting := self._came.pop(event.user_id, None)) is not None:
            waiting.set()
        held = self.faults.strikes("reordering")
        next_one = asyncio.Event()
        if held is not None:
            self._came[event.user_id] = next_one
            first_try.set()
        work = self._held(event, next_one, held.seconds) if held else self._brought(event, before, first_try)
        task = asyncio.create_task(work)
        self.under_way.add(task)
        task.add_done_callback(self.under_way.discard)

    async def stop(self) -> None:
        for task in self.under_way:
            task.cancel()
        await asyncio.gather(*self.under_way, return_exceptions=True)

    async def _held(self, event: Event, next_one: asyncio.Event, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await next_one.wait()
                await asyncio.sleep(0.2)
        except TimeoutError:
            pass
        await self._brought(event, None, asyncio.Event())

    async def _brought(self, event: Event, before: asyncio.Event | None, first_try: asyncio.Event) -> None:
        if before is not None:
            await before.wait()
        if self.faults.strikes("wrong_signature"):
            await self.bring(Event(event.user_id, event.body, event.key, forged=True), 0)
            first_try.set()
            return
        again = self.faults.strikes("duplicates")
        tries = [self._try(event, 0) for _ in range(1 + (again.times if again else 0))]
        outcomes = await asyncio.gather(*tries)
        first_try.set()
        if not any(outcome.is_taken for outcome in outcomes):
            await self._repeated(event)

    async def _try(self, event: Event, retry: int) -> Outcome:
        outcome = await self.bring(event, retry)
        self.tried(event, outcome)
        return outcome

    async def _repeated(self, event: Event) -> None:
        for retry, pause in enumerate(self.pauses, 1):
            await asyncio.sleep(pause)
            if (await self._try(event, retry)).is_taken:
                return
        self.lost(event)


class Poster:
    """POSTs a body to an address, as a platform does: two seconds, no redirects.

    A call that is late ends by the client's own limits: cancelled, it would keep its place in httpcore's pool for ever.
    """

    def __init__(self) -> None:
        self._connections = asyncio.Semaphore(CONNECTIONS)
        limits = httpx.Limits(max_connections=CONNECTIONS, keepalive_expiry=2)
        self._client = httpx.AsyncClient(timeout=ANSWER_SECONDS, limits=limits, trust_env=False)

    async def post(self, url: str, body: bytes, headers: dict[str, str]) -> Outcome:
        """One try."""
        async with self._connections:
            started = time.perf_counter()
            call = asyncio.create_task(self._client.post(url, content=body, headers=headers))
            await asyncio.wait({call}, timeout=ANSWER_SECONDS)
            if not call.done():
                call.add_done_callback(lambda late: late.cancelled() or late.exception())
                return Outcome(None, "ReadTimeout", ANSWER_SECONDS)
            try:
                answer = await call
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                return Outcome(None, type(error).__name__, time.perf_counter() - started)
            return Outcome(answer.status_code, "", time.perf_counter() - started)

    async def close(self) -> None:
        await self._client.aclose()
