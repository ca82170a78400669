"""Four measurements of a running product, each with its own conversations."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from statistics import median, quantiles

from benchmarks.chat import Chat, open_client
from benchmarks.product import Product

WORDS = (
    "xã phải công khai những gì cho dân",
    "hương ước là gì",
    "xin chào",
    "xa phai cong khai nhung gi cho dan",
    "thu hồi đất thì dân được hỏi ý kiến không",
    "lịch tiếp công dân xã Nậm Lúa",
    "cảm ơn",
)
WARM_UP, SINGLE = 40, 140
CONVERSATIONS, EACH = 16, 20
LONG, WINDOW = 310, 20
SETTINGS = {"MESSAGES_PER_TEN_SECONDS": "100000", "NEW_CONVERSATIONS_PER_MINUTE": "100000"}
"""A resident may send 20 messages in 10 s; here the road is measured, not that limit."""


@dataclass(frozen=True)
class EndToEnd:
    """Milliseconds from POST to the whole answer; CPU of all processes, PostgreSQL's included."""

    p50_ms: float
    p95_ms: float
    messages_per_s: float
    cpu_ms_per_message: float
    p50_ms_at_1: float
    p50_ms_at_300: float


class Unanswered(RuntimeError):
    """A message of the measurement was not answered in time, so the figures would be worth nothing."""


async def measure(product: Product) -> EndToEnd:
    """All four, one after the other."""
    async with open_client() as client:
        await _times(Chat(client, product.url), WARM_UP)
        singles = await _times_of_short_talks([Chat(client, product.url) for _ in range(SINGLE // len(WORDS))])
        rate, cpu = await _rate_and_cost(product, [Chat(client, product.url) for _ in range(CONVERSATIONS)])
        long = await _times(Chat(client, product.url), LONG)
    return EndToEnd(
        p50_ms=_rounded(median(singles)),
        p95_ms=_rounded(quantiles(singles, n=20)[-1]),
        messages_per_s=round(rate, 1),
        cpu_ms_per_message=_rounded(cpu),
        p50_ms_at_1=_rounded(median(long[:WINDOW])),
        p50_ms_at_300=_rounded(median(long[-WINDOW:])),
    )


def as_reported(figures: EndToEnd) -> dict[str, float]:
    """The figures by name."""
    return asdict(figures)


async def _times_of_short_talks(chats: Sequence[Chat]) -> list[float]:
    return [seconds for chat in chats for seconds in await _times(chat, len(WORDS))]


async def _times(chat: Chat, count: int) -> list[float]:
    """Milliseconds of each of so many messages, one at a time."""
    return [await _answered(chat, words) for words in islice(cycle(WORDS), count)]


async def _rate_and_cost(product: Product, chats: Sequence[Chat]) -> tuple[float, float]:
    """Messages per second with all talking at once, and milliseconds of CPU for each."""
    cpu, started = product.cpu_seconds(), time.perf_counter()
    await asyncio.gather(*(_times(chat, EACH) for chat in chats))
    seconds, cpu, messages = time.perf_counter() - started, product.cpu_seconds() - cpu, EACH * len(chats)
    return messages / seconds, 1_000 * cpu / messages


async def _answered(chat: Chat, words: str) -> float:
    sent = await chat.say(words)
    if not sent.replies or sent.tries > 1:
        raise Unanswered(f"{words!r} after {sent.tries} tries: {len(sent.replies)} replies")
    return 1_000 * sent.seconds


def _rounded(milliseconds: float) -> float:
    return round(milliseconds, 1)
