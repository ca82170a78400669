"""How people are: officials of mixed diligence, residents who answer or do not. Assumptions, in one place.

Nothing here is measured: the figures say that the machinery keeps every case while people behave like this.
"""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

HOUR = timedelta(hours=1)
DAY = timedelta(hours=7.5)
"""A working day."""


@dataclass(frozen=True)
class Official:
    """Working time until something is done, and how likely a warning makes it be done at once."""

    receives_hours: float
    settles_days: float
    heeds: dict[str, float]


DILIGENCE = {
    "diligent": Official(2.5, 3.5, {"near": 0.95, "overdue": 1.0, "escalated": 1.0}),
    "ordinary": Official(4.0, 5.5, {"near": 0.85, "overdue": 0.95, "escalated": 1.0}),
    "slow": Official(7.0, 8.5, {"near": 0.6, "overdue": 0.8, "escalated": 1.0}),
}
MIX = {"diligent": 55, "ordinary": 35, "slow": 10}
OUTCOMES = {"resolved": 56, "partly_resolved": 9, "explained": 26, "not_within_authority": 4, "declined": 5}
STARS = {
    "resolved": (1, 1, 3, 27, 68),
    "partly_resolved": (2, 4, 10, 49, 35),
    "explained": (1, 1, 5, 41, 52),
    "not_within_authority": (8, 12, 25, 35, 20),
    "declined": (20, 20, 25, 25, 10),
}
"""Weights of one to five stars by outcome."""
LATE_PENALTY = 2
"""Stars lost where the answer came late."""


@dataclass
class Plan:
    """What will happen to one case, drawn when it is sent; of its appointments (``turn``) the last holds."""

    transfers: int
    returned: bool
    asks: bool
    answers_back: bool
    outcome: str
    rates: bool
    reopens: bool
    withdraws: bool
    merges: bool
    turn: int = 0
    warned: bool = False


def plan(dice: Random, flood: bool) -> Plan:
    """The fate of one case; in a flood many report the same."""
    outcome = dice.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
    content = outcome in ("resolved", "explained")
    return Plan(
        transfers=dice.choices((0, 1, 2), (91, 8, 1))[0],
        returned=dice.random() < 0.15,
        asks=dice.random() < 0.1,
        answers_back=dice.random() < 0.85,
        outcome=outcome,
        rates=dice.random() < 0.3,
        reopens=dice.random() < (0.02 if content else 0.12),
        withdraws=dice.random() < 0.015,
        merges=dice.random() < (0.12 if flood else 0.01),
    )


def diligences(dice: Random, offices: int) -> list[str]:
    """How diligent each office's people are."""
    return dice.choices(list(MIX), list(MIX.values()), k=offices)


def wait_to_receive(dice: Random, who: Official) -> timedelta:
    return min(dice.expovariate(1 / who.receives_hours), 60.0) * HOUR


def wait_to_settle(dice: Random, who: Official) -> timedelta:
    return min(dice.lognormvariate(0, 0.45) * who.settles_days, 40.0) * DAY


def stars(dice: Random, outcome: str, late: bool) -> int:
    """How content the resident is."""
    drawn = dice.choices((1, 2, 3, 4, 5), STARS[outcome])[0]
    return max(1, drawn - LATE_PENALTY) if late else drawn
