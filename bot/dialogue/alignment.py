"""Where tokens lie in a text: syllables and words as half-open spans of character offsets."""

import re
from typing import Iterable

from bot.dialogue.loose import lowered
from bot.language import fold

Span = tuple[int, int]

_PIECE = re.compile(r"\w+|[^\w\s]")


def syllable_spans(text: str) -> list[Span]:
    """Each run of letters and digits, and each other visible character, in order."""
    return [piece.span() for piece in _PIECE.finditer(text)]


def word_spans(text: str, words: Iterable[str]) -> list[Span]:
    """The spans of a segmenter's words whatever it did to white space; syllables where it rewrote the text."""
    visible = [index for index, character in enumerate(text) if not character.isspace()]
    spans, used = [], 0
    for word in words:
        letters = "".join(word.split())
        if not letters:
            continue
        at = visible[used : used + len(letters)]
        if "".join(text[index] for index in at) != letters:
            return syllable_spans(text)
        spans.append((at[0], at[-1] + 1))
        used += len(letters)
    return spans if used == len(visible) else syllable_spans(text)


def has_diacritics(text: str) -> bool:
    """Whether the NFC text differs from its folded form by more than case."""
    return fold(text) != lowered(text)
