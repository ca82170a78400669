"""Reads of publications: for everybody, for the desk, and those that resemble a question."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, ScalarSelect, Select, cast, func, select, true
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case
from bot.cases.queries import sees_everything
from bot.language import terms
from bot.officials.models import Office, Official
from bot.places.models import Commune
from bot.publications.models import Publication

SHOWN = 50
LIKE_ENOUGH = 0.35
"""Share of a question's terms that a publication holds, pairs counted like syllables."""
TOO_COMMON = frozenset("xa ban toi cho bac co khong la cua va thi o duoc nhe a em minh lam gi sao the".split())


FOR_EVERYBODY = (Publication.state == "published", Case.visibility == "public")
"""Consent counts at every reading: who takes it back is heard at once."""


@dataclass(frozen=True)
class Read:
    """A publication as everybody reads it."""

    publication: Publication
    office: Office
    commune: Commune | None


async def published(
    session: AsyncSession, *, words: str = "", field: str = "", commune_id: int | None = None, page: int = 0
) -> list[Read]:
    """The newest first, or those most like the words; ``SHOWN`` of them."""
    query = _readable()
    if field:
        query = query.where(Publication.field == field)
    if commune_id is not None:
        query = query.where(Publication.commune_id == commune_id)
    asked = _telling(words)
    if asked:
        query = query.where(_holds_any(asked)).order_by(_shared(asked).desc(), Publication.id.desc())
    query = query.order_by(Publication.published_at.desc()).offset(page * SHOWN).limit(SHOWN)
    return [Read(row, office, commune) for row, office, commune in await session.execute(query)]


async def one_published(session: AsyncSession, publication_id: int) -> Read | None:
    """That publication; None when it is not, or no longer, for everybody."""
    row = (await session.execute(_readable().where(Publication.id == publication_id))).one_or_none()
    return Read(*row) if row else None


async def similar(session: AsyncSession, words: str, limit: int = 3) -> list[Publication]:
    """Publications that answer much the same question, the likest first."""
    asked = _telling(words)
    if not asked:
        return []
    shared = _shared(asked)
    query = (
        select(Publication)
        .join(Case, Case.id == Publication.case_id)
        .where(*FOR_EVERYBODY, _holds_any(asked), shared >= LIKE_ENOUGH * len(asked))
        .order_by(shared.desc(), Publication.published_at.desc())
        .limit(limit)
    )
    return list(await session.scalars(query))


async def on_desk(session: AsyncSession, official: Official) -> Sequence[tuple[Publication, Case]]:
    """What this official's office drafted or published, drafts first; everything for the coordinator."""
    mine = true() if sees_everything(official) else Publication.office_id == official.office_id
    query = (
        select(Publication, Case)
        .join(Case, Case.id == Publication.case_id)
        .where(mine, Publication.state != "withdrawn")
        .order_by(Publication.state, Publication.id.desc())
        .limit(300)
    )
    return [(row, case) for row, case in await session.execute(query)]


async def of_case(session: AsyncSession, case: Case) -> Publication | None:
    """The case's draft or publication."""
    query = select(Publication).where(Publication.case_id == case.id, Publication.state != "withdrawn")
    return await session.scalar(query)


def _readable() -> Select[Publication, Office, Commune]:
    return (
        select(Publication, Office, Commune)
        .join(Office, Office.id == Publication.office_id)
        .join(Case, Case.id == Publication.case_id)
        .outerjoin(Commune, Commune.id == Publication.commune_id)
        .where(*FOR_EVERYBODY)
    )


def _telling(words: str) -> list[str]:
    return sorted({term for term in terms(words) if term not in TOO_COMMON})


def _holds_any(asked: list[str]) -> ColumnElement[bool]:
    held: ColumnElement[bool] = Publication.terms.overlap(cast(asked, ARRAY(TEXT)))
    return held


def _shared(asked: list[str]) -> ScalarSelect[int]:
    """How many of the terms a row holds."""
    held = func.unnest(Publication.terms).table_valued("term").render_derived()
    return select(func.count()).select_from(held).where(held.c.term.in_(asked)).scalar_subquery()
