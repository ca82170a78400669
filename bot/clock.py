"""The product's clock: real time, or a sample province's own time that starts at ``CLOCK`` and runs."""

import os
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.settings import settings

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The product's present moment in UTC. Heartbeats and job timers do not use it."""
    start = settings().clock
    real = datetime.now(UTC)
    return real if start is None else start.astimezone(UTC) + (real - _started())


def local(moment: datetime) -> datetime:
    """The moment as a Vietnamese wall clock shows it."""
    return moment.astimezone(VIETNAM)


def _started() -> datetime:
    """When this copy started (seconds since the epoch in ``CLOCK_STARTED``, set by the supervisor)."""
    epoch = float(os.environ.setdefault("CLOCK_STARTED", str(time.time())))
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=epoch)
