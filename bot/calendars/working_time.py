"""Working time: adding it to a moment, measuring it between two. Standard library only; the calendar is an argument.

A day is worked as the week says unless the calendar names it: a holiday, or a Saturday worked for a day off elsewhere.
Moments carry any time zone and come back in UTC. A span ends where the door closes, never at the next opening.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

Range = tuple[time, time]
Week = tuple[tuple[Range, ...], ...]
"""For each weekday from Monday its ranges, in order; empty where the office is closed."""
Special = Callable[[date], bool | None]
"""Whether a day is worked whatever its weekday (True), or off (False); None for an ordinary day."""
LONGEST_REST = 60
"""Days without any working time after which a calendar is taken to be wrong."""


class NoWorkingTime(ValueError):
    """The calendar holds no working time within ``LONGEST_REST`` days."""


@dataclass(frozen=True)
class Calendar:
    """When an office works."""

    week: Week
    special: Special
    zone: ZoneInfo

    @cached_property
    def usual(self) -> tuple[Range, ...]:
        """The hours of a day worked against the week: those of the first weekday that has any."""
        return next((ranges for ranges in self.week if ranges), ())

    @cached_property
    def day(self) -> timedelta:
        """How much working time “one working day” is."""
        return sum((_length(r) for r in self.usual), timedelta())

    def ranges(self, day: date) -> tuple[Range, ...]:
        """The hours of that day."""
        named = self.special(day)
        if named is None:
            return self.week[day.weekday()]
        return (self.week[day.weekday()] or self.usual) if named else ()

    def opening(self, day: date) -> datetime | None:
        """When the office opens that day, in UTC; None when it stays closed."""
        ranges = self.ranges(day)
        return datetime.combine(day, ranges[0][0], self.zone).astimezone(UTC) if ranges else None

    def spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Every span of working time from ``start`` on, without end; may raise ``NoWorkingTime``."""
        begin, rested = start.astimezone(self.zone), 0
        day = begin.date()
        while rested <= LONGEST_REST:
            for opens, closes in self.ranges(day):
                first = max(datetime.combine(day, opens, self.zone), begin)
                last = datetime.combine(day, closes, self.zone)
                if first < last:
                    rested = 0
                    yield first, last
            day, rested = day + timedelta(days=1), rested + 1
        raise NoWorkingTime(f"no working time within {LONGEST_REST} days after {start:%Y-%m-%d}")


def add(start: datetime, amount: timedelta, calendar: Calendar) -> datetime:
    """The moment when ``amount`` of working time has passed since ``start``; the next working moment for none."""
    left = amount
    for first, last in calendar.spans(start):
        if left <= last - first:
            return (first + left).astimezone(UTC)
        left -= last - first
    raise NoWorkingTime  # spans() has no end


def between(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """How much working time lies between two moments; none when the second is not later."""
    passed = timedelta()
    if end <= start:
        return passed
    for first, last in calendar.spans(start):
        if first >= end:
            break
        passed += min(last, end) - first
    return passed


def back(end: datetime, amount: timedelta, calendar: Calendar, earliest: datetime) -> datetime:
    """The moment from which ``amount`` of working time is left until ``end``, not before ``earliest``."""
    whole = between(earliest, end, calendar)
    return add(earliest, whole - amount, calendar) if whole > amount else earliest


def checked(week: Week) -> Week:
    """The week itself; ``ValueError``, in Vietnamese, unless ranges follow one another and some day is worked."""
    if len(week) != 7:
        raise ValueError("Một tuần phải đủ bảy ngày")
    for ranges in week:
        marks = [mark for one in ranges for mark in one]
        if any(later <= earlier for earlier, later in pairwise(marks)):
            raise ValueError("Giờ bắt đầu phải trước giờ kết thúc, và các buổi không được chồng lên nhau")
    if not any(week):
        raise ValueError("Phải có ít nhất một ngày làm việc trong tuần")
    return week


def _length(one: Range) -> timedelta:
    day = date(2000, 1, 1)
    return datetime.combine(day, one[1], UTC) - datetime.combine(day, one[0], UTC)
