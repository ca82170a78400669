"""The province's calendar and limits: days off and swapped days, offices' hours, what residents may be promised."""

import re
from datetime import date, time, timedelta
from typing import Any

from litestar import Controller, get, post
from litestar.datastructures import State
from litestar.response import Redirect, Template
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.calendars.queries import Calendars, calendars, changes
from bot.calendars.service import CalendarRefused
from bot.calendars.working_time import Range, Week
from bot.cases.clocks import limits, province
from bot.cases.clocks.desk import grounds_of
from bot.cases.clocks.limits import Limit, LimitRefused
from bot.cases.clocks.queries import limits_of
from bot.console.access import Asked
from bot.console.forms import number, typed
from bot.console.pages import done, page, refused
from bot.db import unit_of_work
from bot.officials.holidays import name_of
from bot.officials.models import Office
from bot.officials.office_hours import WEEKDAYS
from bot.officials.permissions import Permission

ADDRESS, LIMITS = "/console/calendar", "/console/calendar/limits"
DAYS_AHEAD = 400
BECOMES = {"off": False, "worked": True, "general": None}
OF_LAW = {
    limits.MEASURES["passing_on"]: limits.PASSING_ON,
    **{f"Trả lời kiến nghị của {label}": limits.BOARDS[board] for board, label in limits.BOARD_LABELS.items()},
    limits.MEASURES["data_reply"]: limits.DATA_REPLY,
    **{label: limits.DATA_DONE[wish] for wish, label in limits.DATA_LABELS.items()},
}
_RANGE = re.compile(r"(\d{1,2})[:hg](\d{2})?\s*[-–]\s*(\d{1,2})[:hg](\d{2})?")


class CalendarPages(Controller):
    """For whoever keeps the province's calendar."""

    path = "/calendar"

    @get("/", permission=Permission.KEEP_CALENDAR)
    async def show(self, request: Asked, state: State) -> Template:
        """Days off and swapped days to come, hours, and who changed what."""
        today = state.local(state.clock()).date()
        async with unit_of_work(state.engine) as session:
            known = await calendars(session)
            offices = (await session.scalars(select(Office).where(Office.level != "front").order_by(Office.name))).all()
            return page(
                request,
                "console/calendar.html",
                section="calendar",
                special=_special(known, today),
                hours=[_written(ranges) for ranges in known.of(None).week],
                weekdays=WEEKDAYS,
                own=[
                    (office.name, _spoken(known.of(office.id).week)) for office in offices if office.id in known.weeks
                ],
                offices=offices,
                changes=await changes(session, 20),
            )

    @post("/days", permission=Permission.KEEP_CALENDAR)
    async def set_day(self, request: Asked, state: State) -> Redirect:
        """One day off, worked, or as the general calendar says again."""
        typed_day, becomes, note = (
            await typed(request, "day"),
            await typed(request, "becomes"),
            await typed(request, "note"),
        )
        try:
            day = date.fromisoformat(typed_day)
            working = BECOMES[becomes]
        except (ValueError, KeyError):
            return refused(request, ADDRESS, "Chọn ngày và cho biết ngày ấy nghỉ hay làm việc.")
        async with unit_of_work(state.engine) as session:
            try:
                _, moved = await province.change_days(
                    session, {day: working}, note=note, official_id=request.user.id, at=state.clock()
                )
            except CalendarRefused as wrong:
                return refused(request, ADDRESS, f"{wrong}.")
        return done(
            request, ADDRESS, f"Đã đổi ngày {day:%d/%m/%Y}. {moved} thời hạn đang chạy được tính lại từ bây giờ."
        )

    @post("/hours", permission=Permission.KEEP_CALENDAR)
    async def set_hours(self, request: Asked, state: State) -> Redirect:
        """A week's hours, of one office or of all; all fields empty takes an office's own hours away."""
        lines, note = [await typed(request, f"day-{n}") for n in range(7)], await typed(request, "note")
        chosen = await typed(request, "office")
        async with unit_of_work(state.engine) as session:
            try:
                office = await _office(session, chosen)
                _, moved = await province.change_week(
                    session,
                    week_read(lines) if any(lines) or office is None else None,
                    office_id=office.id if office else None,
                    note=note,
                    official_id=request.user.id,
                    at=state.clock(),
                )
            except CalendarRefused as wrong:
                return refused(request, ADDRESS, f"{wrong}.")
        return done(request, ADDRESS, f"Đã đổi giờ làm việc. {moved} thời hạn đang chạy được tính lại từ bây giờ.")

    @get("/limits", permission=Permission.KEEP_CALENDAR)
    async def show_limits(self, request: Asked, state: State) -> Template:
        """What holds now, the province's limits and the law's."""
        async with unit_of_work(state.engine) as session:
            grounds = await grounds_of(session, {limit.basis for limit in OF_LAW.values()})
            rows = [(level, label, await limits_of(session, level)) for level, label in province.LEVELS.items()]
        return page(
            request, "console/limits.html", section="calendar", rows=rows, of_law=OF_LAW, grounds=grounds, **_names()
        )

    @post("/limits", permission=Permission.KEEP_CALENDAR)
    async def set_limit(self, request: Asked, state: State) -> Redirect:
        """A limit of the province's own, or the desk's target again."""
        names = ("level", "measure", "days", "document")
        level, measure, days, document = [await typed(request, name) for name in names]
        if days and not re.fullmatch("[0-9]{1,4}", days):
            return refused(request, LIMITS, "Số ngày làm việc phải là một số.")
        async with unit_of_work(state.engine) as session:
            try:
                await province.set_limit(
                    session,
                    level,
                    measure,
                    int(days) if days else None,
                    document=document,
                    official_id=request.user.id,
                    at=state.clock(),
                )
            except LimitRefused as wrong:
                return refused(request, LIMITS, f"{wrong}.")
        return done(request, LIMITS, "Đã đổi thời hạn; áp dụng cho việc phát sinh từ bây giờ.")


def week_read(lines: list[str]) -> Week:
    """Seven lines like “7:30-11:30, 13:30-17:00”; ``CalendarRefused`` for one that cannot be read."""
    return tuple(_read(line) for line in lines)


def _read(line: str) -> tuple[Range, ...]:
    return tuple(_range(part.strip(), line) for part in re.split("[,;]", line) if part.strip())


def _range(part: str, line: str) -> Range:
    found = _RANGE.fullmatch(part)
    try:
        if found:
            return time(int(found[1]), int(found[2] or 0)), time(int(found[3]), int(found[4] or 0))
    except ValueError:
        pass
    raise CalendarRefused(f"Không đọc được giờ “{line}”, ghi theo mẫu 7:30-11:30, 13:30-17:00")


def _written(ranges: tuple[Range, ...]) -> str:
    return ", ".join(f"{o:%H:%M}-{c:%H:%M}" for o, c in ranges)


def _spoken(week: Week) -> str:
    return "; ".join(f"{name}: {_written(r)}" for name, r in zip(WEEKDAYS, week, strict=True) if r)


def _special(known: Calendars, today: date) -> list[dict[str, Any]]:
    """Coming days that are not as their weekday says."""
    ahead = (today + timedelta(days=n) for n in range(DAYS_AHEAD))
    return [
        {
            "day": day,
            "weekday": WEEKDAYS[day.weekday()],
            "worked": special,
            "own": day in known.days,
            "name": name_of(day),
        }
        for day in ahead
        if (special := known.special(day)) is not None
    ]


async def _office(session: AsyncSession, chosen: str) -> Office | None:
    """The office chosen, None for all; ``CalendarRefused`` for one that is not there."""
    if not chosen:
        return None
    office_id = number(chosen)
    office = await session.get(Office, office_id) if office_id is not None else None
    if office is None:
        raise CalendarRefused("Không có đơn vị này")
    return office


def _names() -> dict[str, Any]:
    def amount(limit: Limit) -> str:
        return f"{limit.amount} ngày{' làm việc' if limit.unit == limits.WORKING_DAYS else ''}"

    return {"measures": limits.MEASURES, "amount": amount}
