"""What was sent with a report: photos, voice notes, files and locations that belong to a case."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case, CaseAttachment
from bot.conversations.models import Message
from bot.media import service as media_service
from bot.media.models import Media


async def attach(session: AsyncSession, case: Case, media_ids: Iterable[UUID], at: datetime) -> None:
    """These belong to the case from now on; what belongs to a case already stays there."""
    rows = [{"media_id": media_id, "case_id": case.id, "at": at} for media_id in media_ids]
    if rows:
        await session.execute(insert(CaseAttachment).values(rows).on_conflict_do_nothing())


async def attach_errand(session: AsyncSession, case: Case, at: datetime) -> None:
    """What was sent while the report was taken down belongs to its case."""
    errand = select(Message.errand_id).where(Message.id == case.message_id).scalar_subquery()
    query = select(Media.id).join(Message, Message.id == Media.message_id)
    sent = await session.scalars(query.where(Message.errand_id == errand, Message.id <= case.message_id))
    await attach(session, case, sent, at)


async def attach_message(session: AsyncSession, case: Case, message_id: int, at: datetime) -> None:
    """What this message brought belongs to the case, unless it was refused."""
    brought = select(Media.id).where(Media.message_id == message_id, Media.state != "refused")
    await attach(session, case, await session.scalars(brought), at)


async def of_case(session: AsyncSession, case_id: UUID) -> Sequence[Media]:
    """The case's attachments and those of what was merged into it, oldest first."""
    with_merged = select(Case.id).where(or_(Case.id == case_id, Case.merged_into_id == case_id))
    query = select(Media).join(CaseAttachment, CaseAttachment.media_id == Media.id)
    query = query.where(CaseAttachment.case_id.in_(with_merged))
    return (await session.scalars(query.order_by(Media.message_id, Media.position))).all()


async def case_of(session: AsyncSession, media_id: UUID) -> Case | None:
    """The case that it belongs to."""
    query = select(Case).join(CaseAttachment, CaseAttachment.case_id == Case.id)
    return await session.scalar(query.where(CaseAttachment.media_id == media_id))


async def anonymous_messages(session: AsyncSession, conversations: Iterable[UUID]) -> set[int]:
    """The messages of these conversations that brought something to a case whose sender nobody may know."""
    query = (
        select(Media.message_id)
        .join(CaseAttachment, CaseAttachment.media_id == Media.id)
        .join(Case, Case.id == CaseAttachment.case_id)
        .where(Media.conversation_id.in_(list(conversations)), Case.visibility == "nobody")
    )
    return set(await session.scalars(query))


def unused(before: datetime) -> ColumnElement[bool]:
    """What came before the moment and belongs to no case and no talk that an official owns."""
    return media_service.unused(before, _attached())


def _attached() -> ColumnElement[bool]:
    return select(CaseAttachment.media_id).where(CaseAttachment.media_id == Media.id).exists()


async def erase_of_cases(session: AsyncSession, cases: Iterable[Case]) -> None:
    """Erase what was sent with these cases."""
    ids = [case.id for case in cases]
    attached = select(CaseAttachment.media_id).where(CaseAttachment.case_id.in_(ids))
    await media_service.erase(session, Media.id.in_(attached))


async def erase_of_talks(session: AsyncSession, own: Select[UUID], up_to: int) -> None:
    """Erase what came in these conversations up to a message and belongs to no case: cases are erased when they end."""
    sent = Media.conversation_id.in_(own) & (Media.message_id <= up_to)
    await media_service.erase(session, sent & ~_attached())
