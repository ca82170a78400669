"""What a resident's message says to the dialogue engine, pressed buttons and words given back included."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.dialogue import Said
from bot.conversations.meaning import short_words
from bot.conversations.models import Conversation, Errand, Message
from bot.conversations.sentences import CARRIED, WORDLESS

NOT_SO = frozenset({"deny_emergency", "deny_complaint"})
"""Buttons under the numbers to call and under the guidance on complaints."""
TAKEN_BACK_AS = {"only_asking": "ask_procedure_rights"}
"""What words are once their sender said that they were no denunciation; where not named, a report."""
FORM_INTENTS = frozenset({"affirm", "deny", "cancel", "change_answer", "inform"})


async def said_by(session: AsyncSession, message: Message) -> Said:
    """What the dialogue engine is told: the words, those given back by a button, or what short words go on about.

    ``ValueError`` for a message without an errand.
    """
    if message.errand_id is None:
        raise ValueError(f"message {message.id} has no errand yet")
    taken_back = message.body.get("released") or await _misjudged(session, message)
    if taken_back is not None:
        text = (await session.get_one(Message, taken_back)).text or ""
        meant = TAKEN_BACK_AS.get(message.body.get("intent", ""), "send_feedback")
        return Said(message.errand_id, message.id, text, meant)
    if short := await short_words(session, message, message.errand_id):
        return Said(message.errand_id, message.id, short.words, short.intent, short.entities)
    return Said(
        message.errand_id,
        message.id,
        message.text or "",
        message.body.get("intent"),
        message.body.get("entities") or {},
    )


async def _misjudged(session: AsyncSession, message: Message) -> int | None:
    """The message that a pressed button says was no emergency or complaint; its words are taken as a report."""
    if message.body.get("intent") not in NOT_SO:
        return None
    reply = await session.get(Message, message.body.get("under"))
    return reply.in_reply_to if reply else None


async def presses_old_button(session: AsyncSession, conversation: Conversation, message: Message) -> bool:
    """Whether a button that answers a form is pressed after that form's errand ended."""
    pressed = message.body.get("errand")
    if not pressed or message.errand_id is not None or message.body.get("intent") not in FORM_INTENTS:
        return False
    errand = await session.get(Errand, conversation.errand_id) if conversation.errand_id else None
    return errand is None or str(errand.id) != pressed or errand.form is None


def without_words(message: Message) -> str:
    """What is told to a resident who sent something without a word."""
    kinds = [item["kind"] for item in message.body.get("media") or ()]
    kinds += [name for name in ("location", "contact") if message.body.get(name)]
    names = list(dict.fromkeys(CARRIED[kind] for kind in kinds if kind in CARRIED))
    return WORDLESS.format(what=" và ".join(names) or "tin")
