"""Reception days, dialogues and other meetings where the resident lives."""

from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.local import place_of, told_here
from actions.turn import Turn
from bot.clock import local, now
from bot.language import fold
from bot.places.service import Place, communes
from bot.receptions.queries import upcoming
from bot.receptions.wording import told, told_none
from knowledge_base.answering import ASK_OFFICIAL, reply_to

KINDS = {"reception": "reception", "dialogue": "dialogue"}
_WHEN = ("hom nao", "ngay nao", "khi nao", "bao gio", "luc nao", "may gio", "thu may", "lich", "hom nay", "mai", "tuan")
DAYS_AHEAD = 45
SHOWN_COMMUNES = 6
WHICH_COMMUNE = "Bác muốn xem lịch của xã nào? Bác bấm chọn, hoặc nhắn tên xã giúp tôi."


async def reception_reply(session: AsyncSession, turn: Turn, today: date) -> dict[str, Any] | None:
    """The days of the resident's commune when the question asks when; else None."""
    if turn.topic not in KINDS or not (_asks_when(turn.words) or "place" in turn.entities):
        return None
    return await _meetings(session, turn, await place_of(session, turn), today)


async def _meetings(session: AsyncSession, turn: Turn, place: Place | None, today: date) -> dict[str, Any]:
    law = await reply_to(session, turn.words, turn.understanding, today)
    if place is None:
        return await _ask_commune(session, turn, law)
    kind = KINDS[turn.topic or ""]
    meetings = await upcoming(session, place.commune.id, kind, today, DAYS_AHEAD, at=local(now()).time())
    text = told(meetings) if meetings else told_none(place.commune.label, DAYS_AHEAD, sample=True)
    return told_here(turn, text, law)


async def _ask_commune(session: AsyncSession, turn: Turn, law: dict[str, Any] | None) -> dict[str, Any]:
    """The rule where one fits, with a button for each commune to see its own days."""
    buttons = [
        {"label": f"Lịch {commune.label}", "intent": f"ask_{turn.topic}", "entities": {"place": commune.label}}
        for commune in (await communes(session))[:SHOWN_COMMUNES]
    ]
    rule = law if law and law["kind"] == "answer" else {"kind": "clarify", "text": WHICH_COMMUNE, "topic": turn.topic}
    return {**rule, "buttons": [*buttons, {"label": ASK_OFFICIAL, "intent": "talk_to_human"}]}


def _asks_when(words: str) -> bool:
    folded = f" {fold(words)} "
    return any(f" {phrase} " in folded for phrase in _WHEN)
