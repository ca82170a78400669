"""What the province sets: limits for new clocks, and the calendar, under which running clocks are aimed anew."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.calendars import service as calendar_service
from bot.calendars.models import CalendarChange
from bot.calendars.queries import calendars
from bot.calendars.working_time import Week
from bot.cases.clocks.limits import TARGETS, LimitRefused
from bot.cases.clocks.models import ProvinceLimit
from bot.cases.clocks.running import calendar_changed

LEVELS = {"commune": "Xã, phường, đặc khu", "province": "Tỉnh (sau khi nhận chuyển)"}
LONGEST_LIMIT = 250
"""Working days; no case waits longer than a year."""


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
