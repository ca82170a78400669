"""Copies of training sentences as people without a Vietnamese keyboard type them."""

from bot.language import fold, nfc


def copies(text: str) -> list[str]:
    """The sentence in NFC, then stripped of diacritics where that differs."""
    typed = nfc(text)
    return list(dict.fromkeys([typed, stripped(typed)]))


def stripped(text: str) -> str:
    """The text without diacritics, its case kept."""
    return "".join(f.upper() if c != c.lower() else f for c, f in zip(nfc(text), fold(text), strict=True))
