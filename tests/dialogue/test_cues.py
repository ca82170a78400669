"""Small words that tell what a sentence does."""

import pytest

from bot.dialogue.cues import COUNT, cues


def test_as_many_figures_for_every_text() -> None:
    assert {len(cues(text, text)) for text in ("", "a", "toi khong dong y", "cuu voi")} == {COUNT}


@pytest.mark.parametrize(
    ("said", "otherwise"),
    [
        ("duong hong thi ai sua", "duong hong mai khong duoc sua"),  # asked, told
        ("khong dong y quyet dinh thi lam sao", "toi khong dong y quyet dinh"),
        ("dang chay nha", "nam ngoai chay nha"),  # now, then
    ],
)
def test_minimal_pairs_differ(said: str, otherwise: str) -> None:
    assert cues(said, said) != cues(otherwise, otherwise)


def test_a_phrase_is_heard_as_whole_words_only() -> None:
    assert cues("maixuan", "maixuan") == [0.0] * COUNT


def test_a_question_mark_asks() -> None:
    assert cues("viec nay", "việc này?")[-1] == 1.0
    assert cues("viec nay", "việc này")[-1] == 0.0
