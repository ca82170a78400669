"""What comes before everything else, decided from the chances of a few acts."""

from dataclasses import replace

import pytest

from bot.dialogue.acts import DOUBT, UNSURE, Acts, Bounds, act_of, pooled, settled

BOUNDS = Bounds(emergency=0.4, denunciation=0.6, doubt=0.3, complaint=0.4, beside_question=0.6, plain=0.5, told=1.0)


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
        ("send_feedback", {"send_feedback": 0.3, "question": 0.7}, UNSURE),  # asked after all: looked up
        ("send_feedback", {"send_feedback": 0.2, "question": 0.3, "aside": 0.5}, "send_feedback"),
        ("greet", {"aside": 0.9, "question": 0.1}, "greet"),
        ("ask_land", {"file_complaint": 0.5, "question": 0.5}, "file_complaint"),
        ("emergency", {"emergency": 0.5, "file_denunciation": 0.45}, "emergency"),  # the likelier of two
    ],
)
def test_intent(heard: str, acts: Acts, meant: str) -> None:
    assert settled(heard, acts, BOUNDS) == meant


def test_both_judges_count() -> None:
    acts = {"send_feedback": 0.5, "question": 0.4, "aside": 0.1}
    both = pooled(acts, {"ask_land": 0.5, "ask_village": 0.45, "send_feedback": 0.05})
    assert max(both, key=both.__getitem__) == "question"  # topics count together
    assert sum(both.values()) == pytest.approx(1)
    assert both["aside"] > 0  # not named by the classifier, yet not impossible


def test_a_classifier_that_names_nothing_changes_nothing() -> None:
    acts = {"emergency": 0.9, "question": 0.1}
    assert max(pooled(acts, {}), key=acts.__getitem__) == "emergency"


def test_feedback_counts_for_more_than_it_seems() -> None:
    acts = {"send_feedback": 0.35, "question": 0.45, "aside": 0.2}
    assert settled("ask_land", acts, BOUNDS) == "ask_land"
    assert settled("ask_land", acts, replace(BOUNDS, told=1.5)) == "send_feedback"


def test_questions_are_one_act() -> None:
    assert {act_of("ask_land"), act_of("ask_not_held")} == {"question"}
    assert act_of("greet") == act_of("out_of_scope") == "aside"
    assert act_of("emergency") == "emergency"
