"""The three meanings of “anonymous”."""

import pytest

from bot.cases import visibility
from bot.language import fold


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("1", "nobody"),  # by number
        ("2.", "officials"),
        ("3", "public"),
        ("4", None),  # no such number
        ("Không ai biết tôi", "nobody"),  # by the button's words
        ("ẩn danh", "nobody"),
        ("giau ten giup toi", "nobody"),  # without marks
        ("không ai, kể cả cán bộ", "nobody"),  # officials are named, but to be kept out
        ("Chỉ cán bộ", "officials"),
        ("đừng công khai, chỉ xã biết", "officials"),
        ("không công khai", "officials"),  # not “công khai”
        ("Công khai được", "public"),
        ("cho bà con cùng biết", "public"),
        ("ai cũng xem được", "public"),
        ("sao cũng được", None),
        ("", None),
    ],
)
def test_read(said: str, level: str | None) -> None:
    assert visibility.read(said, fold) == level


def test_what_is_kept_from_the_public_comes_first() -> None:
    assert list(visibility.LEVELS)[-1] == "public"
