"""On which days a reception or meeting takes place. Standard library only; the holidays are an argument.

Where a planned day falls on a day off, no rule says which day takes its place: the day is given as it stands and marked
doubtful, so that the resident asks before setting out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

Holiday = Callable[[date], bool]
SATURDAY = 5


@dataclass(frozen=True)
class Rhythm:
    """When it recurs (days of the month, or a weekday: 0 = Monday), or its one date."""

    days_of_month: tuple[int, ...] = ()
    weekday: int | None = None
    on_date: date | None = None


@dataclass(frozen=True, order=True)
class Occurrence:
    """One planned day; ``doubtful`` when it falls on a day off."""

    day: date
    doubtful: bool = False


def occurrences(rhythm: Rhythm, first: date, last: date, holiday: Holiday) -> Iterator[Occurrence]:
    """Every planned day from first to last, both included, in order; a 31st is not planned in a shorter month."""
    for day in _days(first, last):
        if _planned(rhythm, day):
            yield Occurrence(day, _day_off(rhythm, day, holiday))


def next_occurrence(rhythm: Rhythm, on: date, holiday: Holiday, within_days: int = 366) -> Occurrence | None:
    """The first planned day from that day on, itself included."""
    return next(occurrences(rhythm, on, on + timedelta(days=within_days), holiday), None)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def _planned(rhythm: Rhythm, day: date) -> bool:
    return day == rhythm.on_date or day.weekday() == rhythm.weekday or day.day in rhythm.days_of_month


def _day_off(rhythm: Rhythm, day: date, holiday: Holiday) -> bool:
    """A Saturday or Sunday is doubtful only where a day of the month happened to fall on it."""
    chosen = rhythm.on_date == day or rhythm.weekday == day.weekday()
    return holiday(day) or (day.weekday() >= SATURDAY and not chosen)
