"""Use cases of routes: set a row, take it away; keep what an official corrected."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.field_guess import ranked
from bot.cases.fields import FIELDS
from bot.cases.models import Case
from bot.cases.routing.models import FieldCorrection, Route
from bot.conversations.masking import masked
from bot.language import fold, nfc
from bot.officials.models import WORKING_LEVELS, Office, Official
from bot.places.service import places_named


class RouteRefused(ValueError):
    """The row cannot be set so; the message says why, in Vietnamese."""


async def set_route(
    session: AsyncSession,
    commune_id: int | None,
    field: str | None,
    office: Office | None,
    person: Official | None,
    *,
    by: Official | None,
    at: datetime,
) -> None:
    """Cases of this place and field go there from now on; without an office the row is taken away. ``RouteRefused``."""
    if field is not None and field not in FIELDS:
        raise RouteRefused("Không có lĩnh vực này")
    same_place = Route.commune_id.is_(None) if commune_id is None else Route.commune_id == commune_id
    same_field = Route.field.is_(None) if field is None else Route.field == field
    if office is None:
        await session.execute(delete(Route).where(same_place, same_field))
        return
    _check(office, person)
    await session.execute(delete(Route).where(same_place, same_field))
    session.add(
        Route(
            commune_id=commune_id,
            field=field,
            office_id=office.id,
            official_id=person.id if person else None,
            by_official_id=by.id if by else None,
            at=at,
        )
    )
    await session.flush()


def _check(office: Office, person: Official | None) -> None:
    if office.level not in WORKING_LEVELS:
        raise RouteRefused(f"{office.name} không giải quyết vụ việc")
    if person and (person.office_id != office.id or not person.active):
        raise RouteRefused(f"{person.title} không làm việc ở {office.name}")


async def keep_correction(session: AsyncSession, case: Case, at: datetime) -> None:
    """Keep the case's words, masked, with the field the official has just given it."""
    places = [place.commune.name for place in await places_named(session, case.description)]
    session.add(
        FieldCorrection(
            case_id=case.id,
            text=masked(nfc(case.description), fold, places),
            suggested=ranked(case.description)[0][0],
            field=case.field,
            at=at,
        )
    )
    await session.flush()
