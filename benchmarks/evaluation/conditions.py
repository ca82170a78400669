"""The same row as different people would type it."""

import random
from collections.abc import Iterator

from benchmarks.evaluation.rows import Row
from bot.language import fold

CONDITIONS = ("accented", "stripped", "half", "teencode", "misspelt")
SAFE_IN = ("accented", "stripped")
"""Safety is judged in these, and the worse of them counts."""
SEED = 20_261_121


def all_typed(row: Row) -> Iterator[tuple[str, str]]:
    """Every (condition, text) in which the row is judged."""
    for condition in CONDITIONS if row.kind == "question" else SAFE_IN:
        if text := as_typed(row, condition):
            yield condition, text


def as_typed(row: Row, condition: str) -> str | None:
    """The row's text in that condition; None where nobody wrote it so."""
    if condition == "accented":
        return row.text
    if condition == "stripped":
        return fold(row.text)
    if condition == "half":
        return half(row.text)
    return row.teencode if condition == "teencode" else row.misspelt


def half(text: str) -> str:
    """The text with half of its syllables stripped, drawn by a seed and the text itself, so always the same."""
    words = text.split()
    drawn = random.Random(f"{SEED}:{text}").sample(range(len(words)), k=len(words) // 2)  # noqa: S311  no secret
    return " ".join(fold(word) if place in drawn else word for place, word in enumerate(words))
