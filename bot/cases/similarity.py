"""How alike two reports are: rare words they share, counted in syllables and pairs, then where and about what.

Standard library only: the words come folded, how rare they are is an argument.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

SAME_VILLAGE, OTHER_VILLAGE = 0.10, -0.12
SAME_FIELD, OTHER_FIELD = 0.05, -0.15
ALIKE = 0.33
"""From here on two reports are likely about one thing; measured on pairs in ``tests/cases/similar_pairs.txt``."""
PASSING = frozenset(
    "toi em chau minh bac ba con dan xin cho duoc muon can nho gui lam viec phan anh kien nghi y va la o thi ma da "
    "dang se co khong cua voi cac nhung mot nay kia ay do day roi nua len ve vao ra den tu trong ngoai xa ban thon to "
    "nha de giup a nhe oi chao van chua so su viec tinh trang lai hay bi nguoi rat qua moi khi neu vi nen cung chi "
    "con".split()
)
"""Words that many reports use whatever they are about."""


@dataclass(frozen=True)
class Described:
    """A report as it is compared: its folded terms, its field and village."""

    terms: frozenset[str]
    field: str
    village_id: int | None


def telling(terms: list[str]) -> frozenset[str]:
    """The terms that say something: no passing words, no pairs of two of them."""
    return frozenset(t for t in terms if not PASSING.issuperset(t.split("_")))


def likeness(one: Described, other: Described, rarity: Callable[[str], float]) -> float:
    """0 to a little over 1: cosine of the shared terms, weighted by how rare each is, and what place and field add."""

    def weight(terms: frozenset[str]) -> float:
        return sum(rarity(term) ** 2 for term in terms)

    both = weight(one.terms & other.terms)
    if not both:
        return 0.0
    return both / sqrt(weight(one.terms) * weight(other.terms)) + _place(one, other) + _field(one, other)


def _place(one: Described, other: Described) -> float:
    if one.village_id is None or other.village_id is None:
        return 0.0
    return SAME_VILLAGE if one.village_id == other.village_id else OTHER_VILLAGE


def _field(one: Described, other: Described) -> float:
    if "other" in (one.field, other.field):
        return 0.0
    return SAME_FIELD if one.field == other.field else OTHER_FIELD
