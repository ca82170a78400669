"""One-time codes that link two conversations: “LK-7K3-M9Q”, six symbols without diacritics, read however typed."""

import re
from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""
LENGTH = 6
_MISREAD = str.maketrans("OIL", "011")
_CODE = re.compile(r"^(?:/?START\s+)?(?:MA\s+)?(?:LIEN\s+KET\s+)?(?:LA\s+)?LK[\W_]*((?:[0-9A-Z][\W_]*){6})$")


def make(below: Callable[[int], int]) -> str:
    """A new code; ``below(n)`` gives a random integer from 0 to n-1."""
    return spelled("".join(ALPHABET[below(32)] for _ in range(LENGTH)))


def read(folded: str) -> str | None:
    """The code in folded words that are nothing else, as we write it; None where they are no code."""
    found = _CODE.match(folded.strip().upper())
    symbols = re.sub(r"[\W_]", "", found[1]).translate(_MISREAD) if found else ""
    return spelled(symbols) if symbols and set(symbols) <= set(ALPHABET) else None


def spelled(symbols: str) -> str:
    """Six symbols as residents read them."""
    return f"LK-{symbols[:3]}-{symbols[3:]}"
