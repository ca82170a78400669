"""A long text is judged by overlapping windows: as a whole its many words hide what it is about."""

from typing import Dict, List, Protocol, Sequence, TypeVar

WINDOWS = "windows"
"""The key of a message under which the feature rows of its windows lie, in order; only long messages have it."""

LONGEST_WHOLE = 60
SIZE = 40
STEP = 20
"""Syllables."""

OPENING = 4
"""Windows: people say first what they came for."""

SURE = 0.8
FIRST_OF_ALL = ("emergency", "file_denunciation", "file_complaint")
ASIDES = frozenset("out_of_scope greet thanks bye menu affirm deny cancel change_answer not_helpful".split())

Chances = Dict[str, float]


class Words(Protocol):
    """A token of one or more syllables."""

    text: str


Token = TypeVar("Token", bound=Words)


def windows(tokens: Sequence[Token]) -> List[List[Token]]:
    """Runs of tokens of about SIZE syllables, one beginning every STEP; none for a text of ordinary length."""
    starts: List[int] = []
    total = 0
    for token in tokens:
        starts.append(total)
        total += len(token.text.split())
    if total <= LONGEST_WHOLE:
        return []
    return [
        [token for token, start in zip(tokens, starts, strict=True) if begin <= start < begin + SIZE]
        for begin in range(0, total - STEP, STEP)
    ]


def judged(parts: Sequence[Chances]) -> Chances:
    """The chances of a text by those of its windows (at least one), in order.

    A window sure of an emergency, a denunciation or a complaint (in this order) speaks for the text. Otherwise it is
    the mean of the opening windows that are no asides, their asides left out; of all opening windows when all are.
    """
    for intent in FIRST_OF_ALL:
        surest = max(parts, key=lambda part: part.get(intent, 0.0))
        if surest.get(intent, 0.0) >= SURE:
            return surest
    telling = [part for part in parts if max(part, key=part.__getitem__) not in ASIDES]
    return _mean([_without_asides(part) for part in telling[:OPENING]] or parts[:OPENING])


def _without_asides(part: Chances) -> Chances:
    kept = {intent: chance for intent, chance in part.items() if intent not in ASIDES}
    whole = sum(kept.values())
    return {intent: chance / whole for intent, chance in kept.items()}


def _mean(parts: Sequence[Chances]) -> Chances:
    return {intent: sum(part[intent] for part in parts) / len(parts) for intent in parts[0]}
