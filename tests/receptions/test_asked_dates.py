"""Days in residents' words, on Saturday 21/11/2026 (13/10 of the lunar calendar)."""

from datetime import date

import pytest

from bot.language import fold
from bot.receptions.asked_dates import Asked, asked_dates
from bot.receptions.lunar import to_lunar, to_solar

TODAY = date(2026, 11, 21)


def asked(said: str, today: date = TODAY) -> Asked | None:
    return asked_dates(fold(said), today, to_solar, to_lunar)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("hôm nay có tiếp dân không", (21, 11)),
        ("bua nay", (21, 11)),  # regional, stripped
        ("mai có tiếp dân không", (22, 11)),
        ("sáng mai", (22, 11)),
        ("ngày kia", (23, 11)),
        ("ngày mốt", (23, 11)),  # southern
        ("hôm qua", (20, 11)),
        ("thứ sáu", (27, 11)),  # the next one
        ("thứ 7", (21, 11)),  # today is one
        ("t6", (27, 11)),
        ("chu nhat", (22, 11)),
        ("thứ 2 tuần sau", (23, 11)),
        ("thứ năm tuần tới", (26, 11)),
        ("thứ 6 tuần này", (20, 11)),  # past already, yet that is what was said
        ("ngày 25", (25, 11)),
        ("ngày 20", (20, 12)),  # past this month: the next
        ("ngày 30 tháng này", (30, 11)),
        ("ngày 25/12", (25, 12)),
        ("25-12-2026", (25, 12)),
        ("ngày hai mươi lăm", (25, 11)),
        ("ngày 5 tháng 12 năm 2026", (5, 12)),
        ("mùng 5", (5, 12)),
        ("rằm", (23, 11)),  # lunar
        ("rằm tháng này", (23, 11)),
        ("mồng 1 âm lịch", (9, 12)),
        ("20 âm", (28, 11)),
        ("thứ 7 28", (28, 11)),  # the day without “ngày”
        ("thứ 6 ngày 20", (20, 11)),  # yesterday was Friday the 20th
        ("thứ tư ngày 2/12", (2, 12)),
    ],
)
def test_one_day(said: str, day: tuple[int, int]) -> None:
    expected = date(2026, day[1], day[0])
    assert asked(said) == Asked(expected, expected)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("tuần này chủ tịch xã tiếp dân hôm nào", date(2026, 11, 16), date(2026, 11, 22)),
        ("tuan sau", date(2026, 11, 23), date(2026, 11, 29)),
        ("cuối tuần", date(2026, 11, 21), date(2026, 11, 22)),
        ("cuối tuần sau", date(2026, 11, 28), date(2026, 11, 29)),
        ("tháng này", date(2026, 11, 1), date(2026, 11, 30)),
        ("tháng tới", date(2026, 12, 1), date(2026, 12, 31)),
        ("tháng 12", date(2026, 12, 1), date(2026, 12, 31)),
        ("tháng hai", date(2027, 2, 1), date(2027, 2, 28)),  # the next February
        ("tháng 1 năm 2027", date(2027, 1, 1), date(2027, 1, 31)),
    ],
)
def test_a_span(said: str, first: date, last: date) -> None:
    assert asked(said) == Asked(first, last)


@pytest.mark.parametrize(
    ("said", "first", "other"),
    [
        ("thứ 6 ngày 25", date(2026, 11, 25), date(2026, 11, 27)),  # the 25th is a Wednesday
        ("thứ 5 ngày 2/12", date(2026, 12, 2), date(2026, 12, 3)),
        ("chủ nhật ngày 30 tháng này", date(2026, 11, 30), date(2026, 11, 29)),
    ],
)
def test_weekday_and_date_that_disagree_give_both(said: str, first: date, other: date) -> None:
    assert asked(said) == Asked(first, first, other)


@pytest.mark.parametrize(
    "said",
    [
        "một tháng chủ tịch tiếp dân mấy ngày",  # no month named
        "một tháng hai ngày",  # how often, not February
        "mỗi tháng 2 lần",
        "mai này các cháu lớn",  # some day
        "năm nay",
        "lên xã gặp ai",
        "",
    ],
)
def test_no_day_is_named(said: str) -> None:
    assert asked(said) is None


def test_the_next_first_lunar_month_lies_in_the_next_year() -> None:
    assert asked("rằm tháng giêng") == Asked(date(2027, 2, 20), date(2027, 2, 20))
