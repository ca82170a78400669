"""When a fact may be told: a rule while it is in force, a changed rule from the day after it ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge_base.facts import Fact


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day on which something may be told."""

    first: date = date.min
    last: date = date.max

    def holds(self, on: date) -> bool:
        return self.first <= on <= self.last


def window(kind: str, in_force_from: date | None, in_force_to: date | None) -> Window:
    """The days on which a fact of this kind may be told; an end the source does not tell is no end."""
    if kind == "changed":
        return Window(in_force_to + timedelta(days=1)) if in_force_to else Window()
    return Window(in_force_from or date.min, in_force_to or date.max)


def fact_window(fact: Fact) -> Window:
    return window(fact.kind, fact.in_force_from, fact.in_force_to)


def common(windows: Iterable[Window]) -> Window:
    """The days on which all may be told; empty (``first`` after ``last``) when there is none."""
    known = list(windows)
    return Window(max((w.first for w in known), default=date.min), min((w.last for w in known), default=date.max))
