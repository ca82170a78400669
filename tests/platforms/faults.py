"""What goes wrong on demand: each fault strikes by chance (``rate``) or a number of times (``count``)."""

import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

COMMON: Mapping[str, str] = {
    "slow": "a call is answered only after delay_ms (default 3000)",
    "429": "a call is refused because of too many: Telegram 429 with retry_after, Zalo error -32",
    "5xx": "a call is answered 500 and nothing of it is done",
    "timeout_after_accepting": "a call is carried out, but answered only after delay_ms (default 60000)",
    "unreachable": "a call's connection is cut and nothing of it is done; without rate and count nobody listens "
    "for delay_ms (default 5000)",
    "blocked": "a message is refused because the resident blocked us: Telegram 403, Zalo error -227",
    "wrong_signature": "an event is sent once, with a wrong signature (Zalo) or secret (Telegram)",
    "duplicates": "an event is sent times (default 1) more times, all at once",
    "reordering": "an event is held back until the resident's next one, at most delay_ms (default 1000)",
}
DEFAULT_DELAY_MS: Mapping[str, int] = {
    "slow": 3_000,
    "timeout_after_accepting": 60_000,
    "unreachable": 5_000,
    "reordering": 1_000,
}
LONGEST_DELAY_MS = 600_000


class BadFault(ValueError):
    """This is no fault; the text says what is."""


@dataclass
class Fault:
    """One order. ``count`` None and ``rate`` None: once."""

    kind: str
    rate: float | None = None
    count: int | None = None
    delay_ms: int = 0
    times: int = 1

    @property
    def seconds(self) -> float:
        return self.delay_ms / 1_000


class Faults:
    """The orders in force. ``kinds`` are those that this platform knows, with what each does."""

    def __init__(self, more: Mapping[str, str], dice: random.Random) -> None:
        self.kinds = {**COMMON, **more}
        self.dice = dice
        self.orders: list[Fault] = []

    def add(self, asked: Mapping[str, Any]) -> Fault:
        """Take an order as JSON, before those of its kind that are in force; raises ``BadFault``."""
        fault = _read(asked, self.kinds)
        self.orders.insert(0, fault)
        return fault

    def strikes(self, kind: str) -> Fault | None:
        """The fault of that kind that befalls the present call or event, used up by one."""
        for fault in self.orders:
            if fault.kind == kind and self._now(fault):
                return fault
        return None

    def clear(self) -> None:
        self.orders.clear()

    def as_json(self) -> dict[str, Any]:
        """The orders still in force, and every kind with what it does."""
        return {"faults": [asdict(fault) for fault in self.orders], "kinds": self.kinds}

    def _now(self, fault: Fault) -> bool:
        if fault.rate is not None and self.dice.random() >= fault.rate:
            return False
        if fault.count is not None:
            fault.count -= 1
            if fault.count == 0:
                self.orders.remove(fault)
        return True


def _read(asked: Mapping[str, Any], kinds: Mapping[str, str]) -> Fault:
    kind = str(asked.get("kind", "")).lower().replace("-", "_")
    if kind not in kinds:
        raise BadFault(f"unknown kind {asked.get('kind')!r}; kinds: {', '.join(kinds)}")
    rate = _number(asked, "rate", 0, 1)
    count = _number(asked, "count", 1, 1_000_000)
    delay = _number(asked, "delay_ms", 0, LONGEST_DELAY_MS)
    times = _number(asked, "times", 1, 1_000)
    if rate is None and count is None:
        count = 1
    return Fault(
        kind,
        rate,
        None if count is None else int(count),
        DEFAULT_DELAY_MS.get(kind, 0) if delay is None else int(delay),
        int(times or 1),
    )


def _number(asked: Mapping[str, Any], name: str, least: float, most: float) -> float | None:
    given = asked.get(name)
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float) or not least <= given <= most:
        raise BadFault(f"{name} must be a number from {least:g} to {most:g}")
    return float(given)
