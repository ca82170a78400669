"""Places, dates, roles, sums of money, funds and case codes in a message, by rule; offsets are into the NFC text."""

from typing import Iterable, NamedTuple, Sequence

from bot.dialogue.case_codes import case_codes
from bot.dialogue.dates import dates
from bot.dialogue.funds import FUNDS
from bot.dialogue.loose import lowered
from bot.dialogue.money import sums
from bot.dialogue.places import PlaceNames
from bot.dialogue.roles import ROLES
from bot.language import nfc


class Found(NamedTuple):
    """One entity: its name, its span [start, end) and its value (as typed for place and date, else normalised)."""

    entity: str
    start: int
    end: int
    value: str


def entities_in(text: str, places: PlaceNames) -> list[Found]:
    """All entities of the text in order; none overlaps another."""
    typed = nfc(text)
    low = lowered(typed)
    found = [Found("case_code", *code) for code in case_codes(typed)]
    found += [Found("date", start, end, typed[start:end]) for start, end in dates(low)]
    found += [Found("money", *money) for money in sums(low)]
    found += [Found("fund", m.start(), m.end(), fund) for fund, pattern in FUNDS.items() for m in pattern.finditer(low)]
    found += [Found("role", m.start(), m.end(), role) for role, pattern in ROLES.items() for m in pattern.finditer(low)]
    found += [Found("place", start, end, typed[start:end]) for start, end in places.spans(typed, low)]
    return _apart(found)


def _apart(found: Sequence[Found]) -> list[Found]:
    kept: list[Found] = []
    for candidate in sorted(found, key=lambda f: f.start - f.end):
        if all(candidate.end <= other.start or candidate.start >= other.end for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda f: f.start)


def place_names(names: Iterable[str]) -> PlaceNames:
    """Rules for places that know these names, such as “bản Hon” or “xã Mường Sa”."""
    return PlaceNames(names)
