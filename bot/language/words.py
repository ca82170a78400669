"""Folded syllables and bigrams: the terms that search and comparison count."""

import re
from itertools import pairwise

from bot.language.folding import fold
from bot.language.unicode import clean

_SYLLABLE = re.compile(r"\w+")

_VIETNAMESE = re.compile("(?:ngh|ng|nh|gh|gi|kh|ch|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?$")


def looks_vietnamese(text: str) -> bool:
    """Whether most words could be Vietnamese syllables (or numbers); keys struck at random are not."""
    words = syllables(text)
    likely = sum(word.isdigit() or bool(_VIETNAMESE.match(word)) for word in words)
    return 2 * likely > len(words)


def syllables(text: str) -> list[str]:
    """Folded syllables and numbers in order: “Bản Hon 2” → ``["ban", "hon", "2"]``."""
    return _SYLLABLE.findall(fold(clean(text)))


def terms(text: str) -> list[str]:
    """Folded syllables, then neighbouring pairs: “Bản Hon” → ``["ban", "hon", "ban_hon"]``."""
    words = syllables(text)
    return words + [f"{a}_{b}" for a, b in pairwise(words)]
