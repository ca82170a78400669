"""What the convention of a resident's village says."""

from datetime import date
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from sqlalchemy.ext.asyncio import AsyncSession

from actions.turn import Turn
from bot.conversations.service import conversation_of
from knowledge_base.answering import ASK_OFFICIAL
from knowledge_base.conventions.telling import Choice, Question, Told, offers_own, tell
from knowledge_base.queries import answer_view

VILLAGE, AWAITED = "convention_village", "convention_awaited"
"""Slots: the village whose convention the talk is about; what was asked while its name is awaited."""
CHOSEN = ("section", "village", "commune", "about")
"""Entities that buttons carry."""
FINES = "convention-fines"


async def convention_reply(
    session: AsyncSession, turn: Turn, today: date
) -> tuple[dict[str, Any], list[EventType]] | None:
    """What is told of a village's convention, or which village is meant, with what is to be remembered of it."""
    told = await tell(session, await _question(session, turn), today)
    if told is None:
        return None
    fines = _speaks_of_fines(turn.words) and not told.asks
    return _reply(told, await answer_view(session, FINES, today) if fines else None), _remembered(told)


def _reply(told: Told, law: dict[str, Any] | None) -> dict[str, Any]:
    """The village's own words; the law on fines in conventions behind “xem thêm”."""
    kept = {key: law[key] for key in ("facts", "citations")} if law else {}
    more = "\n\n".join(part for part in (told.more, law["text"] if law else None) if part) or None
    buttons = [*map(button, told.choices), {"label": ASK_OFFICIAL, "intent": "talk_to_human"}]
    kind = "clarify" if told.asks else "answer"
    reply = {"kind": kind, "text": told.text, "more": more, "topic": "convention", "buttons": buttons, **kept}
    return reply | ({"section": told.section} if told.section else {})


async def with_own_village(
    session: AsyncSession, turn: Turn, reply: dict[str, Any] | None, today: date
) -> dict[str, Any] | None:
    """An answer on the law of conventions also offers the text of one's own village."""
    offered = await offers_own(session, await _question(session, turn), today)
    if reply is None or reply["kind"] != "answer" or offered is None:
        return reply
    *others, human = reply["buttons"]
    return {**reply, "buttons": [*others, button(offered), human]}


def button(choice: Choice) -> dict[str, Any]:
    """A choice as a reply's button."""
    return {"label": choice.label, "intent": "ask_convention", "entities": choice.chosen}


async def _question(session: AsyncSession, turn: Turn) -> Question:
    village = turn.slots.get("village_id")
    commune = turn.slots.get("commune_id") or (await conversation_of(session, turn.message_id)).commune_id
    chosen: dict[str, Any] = {name: turn.entities[name] for name in CHOSEN if name in turn.entities}
    return Question(
        words=turn.words,
        topic=turn.topic,
        chosen=chosen,
        place_said=str(turn.entities.get("place") or ""),
        spoken_of=turn.slots.get(VILLAGE),
        awaited=turn.slots.get(AWAITED),
        report_village=int(village) if village else None,
        commune=int(commune) if commune else None,
    )


def _remembered(told: Told) -> list[EventType]:
    village = [SlotSet(VILLAGE, told.village)] if told.village else []
    return [*village, SlotSet(AWAITED, told.awaited)]


def _speaks_of_fines(words: str) -> bool:
    return "phạt" in words.lower() or "phat" in words.lower().split()
