"""When Zalo lets an account write to a resident, counted from their last message, press or follow."""

from datetime import datetime, time, timedelta
from enum import Enum

FREE, BILLED = timedelta(hours=48), timedelta(days=7)
MORNING, NIGHT = time(6), time(22)
"""Templates only in between, local time: at night their notification would stay silent."""


class Window(Enum):
    """What a consultation message costs now."""

    FREE = "free"
    BILLED = "billed"
    OVER = "over"


def window(last_contact: datetime | None, now: datetime) -> Window:
    """The window a message falls into; somebody who never came by is out of every window."""
    if last_contact is None:
        return Window.OVER
    silent = now - last_contact
    if silent <= FREE:
        return Window.FREE
    return Window.BILLED if silent <= BILLED else Window.OVER


def seconds_to_morning(moment: datetime) -> float:
    """How long a template must wait at this local moment; 0 by day."""
    if MORNING <= moment.time() < NIGHT:
        return 0.0
    day = moment.date() if moment.time() < MORNING else moment.date() + timedelta(days=1)
    return (datetime.combine(day, MORNING, moment.tzinfo) - moment).total_seconds()
