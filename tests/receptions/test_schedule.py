"""On which days a reception falls, as calendar rows."""

from datetime import date

import pytest

from bot.officials.holidays import is_holiday
from bot.receptions.schedule import (
    CANCELLED,
    HELD,
    LAST_WEEK,
    MOVED,
    Change,
    Occurrence,
    Rhythm,
    next_occurrence,
    occurrences,
)

ROWS = [
    # rhythm, from, to, planned days (“?” after a doubtful one)
    (
        Rhythm((10, 25)),
        "2026-11-21",
        "2026-12-31",
        "2026-11-25 2026-12-10 2026-12-25",
    ),  # Wed, Thu, Fri: nothing special
    (Rhythm((10, 25)), "2026-11-25", "2026-11-25", "2026-11-25"),  # both ends count
    (Rhythm((9, 24)), "2026-11-01", "2026-12-31", "2026-11-09 2026-11-24? 2026-12-09 2026-12-24"),  # 24/11: a holiday
    (Rhythm((5,)), "2026-12-01", "2027-01-31", "2026-12-05? 2027-01-05"),  # 5/12 is a Saturday
    (Rhythm((31,)), "2026-11-01", "2027-03-31", "2026-12-31 2027-01-31? 2027-03-31"),  # no 31st in Nov, Feb; Sunday
    (Rhythm((29,)), "2028-02-01", "2028-03-01", "2028-02-29"),  # leap year
    (Rhythm((29,)), "2027-02-01", "2027-03-01", ""),  # no leap year
    (Rhythm((1,)), "2026-12-15", "2027-01-15", "2027-01-01?"),  # New Year's Day
    (Rhythm((5, 10, 11)), "2027-02-01", "2027-02-28", "2027-02-05? 2027-02-10? 2027-02-11"),  # Tết: 4–10/2/2027
    (Rhythm(weekday=3), "2027-01-28", "2027-02-18", "2027-01-28 2027-02-04? 2027-02-11 2027-02-18"),  # weekly, over Tết
    (Rhythm(weekday=5), "2026-11-21", "2026-12-04", "2026-11-21 2026-11-28"),  # Saturdays by choice
    (Rhythm(on_date=date(2026, 12, 6)), "2026-11-21", "2026-12-31", "2026-12-06"),  # a Sunday by choice
    (Rhythm(on_date=date(2026, 11, 24)), "2026-11-21", "2026-12-31", "2026-11-24?"),  # set on a holiday: ask
    (Rhythm(on_date=date(2026, 11, 20)), "2026-11-21", "2026-12-31", ""),  # over
    (Rhythm((10,)), "2026-12-31", "2026-12-01", ""),  # no days at all
    (Rhythm(weekday=0, weeks_of_month=(1,)), "2026-11-01", "2026-12-31", "2026-11-02 2026-12-07"),  # first Monday
    (Rhythm(weekday=0, weeks_of_month=(1, 3)), "2026-12-01", "2026-12-31", "2026-12-07 2026-12-21"),
    (Rhythm(weekday=1, weeks_of_month=(1,)), "2026-12-01", "2026-12-31", "2026-12-01"),  # a Tuesday that is the 1st
    (Rhythm(weekday=0, weeks_of_month=(5,)), "2026-11-01", "2026-12-31", "2026-11-30"),  # not every month has a fifth
    (
        Rhythm(weekday=4, weeks_of_month=(LAST_WEEK,)),
        "2026-11-01",
        "2026-12-31",
        "2026-11-27 2026-12-25",
    ),  # last Friday
    (Rhythm(weekday=0, weeks_of_month=(2,)), "2027-02-01", "2027-02-28", "2027-02-08?"),  # within Tết
]


@pytest.mark.parametrize(("rhythm", "first", "last", "planned"), ROWS)
def test_occurrences(rhythm: Rhythm, first: str, last: str, planned: str) -> None:
    found = occurrences(rhythm, date.fromisoformat(first), date.fromisoformat(last), is_holiday)
    assert " ".join(f"{found_one.day}{'?' * found_one.doubtful}" for found_one in found) == planned


def test_the_next_occurrence_may_be_today() -> None:
    assert next_occurrence(Rhythm((25,)), date(2026, 11, 25), is_holiday) == Occurrence(date(2026, 11, 25))


def test_no_next_occurrence_of_what_is_over() -> None:
    assert next_occurrence(Rhythm(on_date=date(2026, 11, 20)), date(2026, 11, 21), is_holiday) is None


TENTH = date(2026, 12, 10)
CHANGES = [
    # what the office said of the 10th, the days of December (“x”: nobody is received)
    ({}, "10 25"),
    ({TENTH: Change(CANCELLED, reason="bão")}, "10x 25"),
    ({TENTH: Change(MOVED, to_day=date(2026, 12, 11))}, "10x 11 25"),
    ({TENTH: Change(MOVED, to_day=date(2026, 12, 8))}, "8 10x 25"),  # brought forward
    ({TENTH: Change(HELD)}, "10 25"),
    ({TENTH: Change(MOVED, to_day=date(2027, 1, 4))}, "10x 25"),  # into another month
    ({date(2026, 12, 9): Change(CANCELLED)}, "10 25"),  # never planned
]


@pytest.mark.parametrize(("changes", "days"), CHANGES)
def test_changed_days(changes: dict[date, Change], days: str) -> None:
    found = occurrences(Rhythm((10, 25)), date(2026, 12, 1), date(2026, 12, 31), is_holiday, changes)
    assert " ".join(f"{one.day.day}{'' if one.takes_place else 'x'}" for one in found) == days


def test_a_moved_day_tells_from_where_and_why() -> None:
    moved = {TENTH: Change(MOVED, date(2026, 12, 11), "bão")}
    old, new = list(occurrences(Rhythm((10,)), date(2026, 12, 1), date(2026, 12, 31), is_holiday, moved))
    assert (old.to_day, old.reason) == (date(2026, 12, 11), "bão")
    assert (new.day, new.from_day, new.reason) == (date(2026, 12, 11), TENTH, "bão")


def test_the_next_one_skips_what_was_called_off() -> None:
    off = {TENTH: Change(CANCELLED)}
    assert next_occurrence(Rhythm((10, 25)), TENTH, is_holiday, changes=off) == Occurrence(date(2026, 12, 25))
