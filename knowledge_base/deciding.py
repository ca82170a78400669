"""Whether to answer, ask back or say that we are not sure: rules over the ranking and what was understood.

Needs no database: the actions and every measurement decide by the same code.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge_base.ranking import Hit, Index

Decision = Literal["answer", "clarify", "unsure"]

SHOWN = 3
"""Answers to choose from, at most."""
LEAD, HELD, UNDERSTOOD, LEVEL = 16.3, 5.25, 1.75, -5.4
"""Logistic regression of “the first answer is right” on questions that no way of asking was written from, on ways held
back from the index, and on questions that no fact answers; ``python -m benchmarks.answers`` shows what comes of it."""
SURE = 0.67
"""From here on the first answer is given alone."""
LEAST_LEAD = 0.015
"""Two answers that fit alike are both shown, however well they fit."""
HEARD, SAME = 0.3, 0.6
"""Below the first, the understanding takes it for nothing of ours: then only a known way of asking (score above the
second) is answered."""
LIKELY, LIKELY_UNHEARD = 0.12, 0.35
"""From here on the right answer is worth looking for among three; the second where the understanding heard nothing."""
OURS, POSSIBLE = 0.5, 0.14
"""A question surely understood as ours is asked back from this score on, however many answers fit alike."""

NOT_HELD = "ask_not_held"
"""The intent of questions near our field which no fact answers."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the model made of a message: intent → chance (0..1), as in its ``intent_ranking``."""

    intents: Mapping[str, float]

    @property
    def topics(self) -> dict[str, float]:
        """How likely the question belongs to each topic; what no fact answers belongs to none."""
        asked = {name: chance for name, chance in self.intents.items() if name.startswith("ask_") and name != NOT_HELD}
        return {name.removeprefix("ask_"): chance for name, chance in asked.items()}

    @property
    def ours(self) -> float:
        """How surely this is a question of ours."""
        return min(1.0, sum(self.topics.values()))


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
    hits = index.search(question, understood.topics, SHOWN + 1, on)
    return Outcome(decide(hits, understood.ours), tuple(hits))


def decide(hits: Sequence[Hit], understood: float) -> Decision:
    """What to do with the hits; ``understood`` (0..1) says how surely this is a question of ours."""
    if not hits:
        return "unsure"
    chance, best = certainty(hits, understood), hits[0].score
    if chance >= SURE and _lead(hits) >= LEAST_LEAD and (understood >= HEARD or best >= SAME):
        return "answer"
    likely = chance >= (LIKELY if understood >= HEARD else LIKELY_UNHEARD)
    return "clarify" if likely or (understood >= OURS and best >= POSSIBLE) else "unsure"


def certainty(hits: Sequence[Hit], understood: float) -> float:
    """How likely (0..1) the first answer is the right one."""
    signs = LEAD * _lead(hits) + HELD * hits[0].held + UNDERSTOOD * understood
    return 1 / (1 + math.exp(-(signs + LEVEL)))


def _lead(hits: Sequence[Hit]) -> float:
    return hits[0].score - (hits[1].score if len(hits) > 1 else 0.0)
