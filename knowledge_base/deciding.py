"""Whether to answer, ask back or say that we are not sure: rules over the ranking and what was understood.

Needs no database: the actions and every measurement decide by the same code.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from knowledge_base.ranking import Hit, Index

Decision = Literal["answer", "clarify", "unsure"]

SHOWN = 3
"""Answers to choose from, at most."""
LOOKED_AT = 10
"""Answers among which those to choose from are looked for."""
LEAD, HELD, FOREIGN, LEVEL = 37.0, 2.28, -13.9, -1.83
"""Logistic regression of “the first answer is right” on what is held out for tuning, typed in five ways, questions that
no fact answers among it; ``python -m benchmarks.answers calibrate`` fits it again and shows what comes of it."""
SURE = 0.93
"""From here on the first answer is given alone: about 1 of 100 questions is then told a wrong one."""
LIKELY = 0.12
"""From here on the right answer is worth looking for among three."""

NOT_HELD = "ask_not_held"
"""The intent of questions near our field which no fact answers."""
NOT_OURS = (NOT_HELD, "out_of_scope")


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the model made of a message: intent → chance (0..1), and answer → how much speaks for it (0..2)."""

    intents: Mapping[str, float]
    answers: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, parsed: Mapping[str, Any]) -> "Understanding":
        """From a parse result of the island, by its ``intent_ranking`` and ``answer_ranking``."""
        intents = {said["name"]: float(said["confidence"]) for said in parsed.get("intent_ranking") or []}
        return cls(intents, {said["name"]: float(said["score"]) for said in parsed.get("answer_ranking") or []})

    @property
    def topics(self) -> dict[str, float]:
        """How likely the question belongs to each topic; what no fact answers belongs to none."""
        asked = {name: chance for name, chance in self.intents.items() if name.startswith("ask_") and name != NOT_HELD}
        return {name.removeprefix("ask_"): chance for name, chance in asked.items()}

    @property
    def foreign(self) -> float:
        """How likely no fact of ours answers it."""
        return sum(self.intents.get(name, 0.0) for name in NOT_OURS)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The decision and the answers it rests on, best first: the first is given, up to three are offered."""

    decision: Decision
    hits: tuple[Hit, ...]

    @property
    def offered(self) -> tuple[Hit, ...]:
        """What the resident is shown: one answer, several to choose from, or nothing."""
        return self.hits[: {"answer": 1, "clarify": SHOWN, "unsure": 0}[self.decision]]


def decided(index: Index, question: str, understood: Understanding, on: date) -> Outcome:
    """What is made of a question on that day."""
    hits = candidates(index, question, understood, on)
    return Outcome(decide(hits, understood), tuple(hits))


def candidates(index: Index, question: str, understood: Understanding, on: date) -> list[Hit]:
    """The answers to choose from, best first, one more than is shown; none that adds no fact to those before it."""
    kept: list[Hit] = []
    told: set[str] = set()
    for hit in index.search(question, understood.topics, LOOKED_AT, on, understood.answers):
        if not hit.facts or not told.issuperset(hit.facts):
            kept.append(hit)
            told.update(hit.facts)
    return kept[: SHOWN + 1]


def decide(hits: Sequence[Hit], understood: Understanding) -> Decision:
    """What to do with the hits, best first."""
    if not hits:
        return "unsure"
    chance = certainty(hits, understood)
    if chance >= SURE:
        return "answer"
    return "clarify" if chance >= LIKELY else "unsure"


def certainty(hits: Sequence[Hit], understood: Understanding) -> float:
    """How likely (0..1) the first answer is the right one; there is at least one."""
    weighed = zip((LEAD, HELD, FOREIGN), signs(hits, understood), strict=True)
    return 1 / (1 + math.exp(-(LEVEL + sum(weight * sign for weight, sign in weighed))))


def signs(hits: Sequence[Hit], understood: Understanding) -> tuple[float, float, float]:
    """What certainty rests on: the first answer's lead, the share of the question it holds, how foreign that is."""
    lead = hits[0].score - (hits[1].score if len(hits) > 1 else 0.0)
    return lead, hits[0].held, understood.foreign
