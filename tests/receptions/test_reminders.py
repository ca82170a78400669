"""When residents are reminded, as a table of local moments."""

from datetime import date, datetime, time

import pytest

from bot.clock import VIETNAM
from bot.receptions import booking_codes
from bot.receptions.reminders import due_at, is_useful, may_send

DAY = date(2026, 11, 25)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("booked", "due"),
    [
        ("2026-11-20T08:30", "2026-11-24T18:00"),  # the evening before
        ("2026-11-24T17:59", "2026-11-24T18:00"),  # just before it
        ("2026-11-24T18:00", None),  # it has come: no reminder of what was just agreed to
        ("2026-11-25T06:00", None),  # on the day itself
    ],
)
def test_the_evening_before(booked: str, due: str | None) -> None:
    assert due_at(DAY, at(booked), 18) == (at(due) if due else None)


@pytest.mark.parametrize(
    ("now", "sent"),
    [
        ("2026-11-24T18:00", True),
        ("2026-11-24T20:59", True),
        ("2026-11-24T21:00", False),  # night
        ("2026-11-25T05:59", False),
        ("2026-11-25T06:00", True),  # a worker that was down all evening
        ("2026-11-25T07:30", False),  # it has begun
        ("2026-11-26T08:00", False),
    ],
)
def test_never_at_night_nor_too_late(now: str, sent: bool) -> None:
    assert (may_send(at(now)) and is_useful(DAY, time(7, 30), at(now))) is sent


def test_a_code_is_read_among_other_words_and_checked() -> None:
    code = booking_codes.make(lambda n: 7)
    assert code == "LH-7777-777" + code[-1]
    assert booking_codes.read(f"hủy {code.lower()} giúp tôi") == code
    assert booking_codes.read(code[:-1] + ("0" if code[-1] != "0" else "1")) is None
    assert booking_codes.read("hủy lịch hẹn") is None
