"""What holds where the resident lives: reception days, dialogues, a village's convention."""

from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.turn import Turn
from bot.clock import local, now
from bot.conversations.service import conversation_of
from bot.language import fold
from bot.places.models import Commune
from bot.places.service import Place, communes, places_named
from bot.receptions.queries import upcoming
from bot.receptions.wording import told, told_none
from knowledge_base import conventions
from knowledge_base.answering import ASK_OFFICIAL, reply_to

KINDS = {"reception": "reception", "dialogue": "dialogue"}
_WHEN = ("hom nao", "ngay nao", "khi nao", "bao gio", "luc nao", "may gio", "thu may", "lich", "hom nay", "mai", "tuan")
DAYS_AHEAD = 45
SHOWN_COMMUNES = 6
WHICH_COMMUNE = "Bác muốn xem lịch của xã nào? Bác bấm chọn, hoặc nhắn tên xã giúp tôi."


async def local_reply(session: AsyncSession, turn: Turn, today: date) -> dict[str, Any] | None:
    """A local answer when the question is about dates or a convention and the place is known; else None."""
    place = await _place(session, turn)
    if turn.topic == "convention" and place and place.village:
        return await _convention(session, turn, place, today)
    if turn.topic in KINDS and (_asks_when(turn.words) or "place" in turn.entities):
        return await _meetings(session, turn, place, today)
    return None


async def _place(session: AsyncSession, turn: Turn) -> Place | None:
    """The place named now, else the one of the report being taken down, else the conversation's."""
    named = await places_named(session, f"{turn.entities.get('place') or ''} {turn.words}")
    if named:
        return named[0] if len(named) == 1 else None
    in_report = turn.slots.get("commune_id")
    commune_id = in_report or (await conversation_of(session, turn.message_id)).commune_id
    return Place(await session.get_one(Commune, int(commune_id)), None) if commune_id else None


async def _meetings(session: AsyncSession, turn: Turn, place: Place | None, today: date) -> dict[str, Any]:
    law = await reply_to(session, turn.words, turn.understanding, today)
    if place is None:
        return await _ask_commune(session, turn, law)
    kind = KINDS[turn.topic or ""]
    meetings = await upcoming(session, place.commune.id, kind, today, DAYS_AHEAD, at=local(now()).time())
    text = told(meetings) if meetings else told_none(place.commune.label, DAYS_AHEAD, sample=True)
    return _told(turn, text, law)


async def _ask_commune(session: AsyncSession, turn: Turn, law: dict[str, Any] | None) -> dict[str, Any]:
    """The rule where one fits, with a button for each commune to see its own days."""
    buttons = [
        {"label": f"Lịch {commune.label}", "intent": f"ask_{turn.topic}", "entities": {"place": commune.label}}
        for commune in (await communes(session))[:SHOWN_COMMUNES]
    ]
    rule = law if law and law["kind"] == "answer" else {"kind": "clarify", "text": WHICH_COMMUNE, "topic": turn.topic}
    return {**rule, "buttons": [*buttons, {"label": ASK_OFFICIAL, "intent": "talk_to_human"}]}


async def _convention(session: AsyncSession, turn: Turn, place: Place, today: date) -> dict[str, Any] | None:
    if place.village is None:
        return None
    law = await reply_to(session, turn.words, turn.understanding, today)
    return _told(turn, await conventions.answer(session, place.village, turn.words), law)


def _told(turn: Turn, text: str, law: dict[str, Any] | None) -> dict[str, Any]:
    """Local words first; the rule they rest on behind “xem thêm”, with its citations."""
    rule = law if law and law["kind"] == "answer" else {}
    kept = {key: rule.get(key) for key in ("answer", "facts", "citations") if rule.get(key)}
    human = {"label": ASK_OFFICIAL, "intent": "talk_to_human"}
    return {"kind": "answer", "text": text, "more": rule.get("text"), "topic": turn.topic, **kept, "buttons": [human]}


def _asks_when(words: str) -> bool:
    folded = f" {fold(words)} "
    return any(f" {phrase} " in folded for phrase in _WHEN)
