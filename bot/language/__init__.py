"""Vietnamese text as people type it: one Unicode form, a folded form, and terms for searching."""

from bot.language.folding import fold
from bot.language.unicode import clean, nfc
from bot.language.words import looks_vietnamese, syllables, terms

__all__ = ["clean", "fold", "looks_vietnamese", "nfc", "syllables", "terms"]
