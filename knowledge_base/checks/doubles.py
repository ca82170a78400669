"""The same question under two answers, in the same words, in another order, or nearly."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from bot.language import fold
from knowledge_base.answers import Answer
from knowledge_base.checks.findings import Finding, Level
from knowledge_base.likeness import Likeness
from knowledge_base.wording import same_question

NEARLY = 0.88
"""Likeness from which two ways differ by a word that tells little; at 0.86 stand the first that ask for two things."""


def doubles(answers: Sequence[Answer]) -> Iterator[Finding]:
    """The same words are an error; the same in another order, or all but a small word, a warning."""
    yield from _shared(answers, "error", fold)
    yield from _shared(answers, "warning", same_question)
    yield from _nearly(answers)


def _shared(answers: Sequence[Answer], level: Level, form: Callable[[str], object]) -> Iterator[Finding]:
    asked: defaultdict[object, dict[str, str]] = defaultdict(dict)
    for answer in answers:
        for way in answer.ways:
            asked[form(way)].setdefault(answer.id, way)
    for ways in (ways for ways in asked.values() if len(ways) > 1):
        same = len({fold(way) for way in ways.values()}) == 1
        if level == "error" or not same:
            first, *others = ways
            yield Finding(level, first, f"“{ways[first]}” is also asked under {', '.join(others)}")


def _nearly(answers: Sequence[Answer]) -> Iterator[Finding]:
    asked = [(answer.id, way) for answer in answers for way in answer.ways]
    likeness = Likeness([way for _, way in asked])
    for number, (answer_id, way) in enumerate(asked):
        for near in np.flatnonzero(likeness.with_all(number) >= NEARLY):
            other_id, other = asked[near]
            if near > number and other_id != answer_id and same_question(way) != same_question(other):
                yield Finding("warning", answer_id, f"“{way}” is nearly “{other}” under {other_id}")
