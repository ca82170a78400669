"""Reception days, dialogues and other meetings where the resident lives."""

from typing import Any

from rasa_sdk.events import EventType, SlotSet
from sqlalchemy.ext.asyncio import AsyncSession

from actions.local import told_here
from actions.turn import Turn
from bot.clock import local, now
from bot.conversations.service import conversation_of, remember_commune
from bot.receptions.answering import Local, Question, local_days
from bot.receptions.calendars import address
from bot.settings import settings
from knowledge_base.answering import ASK_OFFICIAL, reply_to


async def reception_reply(session: AsyncSession, turn: Turn) -> tuple[dict[str, Any], list[EventType]] | None:
    """The days asked for, or where; with what is to be remembered of the question. None for other questions."""
    moment = local(now())
    found = await local_days(session, await _question(session, turn), moment)
    if found is None:
        return None
    if found.commune_id is not None:
        await remember_commune(session, turn.message_id, found.commune_id)
    law = await reply_to(session, turn.words, turn.understanding, moment.date())
    return _with_law(turn, found, law), [SlotSet("asked_meetings", list(found.waiting) if found.waiting else None)]


async def _question(session: AsyncSession, turn: Turn) -> Question:
    commune_id = turn.slots.get("commune_id") or (await conversation_of(session, turn.message_id)).commune_id
    waiting = turn.slots.get("asked_meetings")
    return Question(
        said=turn.words,
        topic=turn.topic,
        place=turn.entities.get("place"),
        kind=turn.entities.get("meeting_kind"),
        commune_id=int(commune_id) if commune_id else None,
        waiting=(waiting[0], waiting[1]) if waiting else None,
    )


def _with_law(turn: Turn, found: Local, law: dict[str, Any] | None) -> dict[str, Any]:
    """The days with their rule behind them; without a place the rule itself, where one fits, and the way there."""
    buttons = found.payload.get("buttons", [])
    if found.settled:
        told = told_here(turn, found.payload["text"], law)
        more = "\n\n".join(filter(None, (told["more"], _file(found.calendar))))
        return {**told, "kind": found.payload["kind"], "more": more or None, "buttons": [*buttons, *told["buttons"]]}
    human = {"label": ASK_OFFICIAL, "intent": "talk_to_human"}
    if found.rule_first and law and law["kind"] == "answer":
        text = f"{law['text']}\n\n{found.payload['text']}"
        return {**law, "text": text, "buttons": [*buttons, human]}
    return {**found.payload, "topic": turn.topic, "buttons": [*buttons, human]}


def _file(name: str | None) -> str | None:
    return f"Tệp lịch cho điện thoại: {address(settings().base_url, name)}" if name else None
