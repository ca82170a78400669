"""What a resident says about words of theirs that lie sealed: “đúng”, “đây là phản ánh”, “tôi chỉ hỏi”."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import holds, sentences
from bot.conversations.hold_words import reading
from bot.conversations.incoming import HOLD_INTENTS
from bot.conversations.models import Conversation, Message
from bot.conversations.replies import Reply
from bot.conversations.saying import open_question
from bot.language import fold


async def about_hold(session: AsyncSession, conversation: Conversation, message: Message) -> list[Reply] | None:
    """The replies to “đúng” or “đây là phản ánh” about sealed words; None when the message is about something else."""
    if message.body.get("released") is not None:
        return None
    intent = message.body.get("intent")
    hold = await holds.open_hold(session, conversation.id)
    if intent not in HOLD_INTENTS:
        intent = reading(message.text or "", fold) if hold else None
    if intent is None:
        return None
    if intent == "confirm_denunciation" or hold is None:
        gone = await holds.confirm(session, conversation.id)
        ended = Reply("notice", sentences.HOLD_ENDED if gone else sentences.HOLD_GONE)
        return [ended, *await open_question(session, conversation)]
    await holds.release(session, conversation.id)
    if hold.origin == "official":
        return [Reply("notice", sentences.HOLD_RETURNED_TO_OFFICIAL)]
    message.body = {**message.body, "intent": intent, "released": hold.message_id}
    return None
