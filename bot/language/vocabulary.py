"""The words our own texts use and which follow which, counted once into ``vocabulary.txt`` beside this module."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

from bot.language.folding import fold
from bot.language.sounds import sound

FILE = Path(__file__).with_name("vocabulary.txt")
_ORDINARY = Path(__file__).with_name("ordinary_words.txt")
BOUNDARY = ""
"""Stands before the first and after the last word of a sentence."""


@dataclass(eq=False)
class Vocabulary:
    """How often words and pairs of neighbours occur, each also in its folded form; and words by how they sound."""

    words: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    folded: Counter[str] = field(default_factory=Counter)
    folded_pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    sounding: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    near: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """A folded word without any one of its letters → such words."""
    by_fold: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, words: Iterable[tuple[str, int]], pairs: Iterable[tuple[str, str, int]]) -> "Vocabulary":
        """From words and neighbours with their counts, in lower-case NFC."""
        made = cls(Counter(dict(words)), Counter({(a, b): count for a, b, count in pairs}))
        for word, count in made.words.items():
            made.folded[fold(word)] += count
            made.by_fold[fold(word)].append(word)
        for (one, other), count in made.pairs.items():
            made.folded_pairs[fold(one), fold(other)] += count
        for bare in made.folded:
            made.sounding[sound(bare)].append(bare)
            for shorter in shortened(bare):
                made.near[shorter].add(bare)
        return made


def shortened(word: str) -> set[str]:
    """The word, and the word without any one of its letters; only itself where it is short."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))} if len(word) > 2 else {word}


def counted(sentences: Iterable[list[str]], least: int = 2) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Words and neighbours of sentences given as lower-case words; pairs that occur less often are left out."""
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        words.update(sentence)
        padded = [BOUNDARY, *sentence, BOUNDARY]
        pairs.update(pairwise(padded))
    return words, Counter({pair: count for pair, count in pairs.items() if count >= least})


def written(words: Counter[str], pairs: Counter[tuple[str, str]]) -> str:
    """The file's text: ``word count`` lines, an empty line, then ``word word count`` (``_`` for a boundary)."""
    singles = [f"{word} {count}" for word, count in sorted(words.items())]
    doubles = [f"{one or '_'} {other or '_'} {count}" for (one, other), count in sorted(pairs.items())]
    return "\n".join([*singles, "", *doubles, ""])


@cache
def shipped() -> Vocabulary:
    """The committed vocabulary; read once per process."""
    singles, _, doubles = FILE.read_text("utf-8").partition("\n\n")
    words = [line.split(" ") for line in singles.splitlines()]
    pairs = [line.split(" ") for line in doubles.splitlines()]
    return Vocabulary.of(
        ((word, int(count)) for word, count in words),
        ((a.replace("_", ""), b.replace("_", ""), int(count)) for a, b, count in pairs),
    )


@cache
def ordinary_words() -> frozenset[str]:
    """Everyday syllables with their marks, whether our own texts use them or not."""
    return frozenset(_ORDINARY.read_text("utf-8").split())
