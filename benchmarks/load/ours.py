"""Our product under a steady pace: what each process spends, and how long messages wait before they are taken up."""

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from statistics import median, quantiles
from typing import Any

import httpx
import psutil
import psycopg

from benchmarks.chat import Chat
from benchmarks.end_to_end.measures import SETTINGS, WORDS
from benchmarks.load.steady import Ask, at, fastest
from benchmarks.product import Product, running_beside

CHATS = 400
"""More residents than messages that are under way, so that no message waits for its own talk."""
ALONE_RATE, ALONE_SECONDS = 2.0, 10.0
WAITED = """
select extract(epoch from min(r.at) - m.at) * 1000 from messages m join messages r on r.in_reply_to = m.id
where m.sender = 'resident' and m.id > %s group by m.id, m.at
"""
NEWEST = "select coalesce(max(id), 0) from messages"


async def measure(client: httpx.AsyncClient, workers: int, rasas: int, rates: list[float], seconds: float) -> Any:
    """The figures of one arrangement, as the report gives them."""
    settings = {**SETTINGS, "WORKERS": str(workers), "RASA_PROCESSES": str(rasas)}
    async with running_beside("load", settings) as product:
        ask = _asking(client, product)
        alone = await _watched(product, ask, ALONE_RATE, ALONE_SECONDS)
        best, tried = await fastest(ask, rates, seconds)
        at_best = await _watched(product, ask, best.per_second if best else rates[0], seconds)
        understanding = await _understanding(client, product, rates, seconds)
        memory = _memory(product)
    queue = {name: round(max(0.0, at_best[name] - alone["answered_after_p50_ms"]), 1) for name in AFTER}
    return {
        "workers": workers,
        "rasa_processes": rasas,
        "messages_per_s": best.per_second if best else 0.0,
        "paces": [vars(pace) for pace in tried],
        "queue_wait_p50_ms": queue["answered_after_p50_ms"],
        "queue_wait_p95_ms": queue["answered_after_p95_ms"],
        "cpu_ms_per_message": at_best["cpu_ms_per_message"],
        "memory_mb": memory,
        "understood_per_s": understanding,
    }


AFTER = ("answered_after_p50_ms", "answered_after_p95_ms")


def _asking(client: httpx.AsyncClient, product: Product) -> Ask:
    chats, numbers = [Chat(client, product.url) for _ in range(CHATS)], count()

    async def ask(number: int) -> bool:
        mine = next(numbers)
        sent = await chats[mine % CHATS].say(WORDS[mine % len(WORDS)])
        return bool(sent.replies)

    return ask


async def _watched(product: Product, ask: Ask, rate: float, seconds: float) -> dict[str, Any]:
    """One pace, with what each process spent on a message and how long after its arrival one was answered."""
    before, since = _cpu(product), _newest(product)
    pace = await at(ask, rate, seconds)
    spent = {name: 1_000 * (after - before.get(name, 0.0)) for name, after in _cpu(product).items()}
    waited = _answered_after(product, since)
    return {
        "answered_after_p50_ms": round(median(waited), 1),
        "answered_after_p95_ms": round(quantiles(waited, n=20)[-1], 1),
        "cpu_ms_per_message": {name: round(cpu / pace.messages, 2) for name, cpu in sorted(spent.items())},
    }


async def _understanding(client: httpx.AsyncClient, product: Product, rates: list[float], seconds: float) -> float:
    """Our Rasa alone over HTTP: the highest pace at which one process says in time what words mean."""
    port = psutil.Process(product.pids()["worker"]).environ()["RASA_PORT"]

    async def ask(number: int) -> bool:
        address = f"http://127.0.0.1:{port}/webhooks/gateway/parse"
        return (await client.post(address, json={"text": WORDS[number % len(WORDS)]}, timeout=30)).is_success

    best, _ = await fastest(ask, [4 * rate for rate in rates], seconds)
    return best.per_second if best else 0.0


def _newest(product: Product) -> int:
    with psycopg.connect(product.database_url()) as connection:
        row = connection.execute(NEWEST).fetchone()
    return int(row[0]) if row else 0


def _answered_after(product: Product, since: int) -> list[float]:
    """Milliseconds from each message's arrival to its answer, as the database tells."""
    with psycopg.connect(product.database_url()) as connection:
        return [float(ms) for (ms,) in connection.execute(WAITED, [since])]


def _cpu(product: Product) -> Mapping[str, float]:
    """Seconds of each kind of process so far, its children included."""
    spent: dict[str, float] = defaultdict(float)
    for name, process in _processes(product):
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            spent[name] += times.user + times.system
    return spent


def _memory(product: Product) -> Mapping[str, float]:
    """Megabytes of each kind of process; what several share counts once."""
    used: dict[str, float] = defaultdict(float)
    for name, process in _processes(product):
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            used[name] += process.memory_full_info().pss / 1_048_576
    return {name: round(megabytes, 1) for name, megabytes in sorted(used.items())}


def _processes(product: Product) -> list[tuple[str, psutil.Process]]:
    found = []
    for name, pid in product.pids().items():
        with suppress(psutil.NoSuchProcess):
            family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
            found += [(name.partition("-")[0], process) for process in family]
    return found
