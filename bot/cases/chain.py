"""The fingerprint of a case's history: a chain over salted digests, so that erasing words leaves it whole."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

START = ""


@dataclass(frozen=True)
class Line:
    """What the chain covers of one history line; times as ISO strings in UTC."""

    number: int
    at: str
    actor: str
    from_state: str | None
    to_state: str
    outcome: str | None
    shown: bool
    digest: str
    act: str | None = None
    reason: str | None = None
    office: int | None = None


def digest(note: str | None, salt: str) -> str:
    """What stands for the words: without the salt nobody can test a guess against it."""
    return sha256(f"{salt}\0{note or ''}".encode()).hexdigest()


def link(previous: str, line: Line) -> str:
    """The chain's value after this line; lines from before acts had names keep the value they had."""
    covered = vars(line).copy()
    later = {name: value for name in ("act", "reason", "office") if (value := covered.pop(name)) is not None}
    body = json.dumps(
        [previous, *covered.values(), *([later] if later else [])], ensure_ascii=False, separators=(",", ":")
    )
    return sha256(body.encode()).hexdigest()


def broken_at(lines: Iterable[tuple[Line, str]]) -> int | None:
    """The number of the first line whose stored chain value is not what it should be, or None."""
    previous = START
    for expected, (line, stored) in enumerate(lines, start=1):
        if line.number != expected or link(previous, line) != stored:
            return expected
        previous = stored
    return None


def fingerprint(chain: str) -> str:
    """A chain value as a receipt shows it: “3f9a-01bc-77de-5512”."""
    return "-".join(chain[i : i + 4] for i in range(0, 16, 4))


def same_fingerprint(typed: str, chain: str) -> bool:
    """Whether somebody's copy of a fingerprint, however they spaced it, is that of the chain value."""
    return re.sub(r"[\W_]", "", typed).lower() == chain[:16]
