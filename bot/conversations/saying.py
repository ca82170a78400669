"""What a resident's message says to the dialogue engine, pressed buttons and words given back included."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.dialogue import Said
from bot.conversations.meaning import short_words
from bot.conversations.models import Conversation, Errand, Message
from bot.conversations.queries import with_buttons
from bot.conversations.replies import Reply, ReplyButton
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
    """What is told to a resident who sent a sticker or a contact without a word."""
    names = [CARRIED[kind] for kind in message.body["carried"] if kind in CARRIED]
    return WORDLESS.format(what=" và ".join(dict.fromkeys(names)) or "tin")


def is_wordless(message: Message) -> bool:
    """Whether it brought something and said nothing."""
    return not message.text and not message.sealed and bool(message.body.get("carried"))


async def open_question(session: AsyncSession, conversation: Conversation) -> list[Reply]:
    """What the open report last asked, to be asked again."""
    errand = await session.get(Errand, conversation.errand_id) if conversation.errand_id else None
    if errand is None or errand.form is None or conversation.owner != "bot":
        return []
    asked = select(Message).where(Message.errand_id == errand.id, Message.kind == "ask").order_by(Message.id.desc())
    shown = await with_buttons(session, list(await session.scalars(asked.limit(1))))
    return [
        Reply(
            "ask",
            question.message.text or "",
            buttons=tuple(ReplyButton(b.label, b.intent, b.entities, b.facts) for b in question.buttons),
        )
        for question in shown
    ]
