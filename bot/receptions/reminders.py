"""When a resident is reminded of a booked place: the evening before, never at night. Local moments; stdlib only."""

from datetime import date, datetime, time, timedelta

NIGHT_FROM, NIGHT_TO = time(21), time(6)


def due_at(day: date, booked: datetime, hour: int) -> datetime | None:
    """The evening before the day, at that hour; None where it had come when the place was booked."""
    evening = datetime.combine(day - timedelta(days=1), time(hour), booked.tzinfo)
    return evening if booked < evening else None


def may_send(now: datetime) -> bool:
    """Whether people are awake."""
    return NIGHT_TO <= now.time() < NIGHT_FROM


def is_useful(day: date, begins: time, now: datetime) -> bool:
    """Whether the meeting has not begun: a worker that was down for a night still reminds in the morning."""
    return (now.date(), now.time()) < (day, begins)
