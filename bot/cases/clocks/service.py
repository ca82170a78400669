"""The clocks of a case follow its history: one call after each step of it; and the limits a province sets."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.calendars import service as calendar_service
from bot.calendars.models import CalendarChange
from bot.calendars.queries import calendars
from bot.calendars.working_time import Week
from bot.cases.clocks.limits import (
    ACCEPTANCE,
    BOARDS,
    DATA_DONE,
    DATA_EXTENSION,
    DATA_REPLY,
    PASSING_ON,
    TARGETS,
)
from bot.cases.clocks.models import Clock, ClockMove, ProvinceLimit
from bot.cases.clocks.queries import limits_of, running_of
from bot.cases.clocks.running import calendar_changed, extend, pause, resume, start, stop
from bot.cases.models import Case
from bot.officials.models import Office

LEVELS = {"commune": "Xã, phường, đặc khu", "province": "Tỉnh (sau khi nhận chuyển)"}
LONGEST_LIMIT = 250
"""Working days; no case waits longer than a year."""


class LimitRefused(ValueError):
    """The limit cannot be set so; the message says why, in Vietnamese."""


async def follow(session: AsyncSession, case: Case, act: str, at: datetime, *, to: Office | None = None) -> None:
    """Start, pause, resume and stop what the step means; the case is already as the step left it.

    ``act`` is ``open`` or an act of the history (``receive``, ``ask``, ``transfer`` …); others leave the clocks alone.
    ``to`` is the office that a transfer has yet to be accepted by.
    """
    await session.flush()
    if to is not None:
        await _transferred(session, case, to, at)
    elif act in _STEPS:
        await _STEPS[act](session, case, at)
    await session.flush()


async def _opened(session: AsyncSession, case: Case, at: datetime) -> None:
    await _begin(session, case, at)
    if case.kind == "recommendation":
        await start(session, PASSING_ON, await _office(session, case), at, case_id=case.id)


async def _begin(session: AsyncSession, case: Case, at: datetime) -> None:
    office = await _office(session, case)
    for limit in (await limits_of(session, "commune" if office.level == "commune" else "province")).values():
        await start(session, limit, office, at, case_id=case.id)


async def _replied(session: AsyncSession, case: Case, at: datetime) -> None:
    await _stop(session, case, at, "met", "first_reply")


async def _taken(session: AsyncSession, case: Case, at: datetime) -> None:
    await _resumed(session, case, at)
    await _stop(session, case, at, "met", "first_reply", "passing_on")


async def _asked(session: AsyncSession, case: Case, at: datetime) -> None:
    await _replied(session, case, at)
    for clock in await running_of(session, case):
        await pause(session, clock, at)


async def _resumed(session: AsyncSession, case: Case, at: datetime) -> None:
    for clock in await running_of(session, case):
        await resume(session, clock, at)


async def _answered(session: AsyncSession, case: Case, at: datetime) -> None:
    await _stop(session, case, at, "met")


async def _ended(session: AsyncSession, case: Case, at: datetime) -> None:
    await _stop(session, case, at, "ended")


async def _transferred(session: AsyncSession, case: Case, to: Office, at: datetime) -> None:
    """The sender stays answerable: its clocks run until the other office accepts, and count as stopped now then."""
    for clock in await running_of(session, case):
        await resume(session, clock, at)
        clock.handed_at = at
    await start(session, ACCEPTANCE, to, at, case_id=case.id)


async def _accepted(session: AsyncSession, case: Case, at: datetime) -> None:
    await _stop(session, case, at, "met", "acceptance")
    await _pass_on(session, case, at)
    await _opened(session, case, at)


async def _returned(session: AsyncSession, case: Case, at: datetime) -> None:
    await _stop(session, case, at, "met", "acceptance")
    for clock in await running_of(session, case):
        clock.handed_at = None


async def _assigned(session: AsyncSession, case: Case, at: datetime) -> None:
    await _stop(session, case, at, "ended", "acceptance")
    await _pass_on(session, case, at)
    await _begin(session, case, at)


async def _pass_on(session: AsyncSession, case: Case, at: datetime) -> None:
    for clock in await running_of(session, case):
        await stop(session, clock, clock.handed_at or at, "passed_on")
    await session.flush()


async def _stop(session: AsyncSession, case: Case, at: datetime, end: str, *measures: str) -> None:
    for clock in await running_of(session, case):
        if not measures or clock.measure in measures:
            await stop(session, clock, at, end)
    await session.flush()


async def _office(session: AsyncSession, case: Case) -> Office:
    return await session.get_one(Office, case.office_id)


_STEPS: dict[str, Callable[[AsyncSession, Case, datetime], Awaitable[None]]] = {
    "open": _opened,
    "receive": _replied,
    "start": _taken,
    "ask": _asked,
    "resume": _taken,
    "add": _resumed,
    "answer": _answered,
    "accept": _accepted,
    "return": _returned,
    "assign_office": _assigned,
    "reopen": _begin,
    "withdraw": _ended,
    "merge": _ended,
}
"""What each step of a case's history does to its clocks."""


async def from_board(session: AsyncSession, case: Case, board: str, at: datetime) -> Clock:
    """The case is a recommendation of one of the commune's boards: the law's limit runs since it was received.

    ``LimitRefused`` where no commune is settling it.
    """
    settling = next((c for c in await running_of(session, case) if c.measure == "settlement"), None)
    if settling is None or settling.level != "commune" or board not in BOARDS:
        raise LimitRefused("Chỉ kiến nghị đang do UBND xã giải quyết mới có thời hạn này")
    await stop(session, settling, at, "ended")
    await session.flush()
    office = await _office(session, case)
    return await start(session, BOARDS[board], office, settling.started_at, case_id=case.id)


async def data_request_opened(
    session: AsyncSession, request_id: int, wish: str, office: Office, at: datetime
) -> list[Clock]:
    """The law's clocks of a request about personal data; ``wish`` is a key of ``DATA_DONE``."""
    limits = (DATA_REPLY, DATA_DONE[wish])
    return [await start(session, limit, office, at, data_request_id=request_id) for limit in limits]


async def data_request_met(session: AsyncSession, request_id: int, at: datetime, *measures: str) -> None:
    """The request was replied to (``data_reply``) or done; without measures: both."""
    open_ = select(Clock).where(Clock.data_request_id == request_id, Clock.stopped_at.is_(None))
    for clock in await session.scalars(open_.with_for_update()):
        if not measures or clock.measure in measures:
            await stop(session, clock, at, "met")


async def extend_data_request(session: AsyncSession, request_id: int, days: int, at: datetime) -> Clock:
    """More time, once, for what DL-04 is about; ``LimitRefused`` otherwise."""
    query = select(Clock).where(
        Clock.data_request_id == request_id, Clock.measure == DATA_EXTENSION.measure, Clock.stopped_at.is_(None)
    )
    clock = await session.scalar(query.with_for_update())
    if clock is None or clock.basis != DATA_EXTENSION.basis:
        raise LimitRefused("Yêu cầu này không được gia hạn")
    if not 1 <= days <= DATA_EXTENSION.amount:
        raise LimitRefused(f"Chỉ được gia hạn từ 1 đến {DATA_EXTENSION.amount} ngày")
    extended = select(ClockMove.id).where(ClockMove.clock_id == clock.id, ClockMove.reason == "extended")
    if await session.scalar(extended):
        raise LimitRefused("Yêu cầu này đã được gia hạn một lần")
    extend(session, clock, timedelta(days=days), at)
    return clock


async def set_limit(
    session: AsyncSession,
    level: str,
    measure: str,
    working_days: int | None,
    *,
    document: str,
    official_id: int | None,
    at: datetime,
) -> ProvinceLimit:
    """The province's limit for clocks that start from now on; None: the desk's target again. ``LimitRefused``."""
    if level not in LEVELS or measure not in TARGETS:
        raise LimitRefused("Không có thời hạn này")
    if working_days is not None and not 1 <= working_days <= LONGEST_LIMIT:
        raise LimitRefused(f"Số ngày làm việc phải từ 1 đến {LONGEST_LIMIT}")
    if working_days is not None and not document.strip():
        raise LimitRefused("Hãy ghi văn bản của tỉnh quy định thời hạn này: người dân sẽ đọc thấy")
    row = ProvinceLimit(
        at=at,
        official_id=official_id,
        level=level,
        measure=measure,
        working_days=working_days,
        document=document.strip(),
    )
    session.add(row)
    await session.flush()
    return row


async def change_days(
    session: AsyncSession, days: Mapping[date, bool | None], *, note: str, official_id: int | None, at: datetime
) -> tuple[CalendarChange, int]:
    """Days off and days worked, and the running clocks with them: the change, and how many ends moved."""
    before = await calendars(session)
    change = await calendar_service.set_days(session, days, note=note, official_id=official_id, at=at)
    return change, await calendar_changed(session, before, await calendars(session), at)


async def change_week(
    session: AsyncSession,
    week: Week | None,
    *,
    office_id: int | None,
    note: str,
    official_id: int | None,
    at: datetime,
) -> tuple[CalendarChange, int]:
    """Hours of one office or of all, and the running clocks with them: the change, and how many ends moved."""
    before = await calendars(session)
    change = await calendar_service.set_week(
        session, week, office_id=office_id, note=note, official_id=official_id, at=at
    )
    return change, await calendar_changed(session, before, await calendars(session), at)
