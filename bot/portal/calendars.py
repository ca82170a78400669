"""Calendar files for a resident's telephone."""

import re
from typing import Annotated

from litestar import Controller, Response, get
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.params import Parameter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import unit_of_work
from bot.places.models import Commune
from bot.receptions.calendars import PROVINCE, of_booking, of_schedule
from bot.receptions.models import Booking, Reception
from bot.receptions.queries import upcoming

DAYS_AHEAD = 180
NAME = re.compile(r"([\w-]{1,100})\.ics", re.ASCII)
Name = Annotated[str, Parameter(max_length=100, description="mã của lịch hẹn, tên xã không dấu, hoặc tinh; đuôi .ics")]


class Calendars(Controller):
    """iCalendar files."""

    path = "/api/v1/receptions"
    tags = ["receptions"]  # noqa: RUF012 -- Litestar reads a plain list

    @get("/{name:str}", media_type="text/calendar")
    async def calendar(self, state: State, name: Name) -> Response[bytes]:
        """A booked place by its secret address, or the public schedule of a commune (or ``tinh``), as ``….ics``."""
        async with unit_of_work(state.engine) as session:
            found = await _calendar(session, state, named[1]) if (named := NAME.fullmatch(name)) else None
        if found is None:
            raise NotFoundException
        headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="lich-tiep-dan.ics"'}
        return Response(found, media_type="text/calendar", headers=headers)


async def _calendar(session: AsyncSession, state: State, name: str) -> bytes | None:
    booked = select(Booking, Reception).join(Reception, Reception.id == Booking.reception_id)
    row = (await session.execute(booked.where(Booking.token == name))).one_or_none()
    if row is not None:
        return of_booking(row[0], row[1], state.clock())
    commune = await session.scalar(select(Commune).where(Commune.slug == name))
    if commune is None and name != PROVINCE:
        return None
    on = state.local(state.clock()).date()
    meetings = await upcoming(session, commune.id if commune else None, None, on, DAYS_AHEAD)
    return of_schedule(commune.label if commune else "tỉnh", meetings, state.clock())
