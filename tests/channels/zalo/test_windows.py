"""When Zalo lets us write, and when a template waits for the morning."""

from datetime import datetime, timedelta

import pytest

from bot.channels.zalo.windows import Window, seconds_to_morning, window
from bot.clock import VIETNAM

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("silent", "found"),
    [
        (timedelta(0), Window.FREE),
        (timedelta(hours=48), Window.FREE),  # to the second
        (timedelta(hours=48, seconds=1), Window.BILLED),
        (timedelta(days=7), Window.BILLED),
        (timedelta(days=7, seconds=1), Window.OVER),
        (timedelta(days=400), Window.OVER),
    ],
)
def test_windows(silent: timedelta, found: Window) -> None:
    assert window(NOW - silent, NOW) is found


def test_who_never_came_by_cannot_be_written_to() -> None:
    assert window(None, NOW) is Window.OVER


@pytest.mark.parametrize(
    ("at", "hours"),
    [
        ("06:00", 0),
        ("12:00", 0),
        ("21:59", 0),
        ("22:00", 8),  # from here on phones stay silent
        ("00:00", 6),
        ("05:30", 0.5),
    ],
)
def test_nights(at: str, hours: float) -> None:
    moment = datetime.fromisoformat(f"2026-11-20T{at}").replace(tzinfo=VIETNAM)
    assert seconds_to_morning(moment) == hours * 3_600
