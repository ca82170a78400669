"""Every limit of the law in the code says what its fact says, and nothing else does."""

import re
from datetime import datetime, timedelta

import pytest

from bot.calendars.queries import Calendars
from bot.cases.clocks import limits
from bot.cases.clocks.limits import (
    ACCEPTANCE,
    BOARDS,
    DATA_DONE,
    DATA_EXTENSION,
    DATA_REPLY,
    PASSING_ON,
    TARGETS,
    Limit,
)
from bot.clock import VIETNAM
from knowledge_base.loader import load

FACTS = {fact.id: fact for fact in load().facts}
USUAL = Calendars(0, {}, {}).of(None)

OF_LAW = [
    (PASSING_ON, "không quá 05 ngày làm việc", False),  # PA-08: its decree may have been replaced
    (BOARDS["people_inspection"], "trong 15 ngày kể từ khi nhận", True),  # GS-12
    (BOARDS["investment_supervision"], "trong 15 ngày", True),  # GS-22
    (DATA_REPLY, "trong 02 ngày làm việc", False),  # DL-03: the decree's own text was not seen
    (DATA_DONE["withdraw"], "trong 15 ngày (", False),  # DL-04
    (DATA_DONE["withdraw_third_party"], "20 ngày nếu phải yêu cầu bên thứ ba", False),
    (DATA_EXTENSION, "gia hạn một lần không quá 15 ngày", False),
    (DATA_DONE["see"], "Xem, sửa, cung cấp dữ liệu khoảng 10 ngày", False),  # DL-05
    (DATA_DONE["erase"], "xóa khoảng 20 ngày", False),
]


@pytest.mark.parametrize(("limit", "words", "sure"), OF_LAW)
def test_a_limit_of_the_law_is_what_its_fact_says(limit: Limit, words: str, sure: bool) -> None:
    fact = FACTS[limit.basis]
    assert words in fact.text
    number = re.search(r"(\d+) ngày( làm việc)?", words)
    assert number
    assert int(number[1]) == limit.amount
    assert (limit.unit == limits.WORKING_DAYS) == bool(number[2])
    assert (fact.standing == "sure") is sure
    assert not limit.pauses  # no fact says that it stands still


def test_no_other_limit_claims_to_be_law() -> None:
    every = [value for value in vars(limits).values() if isinstance(value, Limit | dict)]
    flat = [limit for value in every for limit in (value.values() if isinstance(value, dict) else [value])]
    of_law = [limit for limit in flat if isinstance(limit, Limit) and limit.of_law]
    assert {id(limit) for limit in of_law} == {id(row[0]) for row in OF_LAW}
    assert not any(limit.of_law for limit in (*TARGETS.values(), ACCEPTANCE))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("limit", "start", "due", "warn"),
    [
        (
            TARGETS["first_reply"],
            "2026-11-20T16:30",
            "2026-11-25T16:30",
            "2026-11-25T11:30",
        ),  # 24/11 is off; lunch is no time
        (PASSING_ON, "2026-11-23T16:30", "2026-12-01T16:30", "2026-11-30T16:30"),  # five days with a holiday between
        (ACCEPTANCE, "2026-11-20T16:30", "2026-11-23T16:30", "2026-11-23T15:00"),  # a fifth of a day is 1 h 30
        (BOARDS["people_inspection"], "2026-11-20T16:30", "2026-12-05T16:30", "2026-12-02T16:30"),  # ends on Saturday
        (DATA_DONE["see"], "2027-02-03T09:00", "2027-02-13T09:00", "2027-02-11T09:00"),  # days of Tết count as days
        (DATA_REPLY, "2027-02-03T09:00", "2027-02-12T09:00", "2027-02-11T15:30"),  # but not as working days
    ],
)
def test_when_it_ends_and_when_its_end_is_near(limit: Limit, start: str, due: str, warn: str) -> None:
    found = limit.due(at(start), USUAL)
    assert found == at(due)
    assert limit.warn(found, USUAL, at(start)) == at(warn)


def test_a_warning_never_comes_before_what_it_warns_of() -> None:
    due = at("2026-11-20T10:00")
    assert TARGETS["settlement"].warn(due, USUAL, due - timedelta(minutes=5)) == due - timedelta(minutes=5)
