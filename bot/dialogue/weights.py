"""Inverse document frequencies of features, and the weighted, length-normalised vector of one text."""

from collections import Counter
from math import log, sqrt
from typing import Any, Dict, Iterable, List, Mapping, Sequence, Tuple

import numpy as np

Vector = Tuple[List[int], List[float]]
"""Columns in ascending order, and their values."""


class Weights:
    """Feature → (column, weight); a feature never seen in training has no column but weighs as the rarest."""

    def __init__(self, rarity: Mapping[str, float]) -> None:
        self._columns = {feature: (column, weight) for column, (feature, weight) in enumerate(rarity.items())}
        self._rarest = max(rarity.values(), default=1.0)

    @classmethod
    def learnt(cls, examples: Iterable[Mapping[str, int]], least_examples: int) -> "Weights":
        """Weights of the features that occur in at least so many examples (a single one keeps all)."""
        seen: Counter[str] = Counter()
        total = 0
        for example in examples:
            seen.update(example.keys())
            total += 1
        kept = sorted(feature for feature, count in seen.items() if count >= least_examples)
        return cls({feature: round(log((1 + total) / (1 + seen[feature])) + 1, 5) for feature in kept})

    def vector(self, counts: Mapping[str, int]) -> Vector:
        """Columns in ascending order and their values; the length includes what is unknown and is at most 1."""
        known = sorted(
            (column[0], (1 + log(count)) * column[1])
            for feature, count in counts.items()
            if (column := self._columns.get(feature))
        )
        unknown = sum(
            ((1 + log(count)) * self._rarest) ** 2 for feature, count in counts.items() if feature not in self._columns
        )
        length = sqrt(unknown + sum(value * value for _, value in known)) or 1.0
        return [column for column, _ in known], [value / length for _, value in known]

    def as_dict(self) -> Dict[str, float]:
        """Feature → weight in column order: what the constructor takes."""
        return {feature: weight for feature, (_, weight) in self._columns.items()}

    def __len__(self) -> int:
        return len(self._columns)


UNTRAINED = Weights({})


def matrix(vectors: Sequence[Vector], width: int) -> Any:
    """One sparse row for each vector, at least one column wide."""
    from scipy.sparse import csr_matrix

    ends = np.cumsum([0, *(len(columns) for columns, _ in vectors)])
    columns = np.fromiter((column for vector in vectors for column in vector[0]), np.int32, ends[-1])
    values = np.fromiter((value for vector in vectors for value in vector[1]), np.float32, ends[-1])
    return csr_matrix((values, columns, ends), shape=(len(vectors), max(1, width)))


def mean(one: Vector, other: Vector) -> Vector:
    """The mean of two sparse vectors."""
    values: dict[int, float] = {}
    for columns, amounts in (one, other):
        for column, amount in zip(columns, amounts, strict=True):
            values[column] = values.get(column, 0.0) + amount / 2
    return sorted(values), [values[column] for column in sorted(values)]
