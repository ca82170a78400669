"""Reads of routes: where a new case goes, never nowhere."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.routing.models import FieldCorrection, Route
from bot.officials.models import Office, Official
from bot.officials.queries import office_for


async def office_and_person(session: AsyncSession, commune_id: int | None, field: str) -> tuple[Office, int | None]:
    """The office in charge and the official's id, where somebody is named; ``NoOffice`` before set-up.

    The row of commune and field holds before the commune's, that before the field's; without any the commune's own
    office, or the province's coordinator. Somebody who has left, or works elsewhere now, is nobody.
    """
    rows = select(Route).where(
        Route.commune_id.is_(None) | (Route.commune_id == commune_id), Route.field.is_(None) | (Route.field == field)
    )
    route = min((await session.scalars(rows)).all(), key=_rank, default=None)
    if route is None:
        return await office_for(session, commune_id), None
    return await session.get_one(Office, route.office_id), await _person(session, route)


def _rank(route: Route) -> tuple[bool, bool]:
    return route.commune_id is None, route.field is None


async def _person(session: AsyncSession, route: Route) -> int | None:
    if route.official_id is None:
        return None
    query = select(Official.id).where(
        Official.id == route.official_id, Official.active, Official.office_id == route.office_id
    )
    return await session.scalar(query)


async def routes_of(session: AsyncSession, commune_id: int | None) -> dict[str | None, Route]:
    """The rows of one commune, or of the whole province, by field."""
    place = Route.commune_id.is_(None) if commune_id is None else Route.commune_id == commune_id
    return {route.field: route for route in await session.scalars(select(Route).where(place))}


async def taught(session: AsyncSession) -> list[tuple[str, str]]:
    """Field and masked words of every correction, oldest first."""
    rows = await session.execute(select(FieldCorrection.field, FieldCorrection.text).order_by(FieldCorrection.id))
    return [(field, text) for field, text in rows]
