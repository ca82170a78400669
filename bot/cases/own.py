"""The part that a resident has in a case, on whichever of their channels."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case, CaseReporter
from bot.conversations.residents import own_conversations


async def part_in(session: AsyncSession, case: Case, conversation_id: UUID) -> CaseReporter | None:
    """The resident's part in the case, as long as they have not left it; that of a sender before that of a follower."""
    query = select(CaseReporter).where(
        CaseReporter.case_id == case.id,
        CaseReporter.conversation_id.in_(own_conversations(conversation_id)),
        CaseReporter.left_at.is_(None),
    )
    return await session.scalar(query.order_by(CaseReporter.part.desc(), CaseReporter.id).limit(1))
