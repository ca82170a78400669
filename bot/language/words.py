"""Folded syllables and bigrams: the terms that search and comparison count."""

import re
from itertools import pairwise

from bot.language.folding import fold
from bot.language.unicode import clean

_SYLLABLE = re.compile(r"\w+")


def syllables(text: str) -> list[str]:
    """Folded syllables and numbers in order: “Bản Hon 2” → ``["ban", "hon", "2"]``."""
    return _SYLLABLE.findall(fold(clean(text)))


def terms(text: str) -> list[str]:
    """Folded syllables, then neighbouring pairs: “Bản Hon” → ``["ban", "hon", "ban_hon"]``."""
    words = syllables(text)
    return words + [f"{a}_{b}" for a, b in pairwise(words)]
