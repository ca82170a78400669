"""Working time as people count it: golden rows, then what holds for any of them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars.queries import USUAL_WEEK, Calendars
from bot.calendars.working_time import Calendar, NoWorkingTime, add, back, between, checked
from bot.clock import VIETNAM

USUAL = Calendars(0, {}, {}).of(None)
HALF_SATURDAY = Calendar((*USUAL_WEEK[:5], ((time(7, 30), time(11, 30)),), ()), USUAL.special, VIETNAM)
THREE_SHIFTS = Calendar(
    (((time(7), time(9)), (time(9, 30), time(11, 30)), (time(13), time(17))),) * 5 + ((),) * 2, USUAL.special, VIETNAM
)
NINE_TO_FIVE = Calendar((((time(9), time(17)),),) * 5 + ((),) * 2, lambda day: None, VIETNAM)
ROUND_THE_CLOCK = Calendar((((time(0), time(23, 59, 59, 999999)),),) * 7, lambda day: None, VIETNAM)
DAY = timedelta(hours=7, minutes=30)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def hours(text: str) -> timedelta:
    hour, minute = text.split(":")
    return timedelta(hours=int(hour), minutes=int(minute))


@pytest.mark.parametrize(
    ("start", "amount", "end", "calendar"),
    [
        ("2026-11-20T16:30", "1:00", "2026-11-23T08:00", USUAL),  # Friday 16:30: half an hour is left, then Monday
        ("2026-11-20T16:30", "1:00", "2026-11-23T09:30", NINE_TO_FIVE),  # the row other systems got wrong
        ("2026-11-20T11:00", "1:00", "2026-11-20T14:00", USUAL),  # over lunch
        ("2026-11-20T12:15", "1:00", "2026-11-20T14:30", USUAL),  # said at lunch: counts from 13:30
        ("2026-11-23T16:30", "1:00", "2026-11-25T08:00", USUAL),  # Tuesday 24/11 is a holiday
        ("2026-11-23T16:30", "15:00", "2026-11-26T16:30", USUAL),  # two working days over the same holiday
        ("2026-08-21T16:30", "1:00", "2026-08-22T08:00", USUAL),  # Saturday 22/8 is worked …
        ("2026-08-22T16:30", "1:00", "2026-08-24T08:00", USUAL),  # … until 17:00 …
        ("2026-08-28T16:30", "1:00", "2026-09-03T08:00", USUAL),  # … for Monday 31/8, before the national days
        ("2027-02-03T16:00", "7:30", "2027-02-11T16:00", USUAL),  # Tết 2027: 4/2 to 10/2 and the weekend within
        ("2026-11-20T07:30", "4:00", "2026-11-20T11:30", USUAL),  # ends exactly at closing, not after lunch
        ("2026-11-20T13:30", "3:30", "2026-11-20T17:00", USUAL),  # ends exactly when the day does
        ("2026-11-21T00:00", "7:30", "2026-11-23T17:00", USUAL),  # Saturday midnight: all of Monday
        ("2026-11-19T23:59", "0:30", "2026-11-20T08:00", USUAL),  # a minute before midnight
        ("2026-11-20T17:00", "0:01", "2026-11-23T07:31", USUAL),  # the door just closed
        ("2026-11-20T18:00", "0:00", "2026-11-23T07:30", USUAL),  # no time at all: the next working moment
        ("2026-12-31T16:30", "0:45", "2027-01-04T07:45", USUAL),  # New Year's Day is a Friday
        ("2026-11-20T16:30", "1:00", "2026-11-21T08:00", HALF_SATURDAY),  # an office open on Saturday morning
        ("2026-11-21T11:00", "1:00", "2026-11-23T08:00", HALF_SATURDAY),  # which closes at half past eleven
        ("2026-11-20T08:30", "1:00", "2026-11-20T10:00", THREE_SHIFTS),  # several ranges a day
        ("2026-11-20T08:30", "3:30", "2026-11-20T14:00", THREE_SHIFTS),  # two breaks in one afternoon
    ],
)
def test_add(start: str, amount: str, end: str, calendar: Calendar) -> None:
    assert add(at(start), hours(amount), calendar) == at(end)


@pytest.mark.parametrize(
    ("start", "end", "amount"),
    [
        ("2026-11-20T16:30", "2026-11-23T08:00", "1:00"),
        ("2026-11-20T11:00", "2026-11-20T14:00", "1:00"),  # lunch is not work
        ("2026-11-20T17:00", "2026-11-23T07:30", "0:00"),  # a weekend
        ("2026-11-23T08:00", "2026-11-20T16:30", "0:00"),  # backwards: nothing
        ("2026-11-24T00:00", "2026-11-25T00:00", "0:00"),  # a holiday
        ("2026-08-22T00:00", "2026-08-23T00:00", "7:30"),  # a Saturday worked
        ("2027-02-03T17:00", "2027-02-11T07:30", "0:00"),  # Tết
    ],
)
def test_between(start: str, end: str, amount: str) -> None:
    assert between(at(start), at(end), USUAL) == hours(amount)


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
def test_no_time_at_all_is_the_next_opening(moment: str, opens: str) -> None:
    assert add(at(moment), timedelta(), USUAL) == at(opens)


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    utc = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    assert add(utc, hours("1:00"), USUAL) == add(at("2026-11-20T16:30"), hours("1:00"), USUAL)
    assert add(utc, hours("1:00"), USUAL).tzinfo is UTC


def test_the_province_says_more_than_the_government() -> None:
    own = Calendars(1, {date(2026, 11, 23): False, date(2026, 11, 24): True, date(2026, 11, 21): True}, {}).of(None)
    assert add(at("2026-11-20T16:30"), hours("1:00"), own) == at("2026-11-21T08:00")  # Saturday made a working day
    assert add(at("2026-11-21T16:30"), hours("1:00"), own) == at("2026-11-24T08:00")  # its own day off, no holiday


def test_an_office_has_its_own_hours() -> None:
    known = Calendars(1, {}, {7: THREE_SHIFTS.week})
    assert known.of(7).day == timedelta(hours=8)
    assert known.of(8).day == DAY


def test_back_gives_the_moment_from_which_that_much_is_left() -> None:
    assert back(at("2026-11-25T08:00"), hours("1:00"), USUAL, at("2026-11-20T08:00")) == at("2026-11-23T16:30")
    assert back(at("2026-11-25T08:00"), hours("90:00"), USUAL, at("2026-11-20T08:00")) == at("2026-11-20T08:00")


def test_a_calendar_without_work_is_no_endless_search() -> None:
    with pytest.raises(NoWorkingTime):
        add(at("2026-11-20T08:00"), hours("1:00"), Calendar(USUAL_WEEK, lambda day: False, VIETNAM))


@pytest.mark.parametrize(
    ("week", "why"),
    [
        (((),) * 7, "ít nhất một ngày"),
        ((((time(9), time(8)),),) * 7, "trước giờ kết thúc"),
        ((((time(7), time(12)), (time(11), time(17))),) * 7, "chồng lên nhau"),
        (((),) * 6, "bảy ngày"),
    ],
)
def test_a_week_that_makes_no_sense(week: tuple[tuple[tuple[time, time], ...], ...], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        checked(week)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda m: m.replace(tzinfo=VIETNAM))  # noqa: DTZ001
AMOUNTS = st.timedeltas(timedelta(seconds=1), timedelta(days=8))
CALENDARS = st.sampled_from((USUAL, HALF_SATURDAY, THREE_SHIFTS, NINE_TO_FIVE, ROUND_THE_CLOCK))


@given(MOMENTS, AMOUNTS, CALENDARS)
def test_what_was_added_is_measured_again(start: datetime, amount: timedelta, calendar: Calendar) -> None:
    assert between(start, add(start, amount, calendar), calendar) == amount


@given(MOMENTS, MOMENTS, AMOUNTS, CALENDARS)
def test_who_begins_later_ends_no_sooner(one: datetime, other: datetime, amount: timedelta, calendar: Calendar) -> None:
    first, second = sorted((one, other))
    assert add(first, amount, calendar) <= add(second, amount, calendar)


@given(MOMENTS, AMOUNTS, AMOUNTS, CALENDARS)
def test_more_work_ends_later(start: datetime, less: timedelta, more: timedelta, calendar: Calendar) -> None:
    assert add(start, less, calendar) < add(start, less + more, calendar)
    assert add(add(start, less, calendar), more, calendar) == add(start, less + more, calendar)


@given(MOMENTS, AMOUNTS, st.dates(date(2026, 1, 1), date(2028, 2, 1)))
def test_another_day_off_never_brings_the_end_nearer(start: datetime, amount: timedelta, off: date) -> None:
    assert add(start, amount, Calendars(1, {off: False}, {}).of(None)) >= add(start, amount, USUAL)
