"""Text as typed in the words of standard Vietnamese: shorthand, sound spelling, regional words and slips put right.

For understanding only: what is stored or shown stays as it was typed.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from bot.language.folding import fold
from bot.language.letters import standard_spellings
from bot.language.regional import standard_words
from bot.language.repeats import squeezed
from bot.language.shorthand import expanded
from bot.language.sounds import is_syllable
from bot.language.spelling import respelt
from bot.language.tones import placed
from bot.language.unicode import clean, nfc
from bot.language.vocabulary import Vocabulary, shipped

Span = tuple[int, int]

_WORD = re.compile(r"\w+")
_SPACES = re.compile(r"[^\S\n]+")
_PART_OF_MORE = "@_/"
"""A word that touches one of these, “a@b.vn”, is left alone."""


class Rewritten(NamedTuple):
    """What was typed at [start, end) of the NFC text, a word or a few at once, in standard words."""

    start: int
    end: int
    words: str


def normalised(text: str) -> str:
    """The text, cleaned, with every word in its standard form; clean Vietnamese stays as it is."""
    kept = clean(text)
    out, at = [], 0
    for start, end, words in rewritten(kept):
        out += [kept[at:start], words]
        at = end
    return "".join([*out, kept[at:]])


def rewritten(text: str, known: Vocabulary | None = None) -> list[Rewritten]:
    """Every word of the text in order, in its standard form; offsets into ``nfc(text)``.

    Only words with nothing but spaces between them are each other's neighbours.
    """
    typed = nfc(text)
    return [word for stretch in _stretches(typed) for word in _rewritten(typed, stretch, known or shipped())]


def _stretches(typed: str) -> list[list[Span]]:
    stretches: list[list[Span]] = []
    at = -1
    for match in _WORD.finditer(typed):
        if at < 0 or not _SPACES.fullmatch(typed, at, match.start()):
            stretches.append([])
        stretches[-1].append(match.span())
        at = match.end()
    return stretches


def _rewritten(typed: str, spans: list[Span], known: Vocabulary) -> list[Rewritten]:
    words = [typed[start:end] for start, end in spans]
    left_alone = [_part_of_more(typed, *span) for span in spans]
    standard = _in_standard_words(words, left_alone)
    for index, word in enumerate(standard):
        if not word.isalpha() or left_alone[index] or _is_name(typed, spans[index]):
            continue
        low = word.lower()
        standard[index] = _cased(respelt(low, _last(standard, index), _next(standard, index), known), low, word)
    return _merged(spans, standard)


def _merged(spans: list[Span], standard: list[str]) -> list[Rewritten]:
    """A word that became part of the one before it has no words of its own."""
    merged: list[Rewritten] = []
    for (start, end), words in zip(spans, standard, strict=True):
        merged.append(Rewritten(start, end, words) if words else merged.pop()._replace(end=end))
    return merged


def _in_standard_words(words: list[str], left_alone: list[bool]) -> list[str]:
    plain = [word if alone else _plain(word) for word, alone in zip(words, left_alone, strict=True)]
    low = [word.lower() for word in plain]
    out, index = list(plain), 0
    while index < len(words):
        if left_alone[index]:
            index += 1
            continue
        if regional := standard_words(low, index):
            meant, length = regional
            out[index : index + length] = [_cased(meant, low[index], plain[index]), *[""] * (length - 1)]
            index += length
            continue
        out[index] = expanded(low if plain[index].islower() else plain, index) or _sounded(plain[index])
        index += 1
    return out


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    """One Unicode form, tone where it belongs, no letter held down; capitals stay where nothing changed."""
    word = unicodedata.normalize("NFKC", word) or word
    low = word.lower()
    return _cased(placed(squeezed(low)), low, word)


@lru_cache(maxsize=20_000)
def _sounded(word: str) -> str:
    low = word.lower()
    if (low.isascii() and len(low) < 2) or is_syllable(low) or shipped().words[low]:
        return word
    for meant in standard_spellings(low):
        if is_syllable(meant) and shipped().folded[fold(meant)]:
            return _cased(placed(meant), low, word)
    return word


def _cased(meant: str, low: str, typed: str) -> str:
    if meant == low:
        return typed
    return meant[0].upper() + meant[1:] if typed[0].isupper() else meant


def _is_name(text: str, span: Span) -> bool:
    """A capital within a text that is not all in capitals."""
    return span[0] > 0 and text[span[0]].isupper() and not text.isupper()


def _part_of_more(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    touching = (before in _PART_OF_MORE and before) or (after in _PART_OF_MORE and after)
    dotted = (after == "." and text[end + 1 : end + 2].isalnum()) or (
        before == "." and text[start - 2 : start - 1].isalnum()
    )
    return bool(touching) or dotted


def _last(words: list[str], index: int) -> str:
    return words[index - 1].split(" ")[-1].lower() if index else ""


def _next(words: list[str], index: int) -> str:
    return words[index + 1].split(" ")[0].lower() if index + 1 < len(words) else ""
