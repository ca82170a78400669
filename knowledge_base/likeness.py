"""How alike texts are in their phrasing: the cosine (0..1) of their words and neighbours, rare ones weighing more.

The same measure by which the ranking finds an answer's nearest way of asking, between texts of one collection.
"""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from knowledge_base.phrasing import telling
from knowledge_base.postings import Floats, Postings, rarity

WORD, PAIR = 1.0, 0.3


class Likeness:
    """Built once over a collection; texts are named by their place in it."""

    def __init__(self, texts: Sequence[str]) -> None:
        bags = [_terms(text) for text in texts]
        found = Counter(term for bag in bags for term in bag)
        ids = {term: number for number, term in enumerate(found)}
        rare = {term: rarity(count, len(bags)) for term, count in found.items()}
        self._units = [_unit({ids[term]: weight * rare[term] for term, weight in bag.items()}) for bag in bags]
        self._postings = Postings.of(self._units, len(ids))

    def with_all(self, number: int) -> Floats:
        """How alike this text is to each text of the collection, itself included."""
        return self._postings.sums(self._units[number])


def _terms(text: str) -> dict[str, float]:
    """A repeated word counts once."""
    words = telling(text)
    return dict.fromkeys(words, WORD) | {f"{a}_{b}": PAIR for a, b in pairwise(words)}


def _unit(weights: dict[int, float]) -> dict[int, float]:
    length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
    return {number: weight / length for number, weight in weights.items()}
