"""Reads of cases: by code for a resident, in scope for an official."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case
from bot.conversations.residents import own_conversations
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
    """The cases sent from this very conversation, newest first."""
    query = (
        select(Case, Office).join(Office, Office.id == Case.office_id).where(Case.conversation_id == conversation_id)
    )
    return (await session.execute(query.order_by(Case.created_at.desc()).limit(10))).all()


async def of_resident(session: AsyncSession, conversation_id: UUID) -> Sequence[Case]:
    """The cases that the resident of this conversation sent, from whichever channel; newest first."""
    own = Case.conversation_id.in_(own_conversations(conversation_id))
    return (await session.scalars(select(Case).where(own).order_by(Case.created_at.desc()).limit(10))).all()


@dataclass(frozen=True)
class Wanted:
    """What a list of cases is narrowed to; None where nothing."""

    state: str | None = None
    field: str | None = None
    commune_id: int | None = None
    code: str | None = None


EVERYTHING = Wanted()


async def seen_by(
    session: AsyncSession,
    official: Official,
    wanted: Wanted = EVERYTHING,
    limit: int = 300,
    *,
    where: ColumnElement[bool] | None = None,
    order: Sequence[ColumnElement[Any]] = (),
) -> list[Listed]:
    """The cases of the official's office and those on their way to it, or of every office for the coordinator."""
    matching = [getattr(Case, name) == value for name, value in vars(wanted).items() if value is not None]
    if where is not None:
        matching.append(where)
    query = (
        select(Case, Office, Commune)
        .join(Office, Office.id == Case.office_id)
        .outerjoin(Commune, Commune.id == Case.commune_id)
        .where(in_scope(official), *matching)
        .order_by(*order or [Case.created_at.desc()])
        .limit(limit)
    )
    return [Listed(case, office, commune) for case, office, commune in await session.execute(query)]


def sees_everything(official: Official) -> bool:
    """Whether the official's scope is the whole province."""
    return official.role == "province_coordinator"


def in_scope(official: Official) -> ColumnElement[bool]:
    """The cases of the official's office and those on their way to it; every case for the province's coordinator."""
    if sees_everything(official):
        return true()
    return or_(Case.office_id == official.office_id, Case.to_office_id == official.office_id)
