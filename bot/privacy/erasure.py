"""Erasing what a resident said: messages, raw events, buttons, holds, gaps, notices, bookings, cases that have ended.

What stays holds no words: that a message was, when, on which channel; of a case its code, field, office, states and
times, whose chain covers digests only, so that it still verifies. A case that is still open keeps its words until it
ends; they are erased then.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.attachments import erase_of_cases, erase_of_talks
from bot.cases.clocks import data_requests
from bot.cases.models import Case, CaseEntry, CaseRating
from bot.cases.routing.models import FieldCorrection
from bot.cases.states import STATES
from bot.conversations.models import (
    Button,
    Conversation,
    DataRequest,
    Errand,
    Gap,
    Message,
    Notice,
    RawEvent,
    SealedHold,
)
from bot.conversations.residents import own_conversations
from bot.places.models import Commune
from bot.privacy.models import Erasure
from bot.publications.service import withdraw_of
from bot.receptions.models import Booking

GONE = "(đã xóa theo yêu cầu của người dân)"
"""Stands where words were that may not be empty."""


async def erase(session: AsyncSession, conversation_id: UUID, message_id: int, at: datetime) -> Erasure:
    """Erase all that the resident said up to that message, on every channel of theirs; once per message."""
    before = await session.scalar(select(Erasure).where(Erasure.message_id == message_id))
    if before:
        return before
    own = own_conversations(conversation_id)
    await _erase_talks(session, own, message_id)
    open_cases = await _erase_ended_cases(session, own, at)
    finished = None if open_cases else at
    row = Erasure(
        conversation_id=conversation_id, message_id=message_id, at=at, open_cases=open_cases, finished_at=finished
    )
    session.add(row)
    requests = update(DataRequest).where(DataRequest.conversation_id.in_(own), DataRequest.done_at.is_(None))
    done = await session.scalars(requests.values(done_at=at).returning(DataRequest.id))
    await data_requests.met(session, done.all(), at)
    await session.flush()
    return row


async def errands_of(session: AsyncSession, conversation_id: UUID) -> Sequence[UUID]:
    """The errands whose trackers hold the resident's words."""
    query = select(Errand.id).where(Errand.conversation_id.in_(own_conversations(conversation_id)))
    return (await session.scalars(query)).all()


async def finish_erasures(session: AsyncSession, at: datetime) -> int:
    """Erase the words of cases that have ended since their reporter asked for it; how many erasures that completed."""
    waiting = select(Erasure).where(Erasure.finished_at.is_(None)).with_for_update(skip_locked=True)
    finished = 0
    for erasure in (await session.scalars(waiting)).all():
        named = select(Case).where(Case.code.in_(erasure.open_cases))
        cases = (await session.scalars(named)).all()
        ended = [case for case in cases if not STATES[case.state].open]
        await _erase_with_publications(session, ended, at)
        gone = {case.code for case in ended} | (set(erasure.open_cases) - {case.code for case in cases})
        erasure.open_cases = [code for code in erasure.open_cases if code not in gone]
        if not erasure.open_cases:
            erasure.finished_at, finished = at, finished + 1
    return finished


async def erase_cases(session: AsyncSession, cases: Iterable[Case]) -> None:
    """Erase the words of these cases and what was sent with them; their history still verifies."""
    cases = list(cases)
    await erase_of_cases(session, cases)
    for case in cases:
        commune = await session.get(Commune, case.commune_id) if case.commune_id else None
        case.description, case.place, case.title = GONE, commune.label if commune else GONE, None
        await session.execute(update(CaseRating).where(CaseRating.case_id == case.id).values(comment=None))
        await session.execute(delete(FieldCorrection).where(FieldCorrection.case_id == case.id))
        await session.execute(
            update(CaseEntry)
            .where(CaseEntry.case_id == case.id, CaseEntry.note.is_not(None))
            .values(note=None, salt=None)
        )


async def _erase_with_publications(session: AsyncSession, cases: Sequence[Case], at: datetime) -> None:
    for case in cases:
        await withdraw_of(session, case, at)
    await erase_cases(session, cases)


async def _erase_talks(session: AsyncSession, own: Select[UUID], message_id: int) -> None:
    """Words and buttons up to the message, and what was kept of them elsewhere."""
    older = (Message.conversation_id.in_(own), Message.id <= message_id)
    await session.execute(delete(Button).where(Button.message_id.in_(select(Message.id).where(*older))))
    await session.execute(delete(SealedHold).where(SealedHold.conversation_id.in_(own)))
    await session.execute(delete(Gap).where(Gap.conversation_id.in_(own)))
    await session.execute(update(RawEvent).where(RawEvent.conversation_id.in_(own)).values(payload={}))
    await session.execute(update(Notice).where(Notice.conversation_id.in_(own)).values(payload=None))
    await session.execute(update(Booking).where(Booking.conversation_id.in_(own)).values(matter=None))
    await erase_of_talks(session, own, message_id)
    await session.execute(update(Message).where(*older).values(text=None, body={}, prepared=None, sealed=False))
    await _erase_words_in_others_cases(session, own)
    await session.execute(update(Conversation).where(Conversation.id.in_(own)).values(told_privacy=False))


async def _erase_words_in_others_cases(session: AsyncSession, own: Select[UUID]) -> None:
    """What the resident added to cases that others sent, or that theirs was merged into."""
    said = select(Message.id).where(Message.conversation_id.in_(own))
    others = select(Case.id).where(Case.conversation_id.not_in(own))
    mine = (CaseEntry.message_id.in_(said), CaseEntry.case_id.in_(others), CaseEntry.note.is_not(None))
    await session.execute(update(CaseEntry).where(*mine).values(note=None, salt=None))
    await session.execute(update(CaseRating).where(CaseRating.conversation_id.in_(own)).values(comment=None))


async def _erase_ended_cases(session: AsyncSession, own: Select[UUID], at: datetime) -> list[str]:
    """Erase the cases that have ended; the codes of those still open."""
    cases = (await session.scalars(select(Case).where(Case.conversation_id.in_(own)).with_for_update())).all()
    await _erase_with_publications(session, [case for case in cases if not STATES[case.state].open], at)
    return sorted(case.code for case in cases if STATES[case.state].open)
