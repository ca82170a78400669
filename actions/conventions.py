"""What the convention of a resident's village says."""

from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.local import place_of, told_here
from actions.turn import Turn
from knowledge_base import conventions
from knowledge_base.answering import reply_to


async def convention_reply(session: AsyncSession, turn: Turn, today: date) -> dict[str, Any] | None:
    """The village's own text when the question is about conventions and the village is known; else None."""
    if turn.topic != "convention":
        return None
    place = await place_of(session, turn)
    if place is None or place.village is None:
        return None
    law = await reply_to(session, turn.words, turn.understanding, today)
    return told_here(turn, await conventions.answer(session, place.village, turn.words), law)
