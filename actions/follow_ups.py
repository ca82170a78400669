"""Words that go on about the answer before them."""

from datetime import date
from typing import Any

from rasa_sdk.events import EventType
from sqlalchemy.ext.asyncio import AsyncSession

from actions.conventions import convention_reply
from actions.turn import Turn
from knowledge_base.follow_ups import follow_up_reply

FOLLOWS, WANTED = "follows", "wanted"
"""Entities: the answer gone on about, and what is wanted of it."""


async def gone_on(
    session: AsyncSession, turn: Turn, today: date
) -> tuple[dict[str, Any] | None, list[EventType]] | None:
    """The reply to a follow-up; None for a message that stands by itself."""
    if FOLLOWS not in turn.entities:
        return None
    if turn.topic == "convention" and (village := await convention_reply(session, turn, today)):
        return village
    last, wanted = str(turn.entities[FOLLOWS]), str(turn.entities.get(WANTED))
    return await follow_up_reply(session, turn.words, last, wanted, today), []
