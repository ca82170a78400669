"""Several engines: an errand keeps to its own, and goes to another only where nobody listens."""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest

from bot.conversations.dialogue import Dialogue, DialogueFailed, Said
from tests.conversations.stand_in import StandIn, failing_app, serve

NOBODY = "http://127.0.0.1:9"
EVEN, ODD = UUID(int=2 * 10**30), UUID(int=2 * 10**30 + 1)


@pytest.fixture
async def broken() -> AsyncIterator[str]:
    """An engine that answers 500."""
    async for url in serve(failing_app):
        yield url


async def heard_by(engine: StandIn, urls: list[str], errand: UUID) -> int:
    """How many turns the engine was asked for."""
    dialogue, before = Dialogue(urls, 2.0), len(engine.heard)
    try:
        await dialogue.say(Said(errand, 1, "chào"), {})
    finally:
        await dialogue.close()
    return len(engine.heard) - before


@pytest.mark.parametrize("errand", [EVEN, ODD])
async def test_where_nobody_listens_another_is_asked(engine_stand_in: StandIn, errand: UUID) -> None:
    assert await heard_by(engine_stand_in, [engine_stand_in.url, NOBODY], errand) == 1
    assert await heard_by(engine_stand_in, [NOBODY, engine_stand_in.url], errand) == 1


async def test_an_errand_keeps_to_its_engine(engine_stand_in: StandIn, broken: str) -> None:
    urls = [engine_stand_in.url, broken]
    assert await heard_by(engine_stand_in, urls, EVEN) == 1
    with pytest.raises(DialogueFailed, match="500"):  # it let us in: asking another might answer twice
        await heard_by(engine_stand_in, urls, ODD)


async def test_nobody_at_all() -> None:
    dialogue = Dialogue([NOBODY, NOBODY], 1.0)
    with pytest.raises(DialogueFailed):
        await dialogue.say(Said(uuid4(), 1, "chào"), {})
    assert not await dialogue.ready()
    await dialogue.close()
