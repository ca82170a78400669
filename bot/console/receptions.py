"""Coming receptions of an official's own office, who has booked a place there, and what became of a day."""

from dataclasses import dataclass
from datetime import date, timedelta

from litestar import Controller, get, post
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.response import Redirect, Template
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.access import Asked
from bot.console.data_requests import LARGEST_ID
from bot.console.forms import typed
from bot.console.pages import done, page, refused
from bot.db import unit_of_work
from bot.officials.models import Official
from bot.officials.permissions import Permission
from bot.receptions import bookings, wording
from bot.receptions.models import Booking, Reception
from bot.receptions.queries import Meeting, meetings_of, upcoming
from bot.receptions.schedule import HELD

DAYS_BACK, DAYS_AHEAD = 7, 60
ADDRESS = "/console/receptions"
LONGEST_REASON = 300


@dataclass(frozen=True)
class DayLine:
    """One day of the list: ``over`` and ``today`` decide what may be done with it."""

    meeting: Meeting
    booked: list[Booking]
    over: bool
    today: bool

    @property
    def what(self) -> str:
        return wording.title(self.meeting.reception)

    @property
    def when(self) -> str:
        return f"{wording.spoken_day(self.meeting.day)}, {wording.hours(self.meeting.reception)}"

    @property
    def held(self) -> bool:
        return self.meeting.occurrence.state == HELD


class Receptions(Controller):
    """Reception days of the official's office."""

    @get("/receptions", permission=Permission.RUN_RECEPTIONS)
    async def coming(self, request: Asked, state: State) -> Template:
        """The last week's and the coming days, each with the places booked."""
        today = state.local(state.clock()).date()
        async with unit_of_work(state.engine) as session:
            first = today - timedelta(days=DAYS_BACK)
            found = await upcoming(session, request.user.office.commune_id, None, first, DAYS_BACK + DAYS_AHEAD)
            lines = await _lines(session, found, today)
        return page(request, "console/receptions.html", section="receptions", lines=lines, longest=LONGEST_REASON)

    @post("/receptions/{reception_id:int}/{day:date}/held", permission=Permission.RUN_RECEPTIONS)
    async def held(self, request: Asked, state: State, reception_id: int, day: date) -> Redirect:
        """The meeting took place."""
        async with unit_of_work(state.engine) as session:
            reception = await _own_day(session, request.user, reception_id, day)
            try:
                await bookings.mark_held(session, reception, day, request.user.id, state.clock())
            except bookings.DayRefused as wrong:
                return refused(request, ADDRESS, str(wrong))
        return done(request, ADDRESS, "Đã ghi: buổi này đã diễn ra.")

    @post("/receptions/{reception_id:int}/{day:date}/call-off", permission=Permission.RUN_RECEPTIONS)
    async def call_off(self, request: Asked, state: State, reception_id: int, day: date) -> Redirect:
        """Cancel the day or move it; everyone who has booked is told in their chat."""
        reason, moved = (await typed(request, "reason"))[:LONGEST_REASON], await typed(request, "to_day")
        async with unit_of_work(state.engine) as session:
            reception = await _own_day(session, request.user, reception_id, day)
            try:
                to_day = date.fromisoformat(moved) if moved else None
                told = await bookings.call_off(
                    session, reception, day, reason, request.user.id, state.clock(), to_day=to_day
                )
            except bookings.DayRefused as wrong:
                return refused(request, ADDRESS, str(wrong))
            except ValueError:
                return refused(request, ADDRESS, "Ngày mới chưa đúng, ghi theo mẫu 2026-12-25.")
        became = "dời" if to_day else "hủy"
        return done(request, ADDRESS, f"Đã {became} buổi này và báo cho {told} người đã đăng ký.")


async def _lines(session: AsyncSession, meetings: list[Meeting], today: date) -> list[DayLine]:
    ids = {meeting.reception.id for meeting in meetings}
    query = select(Booking).where(Booking.reception_id.in_(ids), Booking.cancelled_at.is_(None)).order_by(Booking.at)
    booked = (await session.scalars(query)).all()
    return [
        DayLine(
            meeting,
            [b for b in booked if (b.reception_id, b.day) == (meeting.reception.id, meeting.day)],
            over=meeting.day < today,
            today=meeting.day == today,
        )
        for meeting in meetings
    ]


async def _own_day(session: AsyncSession, official: Official, reception_id: int, day: date) -> Reception:
    """The reception of the official's own office on a day when it takes place; else there is no such page."""
    reception = await session.get(Reception, min(reception_id, LARGEST_ID))
    if reception is None or reception.commune_id != official.office.commune_id:
        raise NotFoundException
    if not any(meeting.takes_place for meeting in await meetings_of(session, reception.id, day, 0)):
        raise NotFoundException
    return reception
