"""Slips of spelling put right against the words our own texts use: “chủ tịt sã” → “chủ tịch xã”.

A word is rewritten only to one that sounds like it, folds like it or is one letter away, and only where the
neighbours, or its being no word at all, speak for that. What cannot be told apart stays as typed.
"""

import math
from functools import lru_cache

from bot.language.folding import fold
from bot.language.sounds import is_syllable, sound
from bot.language.tones import parts, toneless
from bot.language.vocabulary import Vocabulary, ordinary_words, shortened

_FAR = 2.5
"""What one letter typed wrong costs; a word that merely sounds alike costs less."""
_PART = 0.7
"""What each part of a syllable costs that differs: its initial, its vowels, its final, its tone."""
_STAY = {"known": 5.0, "syllable": 1.2, "none": 1.2}
"""How much better (in powers of e) another word must fit than the typed one, by what the typed one is."""
_BARE = 1.0
"""The same again for a word without marks, which may stand for many."""
_HEARD_ALIKE = {"\u0309", "\u0303"}
_INITIALS_HEARD_ALIKE = [{"l", "n"}, {"s", "x"}, {"ch", "tr"}, {"d", "gi"}, {"r", "d"}, {"r", "gi"}]
_CLEAR = 0.7
"""By how much the best must fit better than the next."""
_MANY = 15
"""Used so often in our texts that it is meant even beside words never seen beside it."""
_FEW = 3
"""A word our texts use less often is nobody's intended word unless its neighbours say so."""


_folded = lru_cache(maxsize=20_000)(fold)


@lru_cache(maxsize=50_000)
def respelt(word: str, before: str, after: str, known: Vocabulary) -> str:
    """The lower-case word, or the one meant between these neighbours (empty at an end of the sentence)."""
    bare = _folded(word) == word
    candidates = _candidates(word, bare, known)
    kind = _kind(word, bare, known)
    needed = _fit(word, before, after, known) + _STAY[kind] + (_BARE if bare and kind != "none" else 0)
    ranked = sorted(((_fit(meant, before, after, known) - cost, meant) for meant, cost in candidates), reverse=True)
    if not ranked or ranked[0][0] <= needed or (ranked[1:] and ranked[0][0] - ranked[1][0] < _CLEAR):
        return word
    meant = ranked[0][1]
    if kind == "known" and _apart(word, meant) > _PART * 1.5:
        return word
    plain = kind == "none" or (kind == "syllable" and _apart(word, meant) <= _PART * 0.6 and _often(meant, bare, known))
    return meant if plain or _supported(meant, before, after, known) else word


def _often(word: str, bare: bool, known: Vocabulary) -> bool:
    return not bare and known.words[word] >= _MANY


def _kind(word: str, bare: bool, known: Vocabulary) -> str:
    seen = known.folded[word] if bare else known.words[word]
    return "known" if seen > 1 or word in ordinary_words() else "syllable" if is_syllable(word) else "none"


@lru_cache(maxsize=20_000)
def _candidates(word: str, bare: bool, known: Vocabulary) -> tuple[tuple[str, float], ...]:
    """Other words that may be meant, each with what taking it costs."""
    folded = _folded(word)
    costs = dict.fromkeys(known.sounding.get(sound(folded), ()), 0.0)
    if len(folded) > 3 and not is_syllable(word):
        for shorter in shortened(folded):
            for near in known.near.get(shorter, ()):
                if abs(len(near) - len(folded)) <= 1:
                    costs.setdefault(near, _FAR)
    costs[folded] = 0.0
    if bare:
        return tuple(
            (near, cost + _apart(word, near))
            for near, cost in costs.items()
            if near != word and known.folded[near] >= _FEW
        )
    return tuple(
        (meant, cost + _apart(word, meant))
        for near, cost in costs.items()
        for meant in known.by_fold.get(near, ())
        if meant != word and known.words[meant] >= _FEW and _folded(meant) != meant
    )


def _apart(one: str, other: str) -> float:
    (bare, tone), (other_bare, other_tone) = toneless(one), toneless(other)
    mine, theirs = parts(bare), parts(other_bare)
    if not mine or not theirs:
        return _PART
    tones = 0.0 if tone == other_tone else 0.25 if {tone, other_tone} == _HEARD_ALIKE else 0.75
    initials = 0.0 if mine[0] == theirs[0] else 0.6 if {mine[0], theirs[0]} in _INITIALS_HEARD_ALIKE else 1.0
    return _PART * (initials + tones + (mine[1] != theirs[1]) + (mine[2] != theirs[2]))


def _fit(word: str, before: str, after: str, known: Vocabulary) -> float:
    alone = known.words[word] if _folded(word) != word else known.folded[word]
    neighbours = _together(before, word, known), _together(word, after, known)
    return 0.35 * math.log(1 + alone) + sum(math.log(1 + count) for count in neighbours)


def _together(one: str, other: str, known: Vocabulary) -> float:
    """How often they stand side by side; a marked word is believed less where only the folded forms do."""
    if not one and not other:
        return 0
    folded = known.folded_pairs[_folded(one), _folded(other)]
    marked = _folded(one) != one and _folded(other) != other
    return max(known.pairs[one, other], 0.15 * folded) if marked else folded


def _supported(word: str, before: str, after: str, known: Vocabulary) -> bool:
    """Whether a neighbour, and not only the sentence's end, speaks for the word."""
    return any(_together(*pair, known) >= 2 for pair in ((before, word), (word, after)) if all(pair))
