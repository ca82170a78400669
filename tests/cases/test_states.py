"""What may follow what in a case, and what everybody reads."""

import pytest

from bot.cases.states import OUTCOMES, STATES, NotAllowed, check_move
from bot.language import fold


@pytest.mark.parametrize(
    ("current", "to", "outcome"),
    [
        ("new", "received", None),  # the office takes it
        ("received", "in_progress", None),
        ("received", "answered", "explained"),  # a quick answer
        ("in_progress", "waiting_for_resident", None),
        ("waiting_for_resident", "in_progress", None),  # and back
        ("in_progress", "answered", "resolved"),
        ("waiting_for_resident", "answered", "declined"),  # the resident never came back
        ("answered", "closed", None),
        ("transferred", "received", None),  # its clock starts anew
    ],
)
def test_allowed(current: str, to: str, outcome: str | None) -> None:
    check_move(current, to, outcome)


@pytest.mark.parametrize(
    ("current", "to", "outcome"),
    [
        ("new", "answered", "resolved"),  # nobody received it
        ("new", "new", None),  # no step
        ("received", "answered", None),  # an answer needs its outcome
        ("received", "answered", "solved"),  # no such outcome
        ("received", "in_progress", "resolved"),  # an outcome needs an answer
        ("closed", "in_progress", None),  # over
        ("withdrawn", "received", None),  # over
        ("merged", "received", None),  # over
        ("answered", "in_progress", None),  # only the resident reopens
        ("received", "nowhere", None),  # no such state
    ],
)
def test_refused(current: str, to: str, outcome: str | None) -> None:
    with pytest.raises(NotAllowed):
        check_move(current, to, outcome)


def test_every_state_has_both_labels_and_can_be_reached_from_a_known_one() -> None:
    assert all(state.official and state.resident for state in STATES.values())
    assert {name for state in STATES.values() for name in state.next} <= set(STATES)
    assert all(not state.next for state in STATES.values() if not state.open and state.name != "answered")


def test_labels_are_vietnamese() -> None:
    labels = [label for s in STATES.values() for label in (s.official, s.resident)] + list(OUTCOMES.values())
    assert all(fold(label) != label.lower() for label in labels)
