"""Weighted terms turned round: for each term the rows that hold it, so that a query touches only what it names."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RARITY = 0.9
"""Exponent on the weight of rare terms."""

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Postings:
    """For each term, the rows that hold it and its weight there."""

    starts: Ints
    rows: Ints
    weights: Floats
    height: int

    @classmethod
    def of(cls, bags: Sequence[dict[int, float]], width: int) -> "Postings":
        sizes = [len(bag) for bag in bags]
        terms = np.fromiter((term for bag in bags for term in bag), np.int32, sum(sizes))
        weights = np.fromiter((weight for bag in bags for weight in bag.values()), np.float32, sum(sizes))
        order = np.argsort(terms, kind="stable")
        starts = np.concatenate(([0], np.cumsum(np.bincount(terms, minlength=width)))).astype(np.int32)
        rows = np.repeat(np.arange(len(bags), dtype=np.int32), sizes)
        return cls(starts, rows[order], weights[order], len(bags))

    def sums(self, query: Mapping[int, float]) -> Floats:
        """For each row the sum over the query's terms of query weight × row weight."""
        parts = [(slice(self.starts[term], self.starts[term + 1]), weight) for term, weight in query.items()]
        if not parts:
            return np.zeros(self.height, dtype=np.float32)
        rows = np.concatenate([self.rows[part] for part, _ in parts])
        weights = np.concatenate([self.weights[part] * np.float32(weight) for part, weight in parts])
        return np.bincount(rows, weights=weights, minlength=self.height).astype(np.float32)

    def holds(self, row: int, term: int) -> bool:
        """Rows stand in order within a term."""
        start, end = self.starts[term], self.starts[term + 1]
        place = start + np.searchsorted(self.rows[start:end], row)
        return bool(place < end and self.rows[place] == row)


def rarity(holding: int, of: int) -> float:
    """Weight of a term that so many of the texts hold: always above 0, greatest where none does."""
    return math.pow(math.log(1 + (of + 0.5) / (holding + 0.5)), RARITY)
