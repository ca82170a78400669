"""Long words in several messages: cut between paragraphs, lines, sentences or words, whichever comes first."""

import re
import unicodedata
from collections.abc import Callable

_BREAKS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…;:])\s"), re.compile(r"\s"))
LEAST = 1 / 3
"""A better break is passed over where it would leave less than this part of a message."""


def utf16_units(text: str) -> int:
    """How Telegram counts: what lies beyond the first 65,536 characters, as most emoji do, counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, longest: int, units: Callable[[str], int] = len) -> list[str]:
    """The text in messages of at most ``longest`` units each, none empty; nothing but white space is lost."""
    pieces, rest = [], text.strip()
    while units(rest) > longest:
        end = _cut(rest, _fitting(rest, longest, units))
        pieces.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*pieces, rest] if rest else pieces


def _fitting(text: str, longest: int, units: Callable[[str], int]) -> int:
    """How many characters fit; at least one."""
    low, high = 1, min(len(text), longest)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if units(text[:middle]) <= longest else (low, middle - 1)
    return low


def _cut(text: str, fitting: int) -> int:
    for pattern in _BREAKS:
        ends = [found.end() for found in pattern.finditer(text, 0, fitting + 1) if found.start() <= fitting]
        good = [end for end in ends if end >= fitting * LEAST and text[:end].strip()]
        if good:
            return good[-1]
    return _between_letters(text, fitting)


def _between_letters(text: str, fitting: int) -> int:
    """Not between a letter and its marks."""
    end = fitting
    while end > 1 and unicodedata.combining(text[end]):
        end -= 1
    return end if end > 1 else fitting
