"""Patterns that match a Vietnamese phrase with or without its diacritics, but no other word that folds alike."""

import re

from bot.language import fold, nfc

_WORD = re.compile(r"[^\W\d_]+")


def lowered(text: str) -> str:
    """Lower-case text of the same length, so that offsets hold (“İ”.lower() alone would grow)."""
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


def loose(pattern: str) -> "re.Pattern[str]":
    """A regular expression for ``lowered`` NFC text from a pattern in accented lower-case words.

    Each word of the pattern matches itself or its folded form; one space matches any white space. “bản” finds “bản” and
    “ban”, not “bán”. Escapes with letters (``\\d``) are written as classes (``[0-9]``).
    """
    alternatives = _WORD.sub(_with_folded, nfc(pattern)).replace(" ", r"\s+")
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


def _with_folded(word: "re.Match[str]") -> str:
    text, plain = word.group(), fold(word.group())
    return text if text == plain else f"(?:{text}|{plain})"
