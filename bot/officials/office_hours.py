"""The hours that hold until a province sets others, and how people say a moment."""

from datetime import datetime, time

PERIODS = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0)))
WORKING_WEEKDAYS = frozenset(range(5))

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def spoken(moment: datetime) -> str:
    """“7 giờ 30 thứ Hai, ngày 23/11/2026”."""
    minutes = f" {moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour} giờ{minutes} {WEEKDAYS[moment.weekday()]}, ngày {moment.day}/{moment.month}/{moment.year}"
