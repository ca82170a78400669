"""How many new cases one resident may send in what time. Standard library only; the clock is an argument."""

from collections.abc import Iterable
from datetime import datetime, timedelta

LIMITS = ((1, timedelta(minutes=1)), (5, timedelta(hours=1)), (6, timedelta(days=1)))
"""At most that many within that time."""


def next_allowed(sent: Iterable[datetime], at: datetime) -> datetime | None:
    """When the next case may be sent, after those sent at these moments; None when now."""
    newest_first = sorted(sent, reverse=True)
    ends = [newest_first[most - 1] + within for most, within in LIMITS if len(newest_first) >= most]
    return max((end for end in ends if end > at), default=None)
