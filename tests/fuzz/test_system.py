"""The same through all processes, Rasa included: no 5xx, no hang, every accepted message answered, no case opened."""

import asyncio

import httpx
import pytest

from tests.fuzz.inputs import Inputs
from tests.fuzz.requests import Asked, chat_request, sent
from tests.fuzz.size import SEED, SYSTEM_REQUESTS
from tests.system.product import Product
from tests.system.waiting import until

pytestmark = [pytest.mark.model, pytest.mark.slow]
AT_ONCE = 8
RESIDENTS = "messages where sender = 'resident'"
ANSWERED_SECONDS = 120.0


async def test_the_running_system(product: Product) -> None:
    cases, before = _count(product, "cases"), _count(product, RESIDENTS)
    slots, accepted = asyncio.Semaphore(AT_ONCE), []
    async with httpx.AsyncClient(base_url=product.url) as client:
        tokens = [await _begun(client) for _ in range(1 + SYSTEM_REQUESTS // 40)]

        async def ask(number: int) -> None:
            seed = f"{SEED}:system:{number}"
            asked = chat_request(Inputs(seed), tokens[number % len(tokens)])
            async with slots:
                answer = await _patiently(client, asked)
            assert answer.status_code < 500, (seed, answer.text)
            accepted.append(asked.method == "POST" and answer.is_success)

        await asyncio.gather(*(ask(number) for number in range(SYSTEM_REQUESTS)))
    until(lambda: _count(product, "messages where state = 'queued'") == 0, ANSWERED_SECONDS, "every message answered")
    assert _count(product, RESIDENTS) == before + len(tokens) + sum(accepted)
    assert _count(product, "cases") == cases
    until(product.is_ready, 10, "every part is well")


async def _begun(client: httpx.AsyncClient) -> str:
    answer = await client.post("/api/v1/chat", json={"text": "xin chào"}, timeout=30)
    token: str = answer.json()["conversation"]
    client.cookies.clear()
    return token


async def _patiently(client: httpx.AsyncClient, asked: Asked) -> httpx.Response:
    """A POST waits up to 20 s for the bot's words; one that came too fast is not sent again."""
    client.cookies.clear()
    return await sent(client, asked, seconds=40)


def _count(product: Product, what: str) -> int:
    with product.database() as connection:
        row = connection.execute(f"select count(*) from {what}").fetchone()
    return int(row[0]) if row else 0
