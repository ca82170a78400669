"""What of a text is compared when answers are sought: folded words, pairs of words, and pieces of words."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.language import fold, normalised, syllables

FILLERS = frozenset(syllables("ạ à ơi ấy nhé nhỉ là xin"))
"""Said out of politeness; only those whose folded form is no other word (hở would be hộ, nhá nhà, vâng vắng)."""
OPENINGS = (("cho", "hoi"), ("cho", "em"), ("cho", "toi"), ("cho", "chau"), ("xin", "hoi"), ("lam", "on"))
TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"\w+")
PIECES = (4, 5)
"""Lengths in characters, spaces included: what a slip of the finger leaves standing."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """Terms of one text by kind, repeated as often as they occur; kinds never share a term."""

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    """Neighbours, ``a_b``."""
    gaps: tuple[str, ...]
    """Words with one other between them, ``a__b``."""
    pieces: tuple[str, ...]
    marked: tuple[str, ...]
    """Words that carry marks, ``=`` before letters, marks and tone: “hoà” and “hòa” are one, “vàng” and “vắng” two."""


@lru_cache(maxsize=200_000)
def phrasing(text: str) -> Phrasing:
    """Kept between builds of an index: an edit changes one text of thousands."""
    words = telling(text)
    return Phrasing(
        words=words,
        pairs=tuple(f"{a}_{b}" for a, b in pairwise(words)),
        gaps=tuple(f"{a}__{b}" for a, b in zip(words, words[2:], strict=False)),
        pieces=tuple(_pieces(f" {' '.join(words)} ")) if words else (),
        marked=tuple(dict.fromkeys(filter(None, map(marks, spoken(text))))),
    )


def spoken(text: str) -> list[str]:
    """Words in their standard form, with the marks that were typed, in lower case."""
    return _WORD.findall(_standard(text).lower())


@lru_cache(maxsize=1_000)
def heard(text: str) -> tuple[str, ...]:
    """Folded syllables of the text in standard words: “ko” and “không” are heard alike."""
    return tuple(syllables(_standard(text)))


_standard = lru_cache(maxsize=50_000)(normalised)


def marks(word: str) -> str:
    """A word's form with marks, wherever its tone was typed; empty for one without marks."""
    if word == fold(word):
        return ""
    letters = unicodedata.normalize("NFD", word)
    return "=" + "".join(sorted(letters, key=TONES.__contains__))


def telling(text: str) -> tuple[str, ...]:
    """The folded syllables that tell something; all of them where there is nothing but politeness."""
    words = heard(text)
    while words[:2] in OPENINGS:
        words = words[2:]
    return tuple(word for word in words if word not in FILLERS) or tuple(words)


def _pieces(line: str) -> Iterator[str]:
    """Marked by a leading ``~``."""
    for length in PIECES:
        for start in range(len(line) - length + 1):
            yield f"~{line[start : start + length]}"
