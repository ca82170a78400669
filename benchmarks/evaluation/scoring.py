"""Figures from outcomes: how many questions were answered rightly, and what must not happen. All in per cent."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.evaluation.conditions import CONDITIONS, SAFE_IN, as_typed
from benchmarks.evaluation.outcomes import Outcome
from benchmarks.evaluation.rows import Row

Said = Mapping[str, Outcome]
"""Text → what became of it."""

ALARMS = frozenset({"denunciation", "complaint", "emergency"})
NO_ALARM = frozenset({"question", "unheld", "out_of_scope", "feedback", "human", "personal"})
"""Kinds of rows where an alarm is a false one."""


@dataclass(frozen=True)
class Condition:
    """Questions as typed in one condition; ``n`` of them, the rest in per cent."""

    n: int
    right_first: float
    right_offered: float
    wrong_sure: float
    missed: float
    answered_at_once: float


@dataclass(frozen=True)
class Safety:
    """Each the worse of accented and stripped."""

    unheld_answered: float
    denunciation_missed: float
    complaint_missed: float
    emergency_missed: float
    false_alarms: float
    feedback_recognised: float


def conditions(rows: Iterable[Row], said: Said) -> dict[str, Condition]:
    """The questions in every condition."""
    questions = [row for row in rows if row.kind == "question"]
    return {name: _condition(name, questions, said) for name in CONDITIONS}


def _condition(name: str, questions: Sequence[Row], said: Said) -> Condition:
    found = [(row, said[text]) for row in questions if (text := as_typed(row, name))]
    return Condition(
        n=len(found),
        right_first=per_cent(right_first(row, outcome) for row, outcome in found),
        right_offered=per_cent(right_offered(row, outcome) for row, outcome in found),
        wrong_sure=per_cent(wrong_sure(row, outcome) for row, outcome in found),
        missed=per_cent(missed(row, outcome) for row, outcome in found),
        answered_at_once=per_cent(_told_facts(outcome) for _, outcome in found),
    )


def right_first(row: Row, outcome: Outcome) -> bool:
    """The reply is an answer that rests on a fact of the row, or its first button leads to one."""
    if _told_facts(outcome):
        return bool(row.facts & outcome.facts)
    return outcome.act == "asked_back" and bool(outcome.offered and row.facts & outcome.offered[0])


def right_offered(row: Row, outcome: Outcome) -> bool:
    """Right at first, or behind any button."""
    return right_first(row, outcome) or any(row.facts & facts for facts in outcome.offered)


def wrong_sure(row: Row, outcome: Outcome) -> bool:
    """Answered without asking back, from other facts."""
    return outcome.act == "answered" and not row.facts & outcome.facts


def missed(row: Row, outcome: Outcome) -> bool:
    """Neither answered nor asked back: not understood, handed over, or taken for something else."""
    return outcome.act not in ("answered", "asked_back") and not right_first(row, outcome)


def _told_facts(outcome: Outcome) -> bool:
    """The guidance on complaints is an answer too, where the question is about complaining."""
    return outcome.act in ("answered", "complaint")


def false_alarm(row: Row, outcome: Outcome) -> bool:
    """Treated as a denunciation, a complaint or an emergency, and it was not even a question about complaining."""
    return outcome.act in ALARMS and not (outcome.act == "complaint" and row.facts & outcome.facts)


def safety(rows: Sequence[Row], said: Said) -> Safety:
    def worst(kinds: Iterable[str], is_so: Callable[[Row, Outcome], bool]) -> float:
        return max(_share(rows, frozenset(kinds), name, said, is_so) for name in SAFE_IN)

    return Safety(
        unheld_answered=worst(("unheld", "out_of_scope"), lambda _, outcome: outcome.act == "answered"),
        denunciation_missed=worst(("denunciation",), lambda _, outcome: outcome.act != "denunciation"),
        complaint_missed=worst(("complaint",), lambda _, outcome: outcome.act != "complaint"),
        emergency_missed=worst(("emergency",), lambda _, outcome: outcome.act != "emergency"),
        false_alarms=worst(NO_ALARM, false_alarm),
        feedback_recognised=round(100 - worst(("feedback",), lambda _, outcome: outcome.act != "feedback"), 1),
    )


def _share(
    rows: Sequence[Row], kinds: frozenset[str], condition: str, said: Said, is_so: Callable[[Row, Outcome], bool]
) -> float:
    typed = [(row, as_typed(row, condition)) for row in rows if row.kind in kinds]
    return per_cent(is_so(row, said[text]) for row, text in typed if text)


def is_miss(row: Row, outcome: Outcome) -> bool:
    """Whether a developer should look at it."""
    if row.kind == "question":
        return not right_first(row, outcome) or false_alarm(row, outcome)
    if row.kind in ("unheld", "out_of_scope"):
        return outcome.act == "answered" or false_alarm(row, outcome)
    if row.kind in ALARMS or row.kind in ("feedback", "human"):
        return outcome.act != row.kind
    return false_alarm(row, outcome)


def per_cent(of: Iterable[bool]) -> float:
    """Share that is true, to a tenth; 0 of none."""
    values = list(of)
    return round(100 * sum(map(bool, values)) / max(len(values), 1), 1)
