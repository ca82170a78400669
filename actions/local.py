"""What answers about the place where a resident lives have in common: which place, and how local words are told."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.turn import Turn
from bot.conversations.service import conversation_of
from bot.places.models import Commune
from bot.places.service import Place, places_named
from knowledge_base.answering import ASK_OFFICIAL


async def place_of(session: AsyncSession, turn: Turn) -> Place | None:
    """The place named now, else the one of the report being taken down, else the conversation's."""
    named = await places_named(session, f"{turn.entities.get('place') or ''} {turn.words}")
    if named:
        return named[0] if len(named) == 1 else None
    in_report = turn.slots.get("commune_id")
    commune_id = in_report or (await conversation_of(session, turn.message_id)).commune_id
    return Place(await session.get_one(Commune, int(commune_id)), None) if commune_id else None


def told_here(turn: Turn, text: str, law: dict[str, Any] | None) -> dict[str, Any]:
    """Local words first; the rule they rest on behind “xem thêm”, with its citations."""
    rule = law if law and law["kind"] == "answer" else {}
    kept = {key: rule.get(key) for key in ("answer", "facts", "citations") if rule.get(key)}
    human = {"label": ASK_OFFICIAL, "intent": "talk_to_human"}
    return {"kind": "answer", "text": text, "more": rule.get("text"), "topic": turn.topic, **kept, "buttons": [human]}
