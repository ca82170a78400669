"""Reads about offices and officials."""

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


async def official_named(session: AsyncSession, username: str) -> Official | None:
    """The active account of that name."""
    return await session.scalar(select(Official).where(Official.username == username, Official.active))


async def official_with(session: AsyncSession, official_id: int) -> Official | None:
    """The active account of that id."""
    return await session.scalar(select(Official).where(Official.id == official_id, Official.active))
