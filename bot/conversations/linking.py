"""Linking conversations of one resident: a one-time code from one is typed in the other, and agreed to there."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import link_codes
from bot.conversations.models import Conversation, LinkCode
from bot.conversations.notices import refuse, refused
from bot.conversations.residents import conversations_of
from bot.db.web_store import count_up, counted
from bot.settings import derive

LIFE = timedelta(minutes=10)
HOUR = 3600
CODES_AN_HOUR, TRIES_AN_HOUR = 10, 5
WRONG, WRONG_TRIES_OF_ALL, SHORT_WHILE = "link-wrong", 1000, 600
"""So many wrong codes from everybody together within ten minutes are somebody guessing: all wait."""
MOST = 6
"""Conversations of one resident."""


class Refusal(StrEnum):
    """Why a code is not taken."""

    WRONG = "wrong"
    LOCKED = "locked"
    OWN = "own"
    ALREADY = "already"
    TOO_MANY = "too_many"


class LinkRefused(Exception):
    """The code is not given or not taken; ``seconds`` until it may be tried again where that helps."""

    def __init__(self, why: Refusal, seconds: int = 0) -> None:
        super().__init__(why)
        self.why, self.seconds = why, seconds


async def give_code(
    session: AsyncSession, conversation: Conversation, at: datetime, below: Callable[[int], int]
) -> str:
    """A new code of this conversation; the one before it no longer counts. ``LinkRefused``."""
    count, left = await count_up(session, f"link-code:{conversation.id}", HOUR)
    if count > CODES_AN_HOUR:
        raise LinkRefused(Refusal.LOCKED, left)
    await session.execute(delete(LinkCode).where(LinkCode.conversation_id == conversation.id))
    code = link_codes.make(below)
    row = LinkCode(digest=digest(code), conversation_id=conversation.id, expires_at=at + LIFE, claimed_by=None)
    session.add(row)
    await session.flush()
    return code


async def claim(session: AsyncSession, conversation: Conversation, code: str, at: datetime) -> Conversation:
    """The code was typed in this conversation: whom it would link to, once agreed. ``LinkRefused``."""
    await _slow_down(session, conversation)
    row = await session.scalar(select(LinkCode).where(LinkCode.digest == digest(code)).with_for_update())
    if row is None or row.expires_at <= at or row.claimed_by not in (None, conversation.id):
        await count_up(session, WRONG, SHORT_WHILE)
        raise LinkRefused(Refusal.WRONG)
    if row.conversation_id == conversation.id:
        raise LinkRefused(Refusal.OWN)
    other = await session.get_one(Conversation, row.conversation_id)
    await _check(session, conversation, other)
    await _forget_claims(session, conversation)
    row.claimed_by = conversation.id
    return other


async def _slow_down(session: AsyncSession, conversation: Conversation) -> None:
    tries, left = await count_up(session, f"link-try:{conversation.id}", HOUR)
    if tries > TRIES_AN_HOUR:
        raise LinkRefused(Refusal.LOCKED, left)
    if await counted(session, WRONG, SHORT_WHILE) >= WRONG_TRIES_OF_ALL:
        raise LinkRefused(Refusal.LOCKED, SHORT_WHILE)


async def _check(session: AsyncSession, conversation: Conversation, other: Conversation) -> None:
    if conversation.resident_id == other.resident_id:
        raise LinkRefused(Refusal.ALREADY)
    mine = await conversations_of(session, conversation.resident_id)
    theirs = await conversations_of(session, other.resident_id)
    if len(mine) + len(theirs) > MOST:
        raise LinkRefused(Refusal.TOO_MANY)


async def _forget_claims(session: AsyncSession, conversation: Conversation) -> None:
    mine = update(LinkCode).where(LinkCode.claimed_by == conversation.id)
    await session.execute(mine.values(claimed_by=None))


async def _open_claim(session: AsyncSession, conversation: Conversation, at: datetime) -> LinkCode | None:
    """The code that was typed here and waits for agreement."""
    query = select(LinkCode).where(LinkCode.claimed_by == conversation.id, LinkCode.expires_at > at)
    return await session.scalar(query.with_for_update())


async def join(session: AsyncSession, conversation: Conversation, at: datetime) -> Conversation | None:
    """Agreed: both are one resident's from now on, with what either turned off. The conversation that gave the code;

    None where no code waits.
    """
    row = await _open_claim(session, conversation, at)
    if row is None:
        return None
    other = await session.get_one(Conversation, row.conversation_id)
    await session.delete(row)
    await _copy_refusals(session, conversation, other, at)
    for talk in await conversations_of(session, conversation.resident_id):
        talk.resident_id = other.resident_id
    await session.flush()
    return other


async def drop_claim(session: AsyncSession, conversation: Conversation) -> None:
    """Not agreed: the code is of no use to anybody any more."""
    await session.execute(delete(LinkCode).where(LinkCode.claimed_by == conversation.id))


async def unlink(session: AsyncSession, conversation: Conversation, at: datetime) -> list[Conversation]:
    """This conversation is on its own again; those it leaves, none where it was alone. What was off stays off."""
    left = [t for t in await conversations_of(session, conversation.resident_id) if t.id != conversation.id]
    if left:
        conversation.resident_id = uuid4()
        await _copy_refusals(session, left[0], conversation, at)
        await session.flush()
    return left


async def _copy_refusals(session: AsyncSession, source: Conversation, target: Conversation, at: datetime) -> None:
    for kind in await refused(session, source.resident_id):
        await refuse(session, target.resident_id, kind, at)


async def forget_old_codes(session: AsyncSession, at: datetime) -> None:
    """Delete what has expired."""
    await session.execute(delete(LinkCode).where(LinkCode.expires_at < at))


def digest(code: str) -> str:
    """What is kept of a code."""
    return derive("link-code", code).hex()
