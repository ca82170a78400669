"""What a resident's short words mean in the light of what the bot said last; from our own rows, whatever the errand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.following import follow_up
from bot.conversations.models import Errand, Message
from bot.conversations.picking import picked
from bot.conversations.queries import Shown, latest_replies
from bot.language import normalised, syllables
from bot.places.service import names_only_place

FEW = 4
"""So many of the last replies are looked at."""
STILL = timedelta(minutes=30)
"""After this long a talk begins anew."""
NAME_PLACE = "name_place"
PLACES_OF_BUTTONS = frozenset({"place", "commune", "village"})
"""Entities of the buttons under “xã nào?”, “bản nào?”."""
PASSED_OVER = frozenset({"small_talk"})
"""Replies that do not change what the talk is about."""


@dataclass(frozen=True)
class Meaning:
    """The words and intent that the dialogue engine is told instead."""

    words: str
    intent: str
    entities: dict[str, Any] = field(default_factory=dict)


async def short_words(session: AsyncSession, message: Message, errand_id: UUID) -> Meaning | None:
    """What typed words mean after the last replies; a pressed button and an open form's answers mean what they are."""
    errand = await session.get_one(Errand, errand_id)
    if message.body.get("intent") or errand.form:
        return None
    replies = await latest_replies(session, message.conversation_id, FEW)
    said = message.text or ""
    return meaning(said, replies, message.at) or await _place_named(session, said, _last(replies, message.at))


async def topic_before(session: AsyncSession, message_id: int) -> str | None:
    """The topic of the answer given last before that message; None where the talk is of nothing in particular."""
    message = await session.get_one(Message, message_id)
    last = _last(await latest_replies(session, message.conversation_id, FEW), message.at)
    return last.message.body.get("topic") if last and last.message.kind == "answer" else None


async def _place_named(session: AsyncSession, said: str, last: Shown | None) -> Meaning | None:
    """A place and nothing else: the answer to “xã nào?”, or the beginning of something about that place."""
    if not await names_only_place(session, said):
        return None
    return Meaning(said, _asks_place(last) or NAME_PLACE)


def _asks_place(last: Shown | None) -> str | None:
    """The intent of the question that the last reply asked a place for; None where it asked for none."""
    if last is None or last.message.kind != "clarify":
        return None
    return next((b.intent for b in last.buttons if b.entities.keys() & PLACES_OF_BUTTONS), None)


def meaning(text: str, replies: Sequence[Shown], at: datetime) -> Meaning | None:
    """What ``text``, said at that moment, means after ``replies`` (newest first); None when it stands by itself."""
    last = _last(replies, at)
    if last is None:
        return None
    said = syllables(normalised(text))
    if last.message.kind == "clarify":
        return _choice(said, last)
    return _going_on(text, said, last) if last.message.kind == "answer" else None


def _last(replies: Sequence[Shown], at: datetime) -> Shown | None:
    """The reply that the talk is still about at that moment."""
    last = next((shown for shown in replies if shown.message.kind not in PASSED_OVER), None)
    return last if last and at - last.message.at <= STILL else None


def _choice(said: Sequence[str], last: Shown) -> Meaning | None:
    labels = [syllables(normalised(button.label)) for button in last.buttons]
    away = next((n for n, button in enumerate(last.buttons) if button.intent == "talk_to_human"), None)
    chosen = picked(said, labels, away)
    if chosen is None:
        return None
    button = last.buttons[chosen]
    return Meaning(button.label, button.intent, button.entities)


def _going_on(text: str, said: Sequence[str], last: Shown) -> Meaning | None:
    answer, topic = last.message.body.get("answer"), last.message.body.get("topic")
    wanted = follow_up(said)
    if not (answer and topic and wanted):
        return None
    return Meaning(text, f"ask_{topic}", {"follows": answer, "wanted": wanted})
