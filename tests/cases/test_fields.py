"""What a report is about, guessed from the words people use."""

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.fields.__main__ import figures, read
from bot.cases import field_guess, fields
from bot.language import fold


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("Đường vào bản hỏng, nhờ xã sửa", "roads"),  # the example of every demo
        ("duong vao ban hong nho xa sua", "roads"),  # the same without marks
        ("cầu treo gãy mất hai tấm ván", "roads"),
        ("nhà bên lấn chiếm đất ruộng nhà tôi", "land"),
        ("trại lợn thối không chịu được, chuồng lợn xả thải ra suối", "environment"),
        ("nhà tôi không có tên trong danh sách hộ nghèo", "welfare"),
        ("bản thu tiền quỹ mà không có hóa đơn", "finances"),
        ("hương ước bản phạt nặng quá", "convention"),
        ("hẹn trả kết quả khai sinh mà ba tuần chưa có", "procedures"),
        ("cán bộ quát dân ở bộ phận một cửa", "officials"),
        ("mất nước sinh hoạt mười ngày nay, đường ống vỡ", "utilities"),  # “đường ống” beats “đường”
        ("mất điện cả tuần", "utilities"),
        ("trường học dột, cô giáo viên nghỉ", "education_health"),
        ("đêm nào cũng karaoke ầm ĩ", "security"),
        ("con gà nhà tôi lạc", None),  # nothing speaks for any
        ("", None),
        ("Nam đi học", "education_health"),  # “đ” folded must not become “đất”; whole words only
    ],
)
def test_guess(said: str, field: str | None) -> None:
    assert field_guess.guess(said) == field


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("Đất đai", "land"),  # its label
        ("dat dai", "land"),  # its label without marks
        ("nước", "utilities"),  # half of “nước, điện”
        ("việc khác", "other"),
        ("chuyện cái cầu treo", "roads"),  # its words
        ("không rõ", None),
    ],
)
def test_read(said: str, field: str | None) -> None:
    assert fields.read(said, fold) == field


def test_every_field_with_words_has_a_label() -> None:
    assert set(fields.WORDS) | {"other"} == set(fields.FIELDS)
    assert all(words == fold(words) for words in fields.WORDS.values())


def test_examples_are_of_known_fields_and_none_is_of_the_measured_reports() -> None:
    examples = field_guess.read_examples()
    assert {field for field, _ in examples} == {field for field, _ in read()} == set(fields.FIELDS)
    assert not {fold(text) for _, text in examples} & {fold(text) for _, text in read()}


def test_a_line_without_a_field_is_found(tmp_path: Path) -> None:
    wrong = tmp_path / "examples.txt"
    wrong.write_text("roads: cầu gãy\nđường hỏng\n", encoding="utf-8")
    with pytest.raises(ValueError, match="đường hỏng"):
        field_guess.read_examples(wrong)


@pytest.mark.parametrize("change", [str, fold])  # with marks and without
def test_reports_never_seen_are_guessed(change: Callable[[str], str]) -> None:
    measured = figures(read(), change)
    assert measured["right"] >= 77
    assert measured["right of taken"] >= 81
