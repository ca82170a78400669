"""Asking which “đối thoại” is meant where neither words nor talk tell."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.turn import Turn
from bot.conversations.meaning import topic_before
from bot.language import normalised, syllables
from knowledge_base.answering import clarify_payload
from knowledge_base.dialogue_senses import ANSWERS, CHOICES, WHICH, is_unclear
from knowledge_base.queries import facts_of


async def which_dialogue(session: AsyncSession, turn: Turn) -> dict[str, Any] | None:
    """Three buttons in plain words; None where no dialogue is asked about, or it is clear which."""
    said = syllables(normalised(turn.words))
    if not is_unclear(said) or not is_unclear(said, await topic_before(session, turn.message_id)):
        return None
    choices = [
        {
            "label": label,
            "intent": f"ask_{ANSWERS[sense].split('-', 1)[0]}",
            "entities": {"answer": ANSWERS[sense]},
            "facts": await facts_of(session, ANSWERS[sense]),
        }
        for sense, label in CHOICES.items()
    ]
    asked = clarify_payload(())
    return {**asked, "text": WHICH, "topic": "dialogue", "buttons": [*choices, *asked["buttons"]]}
