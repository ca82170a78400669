"""Vietnamese text as people type it: one Unicode form, a folded form, standard words, and terms for searching."""

from bot.language.folding import fold
from bot.language.normalising import Rewritten, normalised, rewritten
from bot.language.unicode import clean, nfc
from bot.language.words import looks_vietnamese, syllables, terms

__all__ = ["Rewritten", "clean", "fold", "looks_vietnamese", "nfc", "normalised", "rewritten", "syllables", "terms"]
