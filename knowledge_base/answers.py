"""An answer: what a resident reads, the facts it rests on, and how people ask for it."""

from dataclasses import dataclass

TEXT_LIMIT = 600
MORE_LIMIT = 1500
SCOPES = ("all", "commune", "village")


@dataclass(frozen=True, slots=True)
class Answer:
    """``text`` is the first view, ``more`` the rest; ``changed`` marks a “đã thay đổi” answer."""

    id: str
    topic: str
    title: str
    text: str
    more: str | None
    facts: tuple[str, ...]
    ways: tuple[str, ...]
    changed: bool = False
    scope: str = "all"
