"""Which cases are counted: a period of local days, a commune, a field, a state, an outcome. Standard library only."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

UNKNOWN = "none"
"""Chosen for cases without a commune, or without an outcome."""
_NAME = re.compile(r"[a-z_]{1,40}")


class BadSelection(ValueError):
    """The query is not one this page makes; says which part."""


@dataclass(frozen=True)
class Selection:
    """What is counted; None where everything is. Both dates are inclusive local days.

    ``commune`` is an id or ``UNKNOWN``; ``outcome`` a name or ``UNKNOWN``.
    """

    since: date | None = None
    until: date | None = None
    commune: int | str | None = None
    field: str | None = None
    state: str | None = None
    outcome: str | None = None

    def query(self) -> dict[str, str]:
        """As the page's address carries it, nothing where nothing is chosen."""
        return {name: value for name, value in self.chosen().items() if value}

    def chosen(self) -> dict[str, str]:
        """As the page's form shows it, “” where nothing is chosen."""
        return {
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
            "commune": str(self.commune or ""),
            "field": self.field or "",
            "state": self.state or "",
            "outcome": self.outcome or "",
        }

    def in_month(self, month: str) -> "Selection":
        """Only what falls into that local month (“2026-11”)."""
        year, number = int(month[:4]), int(month[5:])
        first, last = date(year, number, 1), date(year, number, monthrange(year, number)[1])
        since, until = max(first, self.since or first), min(last, self.until or last)
        return replace(self, since=since, until=until)


def read(query: Mapping[str, str]) -> Selection:
    """The selection in an address; ``BadSelection`` when a part of it makes no sense."""
    return Selection(
        since=_day(query.get("from", "")),
        until=_day(query.get("to", "")),
        commune=_commune(query.get("commune", "")),
        field=_name(query.get("field", "")),
        state=_name(query.get("state", "")),
        outcome=_name(query.get("outcome", "")),
    )


def _day(typed: str) -> date | None:
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError as error:
        raise BadSelection(typed) from error
    if not 2000 <= day.year <= 2100:
        raise BadSelection(typed)
    return day


def _commune(typed: str) -> int | str | None:
    if not typed or typed == UNKNOWN:
        return typed or None
    if re.fullmatch(r"[0-9]{1,9}", typed):
        return int(typed)
    raise BadSelection(typed)


def _name(typed: str) -> str | None:
    if typed and not _NAME.fullmatch(typed):
        raise BadSelection(typed)
    return typed or None
