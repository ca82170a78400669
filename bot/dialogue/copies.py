"""Copies of training sentences as people without a Vietnamese keyboard type them."""

import hashlib

from bot.language import fold, nfc


def copies(text: str) -> list[str]:
    """The sentence in NFC, then stripped of diacritics, then half stripped; each only where it differs."""
    typed = nfc(text)
    return list(dict.fromkeys([typed, stripped(typed), half_stripped(typed)]))


def stripped(text: str) -> str:
    """The text without diacritics, its case kept."""
    return "".join(f.upper() if c != c.lower() else f for c, f in zip(nfc(text), fold(text), strict=True))


def half_stripped(text: str) -> str:
    """The text with about every second word stripped, chosen by a digest so that training repeats exactly."""
    words = nfc(text).split(" ")
    return " ".join(stripped(word) if _coin(text, index) else word for index, word in enumerate(words))


def _coin(text: str, index: int) -> bool:
    return bool(hashlib.blake2b(f"{index}:{text}".encode(), digest_size=1).digest()[0] & 1)
