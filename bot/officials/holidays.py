"""Vietnamese public holidays, lunar Tết included, and days swapped by the government, from the ``holidays`` library."""

from datetime import date
from functools import lru_cache

import holidays as library


@lru_cache(maxsize=16)
def _of(year: int) -> tuple[frozenset[date], frozenset[date]]:
    known = library.country_holidays("VN", years=year)
    return frozenset(known), frozenset(known.weekend_workdays)


def is_holiday(day: date) -> bool:
    """Whether the day is a public holiday in Vietnam."""
    return day in _of(day.year)[0]


def is_worked_instead(day: date) -> bool:
    """Whether the day, at a weekend, is worked for a day off elsewhere."""
    return day in _of(day.year)[1]


def name_of(day: date) -> str | None:
    """What the holiday is called, in Vietnamese."""
    return library.country_holidays("VN", years=day.year, language="vi").get(day)
