"""Vietnamese public holidays, lunar Tết included, from the ``holidays`` library."""

from datetime import date
from functools import lru_cache

import holidays as library


@lru_cache(maxsize=16)
def _of(year: int) -> frozenset[date]:
    return frozenset(library.country_holidays("VN", years=year))


def is_holiday(day: date) -> bool:
    """Whether the day is a public holiday in Vietnam."""
    return day in _of(day.year)
