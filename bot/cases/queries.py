"""Reads of cases: by code for a resident, in scope for an official."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case
from bot.officials.models import Office, Official
from bot.places.models import Commune


@dataclass(frozen=True)
class Listed:
    """A case with the names a list shows."""

    case: Case
    office: Office
    commune: Commune | None


async def by_code(session: AsyncSession, code: str) -> tuple[Case, Office] | None:
    """The case of that code and the office in charge."""
    query = select(Case, Office).join(Office, Office.id == Case.office_id).where(Case.code == code)
    return (await session.execute(query)).first()


async def of_conversation(session: AsyncSession, conversation_id: UUID) -> Sequence[tuple[Case, Office]]:
    """The resident's own cases on this channel, newest first."""
    query = (
        select(Case, Office).join(Office, Office.id == Case.office_id).where(Case.conversation_id == conversation_id)
    )
    return (await session.execute(query.order_by(Case.created_at.desc()).limit(10))).all()


async def seen_by(
    session: AsyncSession, official: Official, *, state: str | None = None, code: str | None = None
) -> Sequence[Listed]:
    """The cases of the official's office, or of every office for the province's coordinator; newest first."""
    query = (
        select(Case, Office, Commune)
        .join(Office, Office.id == Case.office_id)
        .outerjoin(Commune, Commune.id == Case.commune_id)
    )
    if official.role != "province_coordinator":
        query = query.where(Case.office_id == official.office_id)
    if state:
        query = query.where(Case.state == state)
    if code:
        query = query.where(Case.code == code)
    rows = await session.execute(query.order_by(Case.created_at.desc()).limit(300))
    return [Listed(case, office, commune) for case, office, commune in rows]
