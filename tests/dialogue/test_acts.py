"""What comes before everything else, decided from the chances of a few acts."""

import pytest

from bot.dialogue.acts import DOUBT, UNSURE, Acts, Bounds, act_of, settled

BOUNDS = Bounds(emergency=0.4, denunciation=0.6, doubt=0.3, complaint=0.4, plain=0.5)


@pytest.mark.parametrize(
    ("heard", "acts", "meant"),
    [
        ("ask_village", {"file_denunciation": 0.8, "question": 0.2}, "file_denunciation"),  # the topic's words won
        (UNSURE, {"file_denunciation": 0.7, "question": 0.3}, "file_denunciation"),  # no intent was sure
        (UNSURE, {"file_denunciation": 0.4, "question": 0.6}, DOUBT),  # may be one: nothing kept, and asked
        ("ask_village", {"file_denunciation": 0.2, "question": 0.8}, "ask_village"),
        ("personal_matter", {"emergency": 0.5, "personal_matter": 0.5}, "emergency"),  # rather once too often
        ("emergency", {"emergency": 0.2, "send_feedback": 0.45, "question": 0.35}, "send_feedback"),  # false alarm
        ("emergency", {"emergency": 0.2, "send_feedback": 0.1, "question": 0.7}, UNSURE),
        (UNSURE, {"send_feedback": 0.7, "question": 0.3}, "send_feedback"),
        ("greet", {"aside": 0.9, "question": 0.1}, "greet"),
        ("ask_land", {"file_complaint": 0.5, "question": 0.5}, "file_complaint"),
        ("emergency", {"emergency": 0.5, "file_denunciation": 0.45}, "emergency"),  # the likelier of two
    ],
)
def test_intent(heard: str, acts: Acts, meant: str) -> None:
    assert settled(heard, acts, BOUNDS) == meant


def test_questions_are_one_act() -> None:
    assert {act_of("ask_land"), act_of("ask_not_held")} == {"question"}
    assert act_of("greet") == act_of("out_of_scope") == "aside"
    assert act_of("emergency") == "emergency"
