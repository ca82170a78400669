"""What became of a message, read from the replies alone, as a resident's program gets them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from benchmarks.evaluation.domain import report_questions

Act = Literal[
    "answered",
    "asked_back",
    "denunciation",
    "complaint",
    "emergency",
    "feedback",
    "human",
    "rephrase",
    "out_of_scope",
    "other",
]
Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """``facts`` are what the reply rests on, ``offered`` those behind each button that leads to an answer."""

    act: Act
    answer: str | None = None
    facts: frozenset[str] = frozenset()
    offered: tuple[frozenset[str], ...] = ()


def outcome_of(replies: Sequence[Payload]) -> Outcome:
    """The outcome of one message by all its replies; what matters more speaks for the rest."""
    outcomes = [_of_one(reply) for reply in replies if reply["kind"] != "notice"]
    if not outcomes:
        return Outcome("other")
    first = min(outcomes, key=lambda outcome: _ORDER.index(outcome.act))
    if first.act != "answered":
        return first
    return _joined([outcome for outcome in outcomes if outcome.act == "answered"])


_ORDER: tuple[Act, ...] = (
    "emergency",
    "denunciation",
    "complaint",
    "feedback",
    "answered",
    "asked_back",
    "human",
    "rephrase",
    "out_of_scope",
    "other",
)


def _of_one(reply: Payload) -> Outcome:
    facts = frozenset(reply.get("facts") or ())
    offered = tuple(frozenset(button["facts"]) for button in reply.get("buttons") or () if button.get("facts"))
    return Outcome(_act(reply, bool(offered)), reply.get("answer"), facts, offered)


def _act(reply: Payload, offers: bool) -> Act:
    kind, topic = reply["kind"], reply.get("topic")
    if kind == "guidance":
        return "denunciation" if topic == "denunciation" else "complaint"
    if kind == "clarify":
        return "asked_back" if offers else "rephrase"
    if kind == "ask" and reply["text"].startswith(report_questions()):
        return "feedback"
    return _PLAIN.get(kind, "other")


_PLAIN: dict[str, Act] = {
    "answer": "answered",
    "emergency": "emergency",
    "handover": "human",
    "out_of_scope": "out_of_scope",
    "receipt": "feedback",
}


def _joined(answers: Sequence[Outcome]) -> Outcome:
    """Two questions in one message have two answers."""
    facts = frozenset(fact for answer in answers for fact in answer.facts)
    offered = tuple(facts for answer in answers for facts in answer.offered)
    return Outcome("answered", answers[0].answer, facts, offered)
