"""Long words in several messages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.splitting import split, utf16_units


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("ngắn", 10, ["ngắn"]),
        ("", 10, []),
        ("  \n ", 10, []),
        ("Đoạn một.\n\nĐoạn hai.", 12, ["Đoạn một.", "Đoạn hai."]),  # between paragraphs
        ("Dòng một\nDòng hai", 12, ["Dòng một", "Dòng hai"]),  # between lines
        ("Câu một. Câu hai. Câu ba.", 18, ["Câu một. Câu hai.", "Câu ba."]),  # after a sentence
        ("Có không? Có. Thế thì", 10, ["Có không?", "Có.", "Thế thì"]),
        ("một hai ba bốn", 8, ["một hai", "ba bốn"]),  # between words
        ("ababababab", 4, ["abab", "abab", "ab"]),  # where there is nothing else
        ("a\n\nbbbbb ccccc ddddd", 12, ["a\n\nbbbbb", "ccccc ddddd"]),  # no message of one letter
        ("một hai", 7, ["một hai"]),  # just fits
        ("🙂🙂🙂", 2, ["🙂🙂", "🙂"]),
    ],
)
def test_cuts(text: str, longest: int, expected: list[str]) -> None:
    assert split(text, longest) == expected


def test_telegram_counts_an_emoji_twice() -> None:
    assert utf16_units("Việt 🙂") == 7
    assert split("🙂🙂🙂", 4, utf16_units) == ["🙂🙂", "🙂"]


def test_a_letter_keeps_its_marks() -> None:
    decomposed = "e\u0302\u0323" * 5  # “ệ” as three characters
    assert all(piece.startswith("e") for piece in split(decomposed, 7))


@given(st.text(st.sampled_from("aệ🙂.!? \n\u0323"), max_size=200), st.integers(2, 40))
def test_every_piece_fits_and_nothing_is_lost(text: str, longest: int) -> None:
    pieces = split(text, longest, utf16_units)
    assert all(0 < utf16_units(piece) <= longest for piece in pieces)
    assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", text)
