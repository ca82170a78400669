"""Reads about offices and officials."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.officials.models import Office, Official


class NoOffice(LookupError):
    """The province has no coordinating office yet: set one up before residents write."""


async def office_for(session: AsyncSession, commune_id: int | None) -> Office:
    """The commune's office, or the province's coordinating office when the commune is unknown or has none."""
    if commune_id is not None:
        office = await session.scalar(select(Office).where(Office.commune_id == commune_id).order_by(Office.id))
        if office:
            return office
    office = await session.scalar(select(Office).where(Office.coordinates).order_by(Office.id))
    if office is None:
        raise NoOffice
    return office


async def colleagues(session: AsyncSession, office_id: int) -> Sequence[Official]:
    """The active accounts of that office, by title."""
    query = select(Official).where(Official.office_id == office_id, Official.active)
    return (await session.scalars(query.order_by(Official.title, Official.id))).all()


async def official_named(session: AsyncSession, username: str) -> Official | None:
    """The active account of that name."""
    return await session.scalar(select(Official).where(Official.username == username, Official.active))


async def official_with(session: AsyncSession, official_id: int) -> Official | None:
    """The active account of that id."""
    return await session.scalar(select(Official).where(Official.id == official_id, Official.active))
