"""What residents do with a case they have a part in. Each step is keyed by the message that asks for it.

Of a merged case it is what the case was merged into that changes. Every function raises ``NotAllowed`` when the rules
say no, and changes nothing then. Only ``add_words`` may be called while the conversation is locked: of the other steps
others are told, and their conversations come first.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.attachments import attach_message
from bot.cases.changes import Change, Resident, change, lock
from bot.cases.courtesy import only_thanks
from bot.cases.history import history
from bot.cases.merging import living
from bot.cases.models import Case, CaseRating, CaseReporter
from bot.cases.own import part_in
from bot.cases.rules import Act, NotAllowed, Step
from bot.cases.telling import tell
from bot.cases.visibility import LEVELS
from bot.cases.wording import REOPEN_DAYS, Told
from bot.conversations.residents import own_conversations
from bot.language import syllables


class TooLate(NotAllowed):
    """The days for reopening are over; a new case can name the old one."""


class RatedBefore(NotAllowed):
    """This resident rated this answer before."""


async def add_words(session: AsyncSession, case: Case, who: Resident, words: str, at: datetime) -> Change:
    """More words, and what the same message brought, for the office; a case that waited for them goes on."""
    going_on = await living(session, case)
    done = await change(session, going_on, Step(Act.ADD, text=words), who, at)
    if done.fresh:
        await attach_message(session, case, who.message_id, at)
    return done


async def withdraw(session: AsyncSession, case: Case, who: Resident, at: datetime, *, words: str = "") -> Change:
    """The resident wants nothing more of it. Where others sent the same, the case goes on for them."""
    case = await living(session, case)
    await lock(session, case)
    if await _others(session, case, who):
        return await leave(session, case, who, at)
    mine = await part_in(session, case, who.conversation_id)

    def end(case: Case) -> None:
        case.outcome = "withdrawn"
        case.to_office_id = None

    done = await change(session, case, Step(Act.WITHDRAW, text=words), who, at, effect=end)
    if done.fresh:
        await tell(session, case, Act.WITHDRAW, Told(), at, but=mine.id if mine else None)
    return done


async def leave(session: AsyncSession, case: Case, who: Resident, at: datetime) -> Change:
    """No more news of the case for this resident."""
    case = await living(session, case)
    done = await change(session, case, Step(Act.LEAVE), who, at)
    mine = await part_in(session, case, who.conversation_id)
    if done.fresh and mine:
        mine.left_at = at
    return done


async def reopen(session: AsyncSession, case: Case, who: Resident, words: str, at: datetime) -> Change:
    """Not settled, and why: the office has it as new work. ``TooLate`` ten days after the answer.

    Words that only thank are no reason and reopen nothing.
    """
    if only_thanks(syllables(words)):
        raise NotAllowed("thanks are no reason", "text")
    case = await living(session, case)
    mine = await part_in(session, case, who.conversation_id)

    def begin_anew(case: Case) -> None:
        if case.answered_at is None or at > case.answered_at + timedelta(days=REOPEN_DAYS):
            raise TooLate("the days for reopening are over")
        case.outcome = case.refusal = case.competent = case.answered_at = None
        case.reopened_at = at

    done = await change(session, case, Step(Act.REOPEN, text=words), who, at, effect=begin_anew)
    if done.fresh:
        await tell(session, case, Act.REOPEN, Told(), at, but=mine.id if mine else None)
    return done


async def rate(
    session: AsyncSession, case: Case, who: Resident, stars: int, at: datetime, *, comment: str = ""
) -> Change:
    """One to five stars for the newest answer, once. ``RatedBefore`` when a second message rates it again."""
    case = await living(session, case)
    await lock(session, case, told=False)
    answer = await _newest_answer(session, case)
    before = await _rating(session, case, who, answer)
    if before and before.message_id != who.message_id:
        raise RatedBefore("rated before")
    done = await change(session, case, Step(Act.RATE, text=comment, stars=stars), who, at)
    if done.fresh:
        session.add(
            CaseRating(
                case_id=case.id,
                conversation_id=who.conversation_id,
                answer_number=answer,
                stars=stars,
                comment=comment or None,
                message_id=who.message_id,
                at=at,
            )
        )
        await session.flush()
    return done


async def show_to(session: AsyncSession, case: Case, who: Resident, level: str, at: datetime) -> Change:
    """Another level of who may know, for the resident's own case wherever it was merged."""
    going_on = await living(session, case)
    mine = await part_in(session, going_on, who.conversation_id)
    step = Step(Act.SHOW_TO, text=LEVELS.get(level, ""), level=level)
    done = await change(session, going_on, step, who, at)
    if done.fresh and mine:
        own = await session.get_one(Case, mine.own_case_id)
        own.visibility = level
        same = CaseReporter.own_case_id == own.id
        await session.execute(update(CaseReporter).where(same, CaseReporter.part == "sender").values(visibility=level))
        if level != "public":
            followers = (CaseReporter.part == "follower", CaseReporter.left_at.is_(None))
            await session.execute(update(CaseReporter).where(same, *followers).values(left_at=at))
    return done


async def follow(session: AsyncSession, case: Case, who: Resident, at: datetime) -> Change:
    """Be told how a public case goes on."""
    case = await living(session, case)
    done = await change(session, case, Step(Act.FOLLOW), who, at)
    if done.fresh:
        known = await session.scalar(
            select(CaseReporter).where(
                CaseReporter.case_id == case.id, CaseReporter.conversation_id == who.conversation_id
            )
        )
        if known:
            known.left_at = None
        else:
            session.add(_follower(case, who, at))
        await session.flush()
    return done


def _follower(case: Case, who: Resident, at: datetime) -> CaseReporter:
    return CaseReporter(
        case_id=case.id,
        conversation_id=who.conversation_id,
        own_case_id=case.id,
        part="follower",
        visibility="officials",
        since=at,
    )


async def _others(session: AsyncSession, case: Case, who: Resident) -> int:
    """How many others sent the same and still want an answer."""
    query = select(func.count()).where(
        CaseReporter.case_id == case.id,
        CaseReporter.part == "sender",
        CaseReporter.left_at.is_(None),
        CaseReporter.conversation_id.not_in(own_conversations(who.conversation_id)),
    )
    return await session.scalar(query) or 0


async def _newest_answer(session: AsyncSession, case: Case) -> int:
    answered = (e.number for e in await history(session, case) if e.to_state == "answered" != e.from_state)
    return max(answered, default=0)


async def _rating(session: AsyncSession, case: Case, who: Resident, answer: int) -> CaseRating | None:
    query = select(CaseRating).where(
        CaseRating.case_id == case.id,
        CaseRating.answer_number == answer,
        CaseRating.conversation_id.in_(own_conversations(who.conversation_id)),
    )
    return await session.scalar(query)
