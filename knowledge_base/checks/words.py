"""Words no resident should read: not Vietnamese, our own, lost their marks, or a name written otherwise."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from bot.language import fold, nfc
from bot.language.sounds import is_syllable
from bot.language.vocabulary import ordinary_words, shipped

GLOSSARY = Path(__file__).resolve().parent.parent.parent / "docs" / "glossary.md"
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE_END = re.compile(r"[.,;:!?()\n“”\"/–-]+")
_OFTEN = 3
"""Neighbours seen this often with marks, and never without, have lost them."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """What ``docs/glossary.md`` says of words on screen, in lower case; ``names`` as they are written."""

    instead: Mapping[str, str]
    """A word that is not said → what is said."""
    names: tuple[str, ...]
    words: frozenset[str]
    """Every word that stands on screen."""

    @classmethod
    def read(cls, text: str) -> "Glossary":
        """From the Markdown: the columns “on screen”, “not said” with “said instead”, and “written”."""
        tables = list(_tables(text))
        screen = " ".join(cell for table in tables for row in table for cell in [row.get("on screen", "")])
        instead = {row["not said"]: row["said instead"] for table in tables for row in table if "not said" in row}
        names = tuple(row["written"] for table in tables for row in table if "written" in row)
        said = f"{screen} {' '.join(names)} {' '.join(instead.values())}"
        return cls(
            {word.strip().lower(): said for words, said in instead.items() for word in words.split(",")},
            names,
            frozenset(_WORD.findall(nfc(said).lower())),
        )


@cache
def glossary() -> Glossary:
    """The project's own."""
    return Glossary.read(GLOSSARY.read_text("utf-8"))


def strange(text: str, known: frozenset[str]) -> Iterator[str]:
    """Words that are no Vietnamese syllables, neither on screen by the glossary nor among those ``known``."""
    for word in dict.fromkeys(_WORD.findall(nfc(text))):
        low = word.lower()
        if not (is_syllable(low) or low in known | glossary().words | ordinary_words()):
            yield word


def words_of(text: str) -> frozenset[str]:
    """Its words in lower case."""
    return frozenset(_WORD.findall(nfc(text).lower()))


def not_said(text: str) -> Iterator[tuple[str, str]]:
    """Words that the glossary replaces, with what is said instead."""
    low = nfc(text).lower()
    for word, instead in glossary().instead.items():
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", low):
            yield word, instead


def misspelt_names(text: str) -> Iterator[tuple[str, str]]:
    """Names of offices written otherwise than in the glossary: “Uỷ ban Nhân dân”, with how they are written."""
    text = nfc(text)
    for name in glossary().names:
        for found in re.finditer(rf"(?<!\w){re.escape(fold(name))}(?!\w)", fold(text)):
            written = text[found.start() : found.end()]
            if written != name:
                yield written, name


def unmarked(text: str) -> Iterator[str]:
    """Two neighbours without marks that our texts always write with them: “chu tich”."""
    known = shipped()
    for clause in _CLAUSE_END.split(nfc(text).lower()):
        for one, other in pairwise(_WORD.findall(clause)):
            bare = (one, other)
            is_bare = one.isascii() and other.isascii()
            if is_bare and not known.pairs[bare] and known.folded_pairs[bare] >= _OFTEN:
                yield f"{one} {other}"


def _tables(text: str) -> Iterator[list[dict[str, str]]]:
    """Each Markdown table as its rows by column."""
    for block in re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE):
        head, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines())
        yield [dict(zip(head, row, strict=False)) for row in rows]
