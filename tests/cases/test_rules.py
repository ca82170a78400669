"""Who may do what with a case, from which state, and what it takes."""

import pytest

from bot.cases import reasons
from bot.cases.rules import TABLE, Act, NotAllowed, Step, Who, check, open_to
from bot.cases.states import GIVEN, OPEN, OUTCOMES, RESOLVED, STATES
from bot.language import fold

OFFICE, RECEIVER, LEADER, COORDINATOR = Who.OFFICE, Who.RECEIVER, Who.LEADER, Who.COORDINATOR
SENDER, FOLLOWER, READER, SYSTEM = Who.SENDER, Who.FOLLOWER, Who.READER, Who.SYSTEM
DONE = Step(Act.ANSWER, text="đã sửa", outcome="resolved")


@pytest.mark.parametrize(
    ("who", "state", "step", "to"),
    [
        (OFFICE, "new", Step(Act.RECEIVE), "received"),  # the office takes it
        (COORDINATOR, "new", Step(Act.RECEIVE), "received"),  # or the province, for an office that sleeps
        (OFFICE, "received", Step(Act.START), "in_progress"),
        (OFFICE, "received", DONE, "answered"),  # a quick answer
        (OFFICE, "in_progress", Step(Act.ASK, text="đoạn nào"), "waiting_for_resident"),
        (OFFICE, "waiting_for_resident", Step(Act.RESUME), "in_progress"),  # and back
        (OFFICE, "waiting_for_resident", Step(Act.ANSWER, "x", "declined", "not_enough"), "answered"),  # nobody came
        (OFFICE, "answered", Step(Act.CLOSE), "closed"),
        (SYSTEM, "answered", Step(Act.CLOSE), "closed"),  # the days for reopening are over
        (OFFICE, "new", Step(Act.TRANSFER, reason="not_our_place", office=2), "transferred"),  # not ours at all
        (OFFICE, "waiting_for_resident", Step(Act.TRANSFER, reason="needs_higher", office=2), "transferred"),
        (RECEIVER, "transferred", Step(Act.ACCEPT), "received"),  # its clock starts
        (RECEIVER, "transferred", Step(Act.RETURN, "không phải", reason="not_ours"), "received"),
        (COORDINATOR, "transferred", Step(Act.ASSIGN_OFFICE, "xã làm", office=2), "received"),
        (COORDINATOR, "in_progress", Step(Act.ASSIGN_OFFICE, "sở làm", office=2), "received"),
        (LEADER, "received", Step(Act.ASSIGN_PERSON, person=3), None),
        (RECEIVER, "transferred", Step(Act.NOTE, "đang xem"), None),
        (SENDER, "waiting_for_resident", Step(Act.ADD, "ở đầu bản"), "in_progress"),  # what was asked for came
        (SENDER, "in_progress", Step(Act.ADD, "thêm một ảnh"), None),
        (SENDER, "new", Step(Act.ADD), None),  # a photo without words
        (SENDER, "transferred", Step(Act.WITHDRAW), "withdrawn"),
        (SENDER, "answered", Step(Act.REOPEN, "vẫn hỏng"), "new"),  # new work for the office
        (SENDER, "closed", Step(Act.REOPEN, "vẫn hỏng"), "new"),  # closing early takes nothing from the resident
        (SENDER, "closed", Step(Act.RATE, stars=1), None),
        (SENDER, "new", Step(Act.SHOW_TO, level="nobody"), None),
        (READER, "new", Step(Act.FOLLOW), None),
        (FOLLOWER, "answered", Step(Act.LEAVE), None),
    ],
)
def test_allowed(who: Who, state: str, step: Step, to: str | None) -> None:
    assert check({who}, state, step).to == to


@pytest.mark.parametrize(
    ("who", "state", "step", "missing"),
    [
        (OFFICE, "new", DONE, None),  # nobody received it
        (OFFICE, "new", Step(Act.START), None),  # nobody received it
        (OFFICE, "received", Step(Act.RECEIVE), None),  # twice
        (OFFICE, "received", Step(Act.ANSWER, "x"), "outcome"),  # an answer needs its outcome
        (OFFICE, "received", Step(Act.ANSWER, outcome="resolved"), "text"),  # and words
        (OFFICE, "received", Step(Act.ANSWER, "x", "solved"), "outcome"),  # no such outcome
        (OFFICE, "received", Step(Act.ANSWER, "x", "withdrawn"), "outcome"),  # the resident's
        (OFFICE, "received", Step(Act.ANSWER, "x", "duplicate"), "outcome"),  # comes of merging
        (OFFICE, "received", Step(Act.START, outcome="resolved"), "outcome"),  # an outcome needs an answer
        (OFFICE, "received", Step(Act.ANSWER, "x", "declined"), "reason"),  # a refusal says why
        (OFFICE, "received", Step(Act.ANSWER, "x", "declined", "court"), "reason"),  # of its own list
        (OFFICE, "received", Step(Act.ANSWER, "x", "resolved", "not_true"), "reason"),  # who settles refuses nothing
        (OFFICE, "received", Step(Act.ANSWER, "x", "not_within_authority", "court"), "competent"),  # names who is
        (OFFICE, "received", Step(Act.ANSWER, "x", "explained", competent="tòa án"), "competent"),  # nobody else's
        (OFFICE, "in_progress", Step(Act.ASK), "text"),  # what is to be added
        (OFFICE, "in_progress", Step(Act.TRANSFER, reason="not_our_place"), "office"),  # to nowhere
        (OFFICE, "in_progress", Step(Act.TRANSFER, office=2), "reason"),
        (OFFICE, "in_progress", Step(Act.TRANSFER, office=2, reason="not_true"), "reason"),  # a reason for refusing
        (OFFICE, "transferred", Step(Act.TRANSFER, office=3, reason="not_our_place"), None),  # one at a time
        (OFFICE, "transferred", Step(Act.ACCEPT), None),  # not the sender
        (OFFICE, "transferred", DONE, None),  # it is on its way
        (RECEIVER, "transferred", DONE, None),  # accept it first
        (RECEIVER, "transferred", Step(Act.RETURN, reason="not_ours"), "text"),  # and in words
        (OFFICE, "received", Step(Act.ASSIGN_OFFICE, "x", office=2), None),  # that is transferring
        (LEADER, "received", Step(Act.ASSIGN_OFFICE, "x", office=2), None),  # the province's
        (COORDINATOR, "received", DONE, None),  # not in place of the office: assign it first
        (OFFICE, "closed", Step(Act.START), None),  # over
        (OFFICE, "withdrawn", Step(Act.RECEIVE), None),  # over
        (OFFICE, "merged", Step(Act.RECEIVE), None),  # over
        (OFFICE, "merged", Step(Act.MERGE), None),  # once
        (OFFICE, "answered", Step(Act.REOPEN, "x"), None),  # only the resident reopens
        (SENDER, "answered", Step(Act.REOPEN), "text"),  # and says why
        (SENDER, "answered", Step(Act.ADD, "cảm ơn"), None),  # thanks open nothing
        (SENDER, "answered", Step(Act.WITHDRAW), None),  # too late
        (SENDER, "in_progress", Step(Act.RATE, stars=5), None),  # nothing to rate yet
        (SENDER, "answered", Step(Act.RATE, stars=6), "stars"),
        (SENDER, "answered", Step(Act.RATE), "stars"),
        (SENDER, "new", Step(Act.SHOW_TO, level="friends"), "level"),
        (SENDER, "new", Step(Act.RECEIVE), None),  # not a resident's
        (FOLLOWER, "new", Step(Act.WITHDRAW), None),  # not theirs
        (FOLLOWER, "answered", Step(Act.REOPEN, "x"), None),  # not theirs
        (READER, "new", Step(Act.ADD, "x"), None),  # follow, or report it
        (SYSTEM, "new", Step(Act.RECEIVE), None),  # people receive
    ],
)
def test_refused(who: Who, state: str, step: Step, missing: str | None) -> None:
    with pytest.raises(NotAllowed) as refused:
        check({who}, state, step)
    assert refused.value.missing == missing


def test_one_step_has_one_row_for_each_part_and_state() -> None:
    for who in Who:
        for state in STATES:
            acts = [rule.act for rule in open_to({who}, state)]
            assert len(acts) == len(set(acts)), (who, state)


def test_every_state_is_known_and_reached_and_every_open_one_has_a_way_on() -> None:
    reached = {rule.to for rule in TABLE} - {None}
    assert reached <= set(STATES)
    assert set(STATES) - reached == set()
    ways_on = {state: {rule.to for rule in open_to({OFFICE, RECEIVER}, state)} - {None} for state in OPEN}
    assert all(ways_on.values()), ways_on


def test_withdrawn_and_merged_end_everything() -> None:
    assert [open_to(set(Who), state) for state in ("withdrawn", "merged")] == [[], []]


@pytest.mark.parametrize("state", sorted(OPEN))
def test_a_resident_may_withdraw_from_every_open_state(state: str) -> None:
    assert check({SENDER}, state, Step(Act.WITHDRAW)).to == "withdrawn"


def test_only_resolved_counts_as_resolved() -> None:
    assert {"resolved"} == RESOLVED
    assert set(GIVEN) == set(OUTCOMES) - {"duplicate", "withdrawn"}


def test_labels_are_vietnamese() -> None:
    labels = [label for s in STATES.values() for label in (s.official, s.resident)]
    labels += [*OUTCOMES.values(), *reasons.LABELS.values()]
    assert all(fold(label) != label.lower() for label in labels)


def test_no_reason_is_in_two_lists() -> None:
    lists = (reasons.DECLINED, reasons.NOT_WITHIN_AUTHORITY, reasons.TRANSFER, reasons.RETURN)
    assert len(reasons.LABELS) == sum(map(len, lists))
