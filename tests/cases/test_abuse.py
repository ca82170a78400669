"""Abusive words are dotted out where others read them, and nothing that merely looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.abuse import softened
from bot.language import fold, nfc


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("địt mẹ cán bộ xã", "đ… m… cán bộ xã"),  # the matter stays
        ("ĐM đường hỏng cả năm", "Đ… đường hỏng cả năm"),  # capitals
        ("dit me duong hong ca nam", "d… m… duong hong ca nam"),  # without accents
        ("bọn chó ăn tiền của dân", "b… c… ăn tiền của dân"),
        ("vcl, mất nước 3 hôm", "v…, mất nước 3 hôm"),  # shorthand
        ("đồ mất dạy!", "đồ m… d…!"),
        ("thằng ngu như bò kia", "t… n… như bò kia"),  # two that overlap: the first
    ],
)
def test_masked(written: str, read: str) -> None:
    assert softened(written, fold) == read


@pytest.mark.parametrize(
    "innocent",
    [
        "lợn chết trôi suối, các hộ báo từ buổi sáng",  # pigs, several, morning
        "lon chet troi suoi, cac ho bao tu buoi sang",  # the same without accents
        "con chó thả rông cắn trẻ con",  # a dog
        "cho de o cong truong",  # “cho để ở cổng trường”
        "trồng cây óc chó bị thu hồi đất",  # walnuts
        "vài lon bia vứt bừa bãi",  # cans
        "đường đi học của các cháu đeo cặp",  # go, wear
        "đủ mẹ đủ cha",  # enough
        "bo may cay cua hop tac xa hong",  # “bộ máy cày”
        "cho me may ao dai",  # “cho mẹ may áo dài”
    ],
)
def test_left_alone(innocent: str) -> None:
    assert softened(innocent, fold) == innocent


@given(st.text(max_size=200).map(nfc))
def test_softening_twice_is_softening_once_and_nothing_else_changes(text: str) -> None:
    once = softened(text, fold)
    assert softened(once, fold) == once
    assert "…" in once or once == text
