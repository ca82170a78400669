"""Folding: the text as someone without a Vietnamese keyboard would type it."""

import unicodedata
from functools import lru_cache

from bot.language.unicode import nfc


def fold(text: str) -> str:
    """Lower-case NFC text without diacritics; same length as ``nfc(text)``, so offsets hold. NFD alone keeps “đ”."""
    return "".join(_fold_character(c) for c in nfc(text))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character
