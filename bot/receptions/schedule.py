"""On which days a reception or meeting takes place. Standard library only; the holidays are an argument.

Where a planned day falls on a day off, no rule says which day takes its place: the day is given as it stands and marked
doubtful, so that the resident asks before setting out. What an office said of a day (cancelled, moved) is no doubt.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

Holiday = Callable[[date], bool]
SATURDAY = 5
LAST_WEEK = -1
"""“thứ Sáu tuần cuối tháng”: the last such weekday of the month."""

PLANNED, CANCELLED, MOVED, HELD = "planned", "cancelled", "moved", "held"


@dataclass(frozen=True)
class Rhythm:
    """When it recurs, or its one date: days of the month; or a weekday (0 = Monday), every week or in some weeks.

    ``weeks_of_month`` counts the weekday itself: 1 is its first in the month, 2 its second, ``LAST_WEEK`` its last.
    """

    days_of_month: tuple[int, ...] = ()
    weekday: int | None = None
    on_date: date | None = None
    weeks_of_month: tuple[int, ...] = ()


@dataclass(frozen=True)
class Change:
    """What an office said of one planned day: ``CANCELLED``, ``HELD``, or ``MOVED`` to another day."""

    state: str
    to_day: date | None = None
    reason: str | None = None


@dataclass(frozen=True, order=True)
class Occurrence:
    """One day; ``doubtful`` when it falls on a day off. A moved one stands twice: on its old day and on its new one."""

    day: date
    doubtful: bool = False
    state: str = PLANNED
    to_day: date | None = None
    from_day: date | None = None
    reason: str | None = None

    @property
    def takes_place(self) -> bool:
        """Whether anybody is received on that day."""
        return self.state in (PLANNED, HELD)


def occurrences(
    rhythm: Rhythm, first: date, last: date, holiday: Holiday, changes: Mapping[date, Change] | None = None
) -> Iterator[Occurrence]:
    """Every planned day from first to last, both included, in order; a 31st is not planned in a shorter month."""
    changed = changes or {}
    moved_here = {change.to_day: (day, change) for day, change in changed.items() if change.state == MOVED}
    for day in _days(first, last):
        if _planned(rhythm, day):
            yield _occurrence(day, changed.get(day), doubtful=_day_off(rhythm, day, holiday))
        if day in moved_here:
            from_day, change = moved_here[day]
            own = changed.get(day) or Change(PLANNED, reason=change.reason)
            yield replace(_occurrence(day, own, doubtful=False), from_day=from_day)


def next_occurrence(
    rhythm: Rhythm,
    on: date,
    holiday: Holiday,
    within_days: int = 366,
    changes: Mapping[date, Change] | None = None,
) -> Occurrence | None:
    """The first day from that day on, itself included, that takes place."""
    days = occurrences(rhythm, on, on + timedelta(days=within_days), holiday, changes)
    return next((found for found in days if found.takes_place), None)


def _occurrence(day: date, change: Change | None, *, doubtful: bool) -> Occurrence:
    if change is None:
        return Occurrence(day, doubtful)
    return Occurrence(day, state=change.state, to_day=change.to_day, reason=change.reason)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def _planned(rhythm: Rhythm, day: date) -> bool:
    return day == rhythm.on_date or _on_weekday(rhythm, day) or day.day in rhythm.days_of_month


def _on_weekday(rhythm: Rhythm, day: date) -> bool:
    if day.weekday() != rhythm.weekday:
        return False
    weeks = rhythm.weeks_of_month
    is_last = (day + timedelta(weeks=1)).month != day.month
    return not weeks or (day.day - 1) // 7 + 1 in weeks or (is_last and LAST_WEEK in weeks)


def _day_off(rhythm: Rhythm, day: date, holiday: Holiday) -> bool:
    """A Saturday or Sunday is doubtful only where a day of the month happened to fall on it."""
    chosen = rhythm.on_date == day or rhythm.weekday == day.weekday()
    return holiday(day) or (day.weekday() >= SATURDAY and not chosen)
