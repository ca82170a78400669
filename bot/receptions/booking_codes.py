"""Codes of booked places, made and checked like a case's: “LH-7K3M-9Q2F”."""

import re
from collections.abc import Callable

from bot.cases import codes

PREFIX = "LH"
_CODE = re.compile(r"\bLH[\W_]*((?:[0-9A-Z][\W_]*){8})", re.IGNORECASE)


def make(below: Callable[[int], int]) -> str:
    """A new code; ``below(n)`` gives a random integer from 0 to n-1."""
    return PREFIX + codes.make(below).removeprefix(codes.PREFIX)


def read(said: str) -> str | None:
    """The code among the words, as we write it; None for none, or where its check symbol is wrong."""
    found = _CODE.search(said)
    known = codes.read(codes.PREFIX + found[1]) if found else None
    return PREFIX + known.removeprefix(codes.PREFIX) if known else None
