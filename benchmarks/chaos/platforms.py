"""Zalo and Telegram of a chaos run, in our own process: what they do wrong, and how the product's webhooks answer."""

import asyncio
import random
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import psutil

from benchmarks.product import Product
from bot.settings import PROJECT
from bot.supervisor import stand_ins
from bot.supervisor.ports import free_run
from tests.platforms import telegram_app, zalo_app
from tests.platforms.courier import Event, Outcome
from tests.platforms.serving import LoopbackServer, server
from tests.platforms.telegram.account import Telegram
from tests.platforms.zalo.account import Zalo

WRONG_CALLS = {"5xx": 0.06, "429": 0.0, "unreachable": 0.01, "timeout_after_accepting": 0.01, "slow": 0.02}
"""What of the product's calls fails, 10 % in all; “too many” comes by itself at Telegram's real limits."""
LATE_MS = {"slow": 700, "timeout_after_accepting": 12_000}
REPEATED_EVENTS = 0.2
AT_ONCE = 100
"""So often one update comes in parallel."""
ANSWER_SECONDS = 2.0


@dataclass
class Webhooks:
    """How the product took events. Seconds of every answered try; tries that nobody answered, by what they met."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    refused: int = 0
    """Nobody listened, or the connection was cut: web was dead."""
    late: int = 0
    """No answer within Zalo's two seconds, though somebody listened."""
    taken: dict[str, asyncio.Event] = field(default_factory=dict)

    def note(self, event: Event, outcome: Outcome) -> None:
        """One try."""
        if outcome.status is not None and not outcome.problem:
            self.seconds.append(outcome.seconds)
            self.statuses[outcome.status] = self.statuses.get(outcome.status, 0) + 1
        elif outcome.problem == "ReadTimeout":
            self.late += 1
            self.seconds.append(ANSWER_SECONDS)
        elif outcome.status is None:
            self.refused += 1
        if outcome.is_taken and (number := message_of(event)):
            self.arrival(number).set()

    def arrival(self, number: str) -> asyncio.Event:
        """Set once the product has taken the resident's message of that number."""
        return self.taken.setdefault(number, asyncio.Event())

    @property
    def p99_ms(self) -> float:
        ordered = sorted(self.seconds)
        return round(1_000 * ordered[int(0.99 * (len(ordered) - 1))], 1) if ordered else 0.0


@dataclass
class Platforms:
    """Both stand-ins, served."""

    zalo: Zalo
    telegram: Telegram
    port: int
    """Zalo's; Telegram has the next."""
    webhooks: Webhooks
    servers: list[LoopbackServer]

    def settings(self) -> dict[str, str]:
        """With these the product takes them for the platforms."""
        return dict(stand_ins.environment_at(f"http://127.0.0.1:{self.port}", f"http://127.0.0.1:{self.port + 1}"))

    def connect(self, product: Product) -> None:
        """Consent and webhooks, with the settings that the product itself runs with."""
        environment = psutil.Process(product.pids()["worker"]).environ()
        command = [sys.executable, "-m", "tests.platforms.connecting"]
        subprocess.run(command, cwd=PROJECT, env=environment, check=True, timeout=60)

    def misbehave(self) -> None:
        """From now on a tenth of the calls fails and a fifth of the events is repeated."""
        for platform in (self.zalo, self.telegram):
            for kind, rate in WRONG_CALLS.items():
                if rate:
                    platform.faults.add({"kind": kind, "rate": rate, "delay_ms": LATE_MS.get(kind, 0)})
            platform.faults.add({"kind": "duplicates", "rate": REPEATED_EVENTS})

    def hundredfold(self) -> None:
        """The next update of each comes a hundred times in parallel."""
        for platform in (self.zalo, self.telegram):
            platform.faults.add({"kind": "duplicates", "times": AT_ONCE - 1})


@asynccontextmanager
async def platforms(dice: random.Random) -> AsyncIterator[Platforms]:
    """Both on free ports, until the block ends."""
    port, webhooks = free_run(2), Webhooks()
    zalo, telegram = Zalo(f"http://127.0.0.1:{port}", dice), Telegram(dice=dice)
    servers = [server(zalo_app(zalo)[1], port), server(telegram_app(telegram)[1], port + 1)]
    zalo.courier.tried = telegram.courier.tried = webhooks.note
    serving = [asyncio.create_task(one.serve()) for one in servers]
    while not all(one.started for one in servers):  # noqa: ASYNC110 - uvicorn tells it no other way
        await asyncio.sleep(0.02)
    try:
        yield Platforms(zalo, telegram, port, webhooks, servers)
    finally:
        await zalo.courier.stop()
        await telegram.courier.stop()
        for one in servers:
            one.should_exit = True
        await asyncio.gather(*serving)


def message_of(event: Event) -> str | None:
    """The number of the resident's message that an event tells of; None for every other event."""
    if "update_id" in event.body:
        told = event.body.get("message")
        return str(told["message_id"]) if told else None
    is_theirs = str(event.body.get("event_name", "")).startswith("user_send_")
    return str(event.body["message"]["msg_id"]) if is_theirs else None
