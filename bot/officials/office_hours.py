"""When an office answers. The hours are the channel's own until a province sets others; holidays are an argument."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

PERIODS = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0)))
WORKING_WEEKDAYS = frozenset(range(5))

WorkingDay = Callable[[date], bool]
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def working_days(holidays: Callable[[date], bool]) -> WorkingDay:
    """Monday to Friday except holidays."""
    return lambda day: day.weekday() in WORKING_WEEKDAYS and not holidays(day)


def is_open(moment: datetime, working: WorkingDay) -> bool:
    """Whether the office works at that local moment."""
    return working(moment.date()) and any(start <= moment.time() < end for start, end in PERIODS)


def next_opening(moment: datetime, working: WorkingDay) -> datetime:
    """The local moment itself when the office is open, otherwise when it opens next (within 40 days)."""
    if is_open(moment, working):
        return moment
    for ahead in range(40):
        day = moment.date() + timedelta(days=ahead)
        starts = (datetime.combine(day, start, moment.tzinfo) for start, _ in PERIODS)
        later = [start for start in starts if start > moment]
        if working(day) and later:
            return later[0]
    raise ValueError(f"no working day within 40 days of {moment:%Y-%m-%d}")


def spoken(moment: datetime) -> str:
    """“7 giờ 30 thứ Hai, ngày 23/11/2026”."""
    minutes = f" {moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour} giờ{minutes} {WEEKDAYS[moment.weekday()]}, ngày {moment.day}/{moment.month}/{moment.year}"
