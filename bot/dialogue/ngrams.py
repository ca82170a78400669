"""Counted features of one text in two channels: words as typed, words and characters as folded."""

from collections import Counter
from typing import Iterable, Sequence

Range = tuple[int, int]


def word_ngrams(words: Sequence[str], sizes: Range) -> Iterable[str]:
    """Runs of ``sizes`` neighbouring words, shortest first."""
    for size in range(sizes[0], sizes[1] + 1):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])


def character_ngrams(words: Sequence[str], sizes: Range) -> Iterable[str]:
    """Runs of characters inside each word, its borders written as spaces."""
    for word in words:
        padded = f" {word} "
        for size in range(sizes[0], sizes[1] + 1):
            for start in range(max(1, len(padded) - size + 1)):
                yield padded[start : start + size]


def counted(typed: Sequence[str], folded: Sequence[str], ranges: dict[str, Range]) -> "Counter[str]":
    """Feature → count; ``ranges``: ``typed_words``, ``folded_words``, ``folded_characters``; (0, 0) leaves one out."""
    features: Counter[str] = Counter()
    for channel, ngrams, words, sizes in (
        ("t:", word_ngrams, typed, ranges["typed_words"]),
        ("f:", word_ngrams, folded, ranges["folded_words"]),
        ("c:", character_ngrams, folded, ranges["folded_characters"]),
    ):
        if sizes[1]:
            features.update(channel + ngram for ngram in ngrams(words, sizes))
    return features
