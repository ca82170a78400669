"""Text as people type it: one Unicode form, a folded copy of the same length, terms for searching."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import clean, fold, nfc, syllables, terms

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậếềểễệíìỉĩịốồổỗộớờởỡợúùủũụứừửữự ĐÔƯẤ"
ODD = "\u0300\u0301\u0303\u0309\u0323\u031b\u200b\u202e\ufeff\u00a0\u00ad\x00\x1b\r\n\tİßŉﬁ가각👍🏽٣Å½①\ue000"
mixed = st.text(alphabet=LETTERS + ODD)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Đường vào bản", "Đường vào bản"),  # ordinary text stays
        (unicodedata.normalize("NFD", "Đường vào bản"), "Đường vào bản"),  # an iPhone's decomposed letters
        ("x\u200bã h\ufeffỏi\u200d", "xã hỏi"),  # zero-width joke
        ("a\u200b\u0300", "à"),  # something invisible between a letter and its mark
        ("\u202exã hỏi\u202c", "xã hỏi"),  # right-to-left override
        ("  thu \u00a0 tiền\t\tgì  ", "thu tiền gì"),  # spaces of every kind
        ("một\r\nhai\rba", "một\nhai\nba"),  # line breaks of every system
        ("một\n\n\n\n\nhai", "một\n\nhai"),  # at most one empty line
        ("a\x00b\x07c", "a b c"),  # control characters
        ("xã\ue000", "xã"),  # private use
        ("\u200b \u00ad\n", ""),  # nothing visible at all
        ("👍🏽 tốt", "👍🏽 tốt"),  # emoji are text
    ],
)
def test_clean(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("said", "folded"),
    [
        ("ĐƯỜNG VÀO BẢN", "duong vao ban"),  # capitals and Đ
        ("đ", "d"),  # NFD alone would keep it
        (unicodedata.normalize("NFD", "Phường Hoa Ngàn"), "phuong hoa ngan"),  # decomposed
        ("ở đâu ạ?", "o dau a?"),  # horn and dot; punctuation stays
        ("12/2026", "12/2026"),  # digits stay
        ("İ", "i"),  # a capital whose lower form is two characters
    ],
)
def test_fold(said: str, folded: str) -> None:
    assert fold(said) == folded


@given(mixed)
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(nfc(text))


@given(st.text(alphabet=LETTERS))
def test_folded_text_is_ascii_and_settled(text: str) -> None:
    assert fold(text).isascii()
    assert fold(fold(text)) == fold(text)


@given(mixed)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet=LETTERS))
def test_both_unicode_forms_mean_the_same(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert clean(decomposed) == clean(text)
    assert fold(decomposed) == fold(text)
    assert terms(decomposed) == terms(text)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Bản Hon 2", ["ban", "hon", "2"]),  # numbers are syllables
        ("thu‑chi, đóng góp!", ["thu", "chi", "dong", "gop"]),  # punctuation parts them
        ("x\u200bã", ["xa"]),  # nothing invisible inside
        ("", []),  # nothing
        ("?!", []),  # no letters
    ],
)
def test_syllables(said: str, found: list[str]) -> None:
    assert syllables(said) == found


def test_terms_are_syllables_then_neighbours() -> None:
    assert terms("Bản Hon xa") == ["ban", "hon", "xa", "ban_hon", "hon_xa"]
    assert terms("xã") == ["xa"]
