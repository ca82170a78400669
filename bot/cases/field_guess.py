"""What a report is about, suggested from its words: naive Bayes (complement) over syllables and pairs of syllables.

Learnt at first use, in milliseconds, from ``field_examples.txt`` and the word lists; `python -m benchmarks.fields`
measures it on reports that it has never seen. Texts are folded, so accents make no difference.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log
from pathlib import Path

from bot.cases.fields import FIELDS, WORDS
from bot.language import fold, syllables

EXAMPLES = Path(__file__).with_name("field_examples.txt")
"""One report a line: ``field: text``. An official's corrections are written out in the same form."""
SMOOTHING = 1.0
SURE = 0.3
"""How far the best field must lie before the next to be taken without asking."""


@dataclass(frozen=True)
class Learnt:
    """How much each term speaks for each field."""

    weights: Mapping[str, Mapping[str, float]]

    def scores(self, text: str) -> dict[str, float]:
        """By field how much speaks for it; the numbers compare within one text only."""
        known = [self.weights[term] for term in _terms(text) if term in self.weights]
        return {field: sum(weight[field] for weight in known) for field in FIELDS}


def learn(examples: Iterable[tuple[str, str]]) -> Learnt:
    """From pairs of field and text."""
    counts: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    for field, text in examples:
        counts[field].update(_terms(text))
    everywhere: Counter[str] = sum(counts.values(), Counter())
    total, distinct = everywhere.total(), len(everywhere)
    outside = {field: total - counts[field].total() + SMOOTHING * distinct for field in FIELDS}
    return Learnt(
        {
            term: {f: -log((number - counts[f][term] + SMOOTHING) / outside[f]) for f in FIELDS}
            for term, number in everywhere.items()
        }
    )


def ranked(text: str) -> list[tuple[str, float]]:
    """Every field with its score, the likeliest first."""
    scores = _learnt().scores(text)
    return sorted(scores.items(), key=lambda pair: -pair[1])


def guess(text: str) -> str | None:
    """The field to take without asking; None where two are near or nothing but “other” fits."""
    (best, first), (_, second), *_ = ranked(text)
    return best if first - second >= SURE and best != "other" else None


def read_examples(path: Path = EXAMPLES) -> list[tuple[str, str]]:
    """The examples of the file; ``ValueError`` for a line without a known field."""
    pairs = []
    for line in path.read_text("utf-8").splitlines():
        field, _, text = line.partition(": ")
        if field not in FIELDS or not text:
            raise ValueError(f"{path.name}: {line[:60]!r}")
        pairs.append((field, text))
    return pairs


@lru_cache(maxsize=1)
def _learnt() -> Learnt:
    words = [(field, word) for field, words in WORDS.items() for word in words.split("|")]
    return learn([*read_examples(), *words])


def _terms(text: str) -> set[str]:
    said = syllables(fold(text))
    return {*said, *(" ".join(pair) for pair in pairwise(said))}
