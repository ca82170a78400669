"""Which of a resident's conversations a notice goes to: one that reaches them now, before one they must come back to.

A web page reaches only who is sitting in front of it; Zalo lets us write for two days after the resident's last
message, later only when they come back; Telegram always, unless the resident blocked us.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from uuid import UUID

OPEN_FOR = {"web": timedelta(minutes=15), "zalo": timedelta(hours=48)}
"""How long after the resident's last message a channel still reaches them; one that is not named always does."""


class Reach(IntEnum):
    """How soon words in a conversation are read; more is better."""

    NEVER = 0
    ON_RETURN = 1
    NOW = 2


@dataclass(frozen=True)
class Door:
    """One conversation of a resident: ``origin`` where the matter began, ``closed`` where they blocked us."""

    id: UUID
    channel: str
    last_at: datetime
    origin: bool = False
    closed: bool = False
    preferred_at: datetime | None = None


def reach(door: Door, now: datetime) -> Reach:
    """How soon the resident reads what is written there."""
    if door.closed:
        return Reach.NEVER
    open_for = OPEN_FOR.get(door.channel)
    return Reach.NOW if open_for is None or now - door.last_at <= open_for else Reach.ON_RETURN


def best(doors: Iterable[Door], now: datetime) -> Door | None:
    """Where to tell: the soonest read; of these the one chosen by the resident, the matter's own, the last used.

    None where no door is left.
    """

    def rank(door: Door) -> tuple[Reach, float, bool, datetime]:
        chosen = door.preferred_at.timestamp() if door.preferred_at else 0.0
        return reach(door, now), chosen, door.origin, door.last_at

    found = max(doors, key=rank, default=None)
    return found if found and reach(found, now) else None
