"""Case codes people can read out on the telephone: “XH-7K3M-9Q2F”, seven symbols and a check symbol.

The alphabet is Crockford's base 32 (no I, L, O, U); the check is Luhn modulo 32, which finds every single wrong
symbol and nearly every swap of neighbours.
"""

import re
from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "XH"
LENGTH = 7
_MISREAD = str.maketrans("OIL", "011")
_CODE = re.compile(r"^\W*XH[\W_]*((?:[0-9A-Z][\W_]*){8})$")

IN_TEXT = re.compile(r"xh[\W_]*(?:[0-9a-z][\W_]*?){8}(?![0-9a-z])", re.IGNORECASE)
"""Something like a code among other words."""


def make(below: Callable[[int], int]) -> str:
    """A new code; ``below(n)`` gives a random integer from 0 to n-1."""
    symbols = "".join(ALPHABET[below(32)] for _ in range(LENGTH))
    return _spell(symbols + _check(symbols))


def read(typed: str) -> str | None:
    """The code as we write it, from what somebody typed; None when it is no code or its check symbol is wrong."""
    found = _CODE.match(typed.strip().upper())
    if not found:
        return None
    symbols = re.sub(r"[\W_]", "", found[1]).translate(_MISREAD)
    if any(s not in ALPHABET for s in symbols) or _check(symbols[:-1]) != symbols[-1]:
        return None
    return _spell(symbols)


def found_in(said: str) -> str | None:
    """The first thing in the words that looks like a code, as it was typed."""
    found = IN_TEXT.search(said)
    return found[0] if found else None


def secret(code: str, derive: Callable[[str, str], bytes]) -> str:
    """The case's secret for asking from elsewhere, always the same one: “K7M2-QX4D”."""
    number = int.from_bytes(derive("case-secret", code)[:5])
    symbols = "".join(ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{symbols[:4]}-{symbols[4:]}"


def same_secret(typed: str) -> str:
    """A typed secret in the form that ``secret`` gives, for comparing."""
    symbols = re.sub(r"[\W_]", "", typed.upper()).translate(_MISREAD)
    return f"{symbols[:4]}-{symbols[4:]}"


def _spell(symbols: str) -> str:
    return f"{PREFIX}-{symbols[:4]}-{symbols[4:]}"


def _check(symbols: str) -> str:
    total = 0
    for position, symbol in enumerate(reversed(symbols)):
        value = ALPHABET.index(symbol) * (2 if position % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]
