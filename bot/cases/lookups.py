"""Asking about a case from elsewhere: code and secret, and nothing more after five wrong tries within a day."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import SecretTry

MOST_WRONG = 5
FORGOTTEN_AFTER = timedelta(days=1)


async def locked(session: AsyncSession, code: str, asker: str, at: datetime) -> bool:
    """Whether too many tries were wrong: for this code by whomever, or by this asker for whichever code."""
    return any([await _wrong(session, same, at) >= MOST_WRONG for same in (SecretTry.code == code, _by(asker))])


async def note_wrong(session: AsyncSession, code: str, asker: str, key: str, at: datetime) -> None:
    """One more wrong try; ``key`` (the message) says it is the same one."""
    row = insert(SecretTry).values(code=code, asker=asker, key=key, at=at)
    await session.execute(row.on_conflict_do_nothing())


def _by(asker: str) -> ColumnElement[bool]:
    return SecretTry.asker == asker


async def _wrong(session: AsyncSession, same: ColumnElement[bool], at: datetime) -> int:
    query = select(func.count()).select_from(SecretTry).where(same, SecretTry.at > at - FORGOTTEN_AFTER)
    return await session.scalar(query) or 0
