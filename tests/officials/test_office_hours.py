"""When an office answers: weekends, lunch, the holidays of 2026 and 2027, said as people say it."""

from datetime import datetime

import pytest

from bot.clock import VIETNAM
from bot.officials.holidays import is_holiday
from bot.officials.office_hours import is_open, next_opening, spoken, working_days

WORKING = working_days(is_holiday)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-20T16:30", "2026-11-20T16:30"),  # Friday afternoon: open
        ("2026-11-20T17:00", "2026-11-23T07:30"),  # Friday, the door just closed: Monday
        ("2026-11-20T11:30", "2026-11-20T13:30"),  # lunch
        ("2026-11-20T12:59", "2026-11-20T13:30"),  # still lunch
        ("2026-11-20T06:00", "2026-11-20T07:30"),  # before work
        ("2026-11-21T09:00", "2026-11-23T07:30"),  # Saturday
        ("2026-11-22T23:59", "2026-11-23T07:30"),  # Sunday night
        ("2026-11-23T16:59", "2026-11-23T16:59"),  # Monday, the last minute
        ("2026-11-23T17:30", "2026-11-25T07:30"),  # the evening before Culture Day (24/11): Wednesday
        ("2026-11-24T09:00", "2026-11-25T07:30"),  # Culture Day itself
        ("2027-02-03T17:00", "2027-02-11T07:30"),  # Tết Đinh Mùi: from Thursday 4/2 to Wednesday 10/2
        ("2027-02-06T09:00", "2027-02-11T07:30"),  # its first day
        ("2026-12-31T17:00", "2027-01-04T07:30"),  # New Year's Day is a Friday
    ],
)
def test_next_opening(moment: str, opens: str) -> None:
    assert next_opening(at(moment), WORKING) == at(opens)


def test_is_open_asks_the_calendar_too() -> None:
    assert is_open(at("2026-11-23T09:00"), WORKING)
    assert not is_open(at("2026-11-24T09:00"), WORKING)


def test_a_calendar_without_working_days_is_no_endless_search() -> None:
    with pytest.raises(ValueError, match="no working day"):
        next_opening(at("2026-11-20T18:00"), lambda day: False)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-23T07:30", "7 giờ 30 thứ Hai, ngày 23/11/2026"),
        ("2026-11-22T13:00", "13 giờ Chủ nhật, ngày 22/11/2026"),  # a full hour
    ],
)
def test_spoken(moment: str, words: str) -> None:
    assert spoken(at(moment)) == words
