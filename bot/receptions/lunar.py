"""The Vietnamese lunar calendar, from the ``lunar-vn`` library."""

from datetime import date

from lunar_vn import LunarDate, lunar_to_solar, solar_to_lunar


def to_solar(day: int, month: int, year: int) -> date | None:
    """The day of that lunar date in an ordinary month; None where the month has no such day."""
    try:
        return lunar_to_solar(LunarDate(day, month, year, leap=False))
    except ValueError:
        return None


def to_lunar(day: date) -> tuple[int, int, int]:
    """Day, month and year of the lunar calendar."""
    lunar = solar_to_lunar(day)
    return lunar.day, lunar.month, lunar.year
