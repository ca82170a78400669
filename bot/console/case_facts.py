"""What the page of a case tells beside its history: how many wait for it, how content they are, what is new of them."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.admission import block_of
from bot.cases.models import Block, Case, CaseAttachment, CaseEntry, CaseRating, CaseReporter
from bot.cases.rules import Act
from bot.officials.models import Office, Official
from bot.officials.permissions import Permission, may

RESIDENTS_ACTS = frozenset({"open", Act.ADD, Act.REOPEN, Act.WITHDRAW, Act.RATE, Act.SHOW_TO})


@dataclass(frozen=True)
class Facts:
    """Counts and names only: nobody is told who else sent the same."""

    senders: int
    followers: int
    assignee: Official | None
    to_office: Office | None
    merged_into: str | None
    merged: list[str]
    """Codes of the cases that were merged into this one."""
    stars: dict[int | None, int]
    """By the resident's message that rated."""
    new_media: frozenset[UUID] = field(default_factory=frozenset)
    """What the resident sent since an official last acted."""


async def facts_of(session: AsyncSession, case: Case) -> Facts:
    """Everything at once."""
    counted = await session.execute(
        select(CaseReporter.part, func.count())
        .where(CaseReporter.case_id == case.id, CaseReporter.left_at.is_(None))
        .group_by(CaseReporter.part)
    )
    parts = dict(counted.all())
    into = await session.get(Case, case.merged_into_id) if case.merged_into_id else None
    merged = await session.scalars(select(Case.code).where(Case.merged_into_id == case.id).order_by(Case.code))
    ratings = await session.scalars(select(CaseRating).where(CaseRating.case_id == case.id))
    return Facts(
        senders=parts.get("sender", 0),
        followers=parts.get("follower", 0),
        assignee=await session.get(Official, case.assignee_id) if case.assignee_id else None,
        to_office=await session.get(Office, case.to_office_id) if case.to_office_id else None,
        merged_into=into.code if into else None,
        merged=list(merged),
        stars={rating.message_id: rating.stars for rating in ratings},
        new_media=await _new_media(session, case),
    )


def news_in(case: Case, entries: list[tuple[CaseEntry, str]]) -> frozenset[int]:
    """Numbers of the lines that residents wrote since an official last acted; the opening is no news."""
    if case.news_since is None:
        return frozenset()
    return frozenset(e.number for e, _ in entries if e.at >= case.news_since and e.act in RESIDENTS_ACTS - {"open"})


async def block_seen(session: AsyncSession, case: Case, official: Official, at: datetime) -> Block | None:
    """The block that holds for the sender; None, too, where nobody may know who that is."""
    if case.visibility == "nobody" or not may(official.role, Permission.BLOCK_RESIDENTS):
        return None
    return await block_of(session, case.conversation_id, at)


async def _new_media(session: AsyncSession, case: Case) -> frozenset[UUID]:
    if case.news_since is None:
        return frozenset()
    query = select(CaseAttachment.media_id).where(
        CaseAttachment.case_id == case.id, CaseAttachment.at >= case.news_since
    )
    return frozenset(await session.scalars(query))
