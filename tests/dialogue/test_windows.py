"""Long texts are judged by overlapping windows."""

from dataclasses import dataclass
from itertools import pairwise

from bot.dialogue.windows import LONGEST_WHOLE, SIZE, STEP, judged, windows


@dataclass(frozen=True)
class Word:
    text: str


def words(count: int) -> list[Word]:
    return [Word(str(number)) for number in range(count)]


def test_an_ordinary_text_has_no_windows() -> None:
    assert windows(words(LONGEST_WHOLE)) == []


def test_windows_overlap_and_leave_nothing_out() -> None:
    for count in (61, 80, 99, 100, 101, 437):
        text = words(count)
        parts = windows(text)
        assert {word for part in parts for word in part} == set(text)
        assert all(len(part) <= SIZE for part in parts)
        assert all(later[0] == part[STEP] for part, later in pairwise(parts))


def test_a_word_of_two_syllables_counts_as_two() -> None:
    assert windows([Word("phản ánh")] * 31)[0] == [Word("phản ánh")] * (SIZE // 2)


def test_one_sure_window_makes_an_emergency_before_anything_else() -> None:
    quiet = {"send_feedback": 0.9, "emergency": 0.1, "file_denunciation": 0.0}
    accusing = {"send_feedback": 0.0, "emergency": 0.1, "file_denunciation": 0.9}
    crying = {"send_feedback": 0.1, "emergency": 0.85, "file_denunciation": 0.05}
    assert judged([quiet, accusing, quiet]) == accusing
    assert judged([quiet, accusing, quiet, crying]) == crying


def test_asides_are_left_out_unless_there_is_nothing_else() -> None:
    greeting = {"greet": 0.8, "send_feedback": 0.1, "ask_land": 0.1}
    telling = {"greet": 0.2, "send_feedback": 0.6, "ask_land": 0.2}
    chances = judged([greeting, telling])
    assert max(chances, key=chances.__getitem__) == "send_feedback"
    assert "greet" not in chances
    assert judged([greeting, greeting])["greet"] == 0.8
