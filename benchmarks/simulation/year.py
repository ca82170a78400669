"""When what is sent: a year's rhythm of days and hours, Tết, floods that fall on some communes at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from bot.clock import VIETNAM

TET = (date(2027, 2, 3), date(2027, 2, 14))
QUIET_DAYS = 0.35
"""How much of an ordinary day's reports comes on a day of Tết, or at a weekend."""
FLOOD_FACTOR = 9.0
HOURS = (0, 0, 0, 0, 0, 1, 3, 6, 9, 9, 8, 6, 5, 5, 7, 8, 7, 6, 7, 9, 8, 5, 2, 1)
"""Weight of each local hour."""


@dataclass(frozen=True)
class Size:
    """How much is simulated."""

    communes: int
    cases: int
    first: date
    days: int


SIZES = {
    "small": Size(12, 900, date(2027, 1, 11), 100),
    "full": Size(99, 60_000, date(2027, 1, 1), 365),
}


@dataclass(frozen=True)
class Arrival:
    """A resident sends a report; ``flood`` in the days of one."""

    at: datetime
    commune: int
    flood: bool


@dataclass(frozen=True)
class Flood:
    """Days on which some communes have much more to report."""

    first: date
    days: int
    communes: frozenset[int]

    def strikes(self, day: date, commune: int) -> bool:
        return commune in self.communes and self.first <= day < self.first + timedelta(days=self.days)


def floods(dice: Random, size: Size) -> list[Flood]:
    """Three, of a few days each, on a sixth of the communes."""
    struck = max(2, size.communes // 6)
    return [
        Flood(
            size.first + timedelta(days=int(size.days * part) + dice.randrange(5)),
            dice.randint(2, 5),
            frozenset(dice.sample(range(size.communes), struck)),
        )
        for part in (0.3, 0.6, 0.72)
    ]


def arrivals(dice: Random, size: Size, struck: Sequence[Flood]) -> list[Arrival]:
    """Exactly ``size.cases`` of them, in order of time."""
    busy = [dice.lognormvariate(0, 0.5) for _ in range(size.communes)]
    cells = [(size.first + timedelta(days=d), c) for d in range(size.days) for c in range(size.communes)]
    flooded = [any(flood.strikes(day, commune) for flood in struck) for day, commune in cells]
    weights = [
        _day_weight(day) * busy[commune] * (FLOOD_FACTOR if wet else 1)
        for (day, commune), wet in zip(cells, flooded, strict=True)
    ]
    drawn = dice.choices(range(len(cells)), weights, k=size.cases)
    return sorted((Arrival(_moment(dice, cells[i][0]), cells[i][1], flooded[i]) for i in drawn), key=lambda a: a.at)


def _day_weight(day: date) -> float:
    return QUIET_DAYS if day.weekday() >= 5 or TET[0] <= day <= TET[1] else 1.0


def _moment(dice: Random, day: date) -> datetime:
    hour = dice.choices(range(24), HOURS)[0]
    local = datetime(day.year, day.month, day.day, hour, dice.randrange(60), dice.randrange(60), tzinfo=VIETNAM)
    return local.astimezone(UTC)
