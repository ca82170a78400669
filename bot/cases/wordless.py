"""What is said to photos, voice notes, files and locations without words: kept with a report, or to a human."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.changes import Resident
from bot.cases.merging import living
from bot.cases.models import Case
from bot.cases.resident_steps import add_words
from bot.cases.states import OPEN
from bot.conversations import service
from bot.conversations.errands import continues
from bot.conversations.models import Conversation, Errand, Message
from bot.conversations.replies import Reply
from bot.conversations.saying import open_question, without_words
from bot.media.kinds import FILE, LOCATION, VOICE, spoken
from bot.media.models import Media
from bot.media.queries import of_messages
from bot.media.sentences import NOT_HEARD, NOT_READ, NOT_SEEN

REPORT_FORM = "feedback_form"
IN_A_ROW = timedelta(minutes=3)
"""What comes so soon after an acknowledgement, without words between, is acknowledged by it."""
_WITH_REPORT = "Tôi đã kèm {what} vào phản ánh bác đang kể. Bác gửi thêm được nữa."
_WITH_CASE = "Tôi đã kèm {what} vào phiếu {code}. Nếu là việc khác, bác kể giúp tôi đó là việc gì."
_TO_A_HUMAN = "Tôi đã nhận {what} của bác. {honest} Tôi đã chuyển cho {office}. {when}"
_PLACE_ALONE = "Tôi đã ghi {what} bác gửi. Bác muốn hỏi hay phản ánh việc gì ở đó, bác kể giúp tôi một câu."
ACKNOWLEDGES = {"acknowledges": True}
"""In a reply's body: what comes right after it needs no acknowledgement of its own."""
_OTHERS = {VOICE: NOT_HEARD, FILE: NOT_READ}


async def answer_wordless(
    session: AsyncSession,
    conversation: Conversation,
    message: Message,
    at: datetime,
) -> list[Reply]:
    """The replies to a message that brought something and said nothing; none to the second and third photo in a row."""
    brought = (await of_messages(session, [message.id]))[message.id]
    taken = [media for media in brought if media.state != "refused"]
    silent = await _just_acknowledged(session, conversation.id, at)
    if not brought:
        return [] if silent else [_acknowledged(without_words(message))]
    if not taken:  # told already
        return []
    errand = await _report(session, conversation, at)
    if errand is not None:
        message.errand_id = errand.id
        return [] if silent else await _with_report(session, conversation, taken)
    case = await _open_case(session, conversation.id)
    if case is not None:
        await add_words(session, case, Resident(conversation.id, message.id), f"Gửi thêm {_what(taken)}.", at)
        return [] if silent else [_acknowledged(_WITH_CASE.format(what=_what(taken), code=case.code))]
    if all(media.kind == LOCATION for media in taken):
        message.errand_id = conversation.errand_id
        return [] if silent else [_acknowledged(_PLACE_ALONE.format(what=_what(taken)))]
    return [await _to_a_human(session, message, taken, at)]


async def _report(session: AsyncSession, conversation: Conversation, at: datetime) -> Errand | None:
    """The errand in which a report is being taken down."""
    errand = await session.get(Errand, conversation.errand_id) if conversation.errand_id else None
    if errand is None or errand.form != REPORT_FORM:
        return None
    goes_on = continues(messages=errand.messages, form=errand.form, last_at=errand.last_at, now=at)
    return errand if goes_on else None


async def _with_report(session: AsyncSession, conversation: Conversation, taken: Sequence[Media]) -> list[Reply]:
    """What the report still asks is asked again, so that it does not get lost."""
    asked = [replace(reply, body=ACKNOWLEDGES) for reply in await open_question(session, conversation)]
    return [_acknowledged(_WITH_REPORT.format(what=_what(taken))), *asked]


async def _open_case(session: AsyncSession, conversation_id: UUID) -> Case | None:
    """The newest case from this talk, where it is still open."""
    query = select(Case).where(Case.conversation_id == conversation_id).order_by(Case.created_at.desc()).limit(1)
    case = await session.scalar(query)
    return case if case and (await living(session, case)).state in OPEN else None


async def _to_a_human(session: AsyncSession, message: Message, taken: Sequence[Media], at: datetime) -> Reply:
    office = await service.hand_over(session, message.id, "media", at)
    honest = " ".join(dict.fromkeys(_OTHERS.get(media.kind, NOT_SEEN) for media in taken if media.kind != LOCATION))
    when = await service.answering_time(session, office, at)
    words = _TO_A_HUMAN.format(what=_what(taken), honest=honest, office=office.name, when=when)
    return Reply("handover", words)


async def _just_acknowledged(session: AsyncSession, conversation_id: UUID, at: datetime) -> bool:
    """Whether the last thing said in this talk, wordless messages aside, was such an acknowledgement, just now."""
    query = select(Message).where(Message.conversation_id == conversation_id, Message.text != "")
    last = await session.scalar(query.order_by(Message.id.desc()).limit(1))
    return bool(last and last.sender == "bot" and last.body.get("acknowledges") and at - last.at < IN_A_ROW)


def _acknowledged(words: str) -> Reply:
    return Reply("notice", words, ACKNOWLEDGES)


def _what(taken: Sequence[Media]) -> str:
    return spoken(Counter(media.kind for media in taken))
