"""What an address may choose, and what it may not."""

from datetime import date

import pytest

from bot.tallies.selection import UNKNOWN, BadSelection, Selection, read
from bot.tallies.tables import in_words, period

FULL = {"from": "2026-11-01", "to": "2026-11-30", "commune": "3", "field": "land", "state": "new", "outcome": "none"}


def test_an_address_says_the_same_both_ways() -> None:
    assert read(FULL).query() == FULL
    assert read({}).query() == {}
    assert read(FULL).outcome == UNKNOWN


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("from", "abc"),
        ("to", "0001-01-01"),
        ("to", "9999-12-31"),
        ("commune", "1 or 1=1"),
        ("commune", "9" * 12),
        ("field", "'; drop"),
        ("state", "\x00"),
        ("outcome", "x" * 60),
    ],
)
def test_nonsense_is_refused(name: str, typed: str) -> None:
    with pytest.raises(BadSelection):
        read({name: typed})


def test_a_month_stays_inside_the_period() -> None:
    chosen = Selection(since=date(2026, 11, 5), until=date(2027, 2, 1))
    assert chosen.in_month("2026-11") == Selection(since=date(2026, 11, 5), until=date(2026, 11, 30))
    assert chosen.in_month("2027-02") == Selection(since=date(2027, 2, 1), until=date(2027, 2, 1))
    assert Selection().in_month("2028-02").until == date(2028, 2, 29)


def test_in_words() -> None:
    assert period(Selection()) == "từ trước đến nay"
    assert in_words(read(FULL), {3: "xã Thử"}) == (
        "đất đai; xã Thử; Mới gửi; (chưa có kết quả); từ 01/11/2026 đến hết 30/11/2026"
    )
