"""Who takes which field: a commune's leader for their own commune, the coordinator and administrator for all."""

from litestar import Controller, get, post
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.response import Redirect, Template
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.fields import FIELDS
from bot.cases.routing.queries import routes_of
from bot.cases.routing.service import RouteRefused, set_route
from bot.console.access import Asked
from bot.console.forms import number, typed
from bot.console.pages import done, page, refused
from bot.db import unit_of_work
from bot.officials.models import WORKING_LEVELS, Office, Official
from bot.officials.permissions import Permission, may
from bot.places.service import communes

ADDRESS = "/console/routing"


class Routing(Controller):
    """Place and field to office and person."""

    @get("/routing", permission=Permission.KEEP_ROUTES)
    async def show(self, request: Asked, state: State, commune: str = "") -> Template:
        """The rows of one commune, or those that hold for every commune."""
        place = _place(request.user, commune)
        async with unit_of_work(state.engine) as session:
            offices = await _offices(session, request.user)
            people = select(Official).where(Official.active, Official.office_id.in_([o.id for o in offices]))
            return page(
                request,
                "console/routing.html",
                section="routing",
                routes=await routes_of(session, place),
                fields=FIELDS,
                offices=offices,
                people=(await session.scalars(people.order_by(Official.title))).all(),
                communes=await communes(session) if _everywhere(request.user) else [],
                commune=place,
            )

    @post("/routing", permission=Permission.KEEP_ROUTES)
    async def set(self, request: Asked, state: State) -> Redirect:
        """One row: an office and a person, an office alone, or nothing: then the commune's own office takes it."""
        place, field = _place(request.user, await typed(request, "commune")), await typed(request, "field") or None
        chosen = [await typed(request, name) for name in ("office", "person")]
        address = f"{ADDRESS}?commune={place}" if place is not None and _everywhere(request.user) else ADDRESS
        async with unit_of_work(state.engine) as session:
            allowed = {str(office.id): office for office in await _offices(session, request.user)}
            if chosen[0] and chosen[0] not in allowed:
                return refused(request, address, "Không có đơn vị này.")
            person_id = number(chosen[1])
            person = await session.get(Official, person_id) if person_id is not None else None
            try:
                await set_route(
                    session, place, field, allowed.get(chosen[0]), person, by=request.user, at=state.clock()
                )
            except RouteRefused as wrong:
                return refused(request, address, f"{wrong}.")
        return done(request, address, f"Đã đổi nơi nhận: {FIELDS[field] if field else 'mọi lĩnh vực còn lại'}.")


def _everywhere(official: Official) -> bool:
    return may(official.role, Permission.KEEP_CALENDAR)


def _place(official: Official, chosen: str) -> int | None:
    """The commune chosen, None for all; a leader's own whatever is chosen."""
    if not _everywhere(official):
        if official.office.commune_id is None:
            raise NotFoundException
        return official.office.commune_id
    return number(chosen)


async def _offices(session: AsyncSession, official: Official) -> list[Office]:
    """To whom this official may give cases: a leader to their own office only."""
    every = select(Office).where(Office.level.in_(WORKING_LEVELS)).order_by(Office.level.desc(), Office.name)
    offices = (await session.scalars(every)).all()
    return [office for office in offices if _everywhere(official) or office.id == official.office_id]
