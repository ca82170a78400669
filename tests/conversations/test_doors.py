"""Where a notice goes: the channel that still reaches the resident, by order of preference. One row per promise."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.conversations.doors import Door, Reach, best, reach

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
IDS = {name: UUID(int=number) for number, name in enumerate(("web", "zalo", "telegram", "other"), 1)}


def door(name: str, *flags: str, hours: float = 1, chosen_hours: float | None = None) -> Door:
    chosen = NOW - timedelta(hours=chosen_hours) if chosen_hours is not None else None
    channel = "telegram" if name == "other" else name
    last = NOW - timedelta(hours=hours)
    return Door(IDS[name], channel, last, origin="origin" in flags, closed="closed" in flags, preferred_at=chosen)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (door("telegram", hours=9000), Reach.NOW),  # Telegram may be written to at any time
        (door("telegram", "closed"), Reach.NEVER),  # blocked
        (door("zalo", hours=47), Reach.NOW),
        (door("zalo", hours=49), Reach.ON_RETURN),  # the free window is over
        (door("zalo", "closed", hours=1), Reach.NEVER),  # unfollowed
        (door("web", hours=0.2), Reach.NOW),  # still in front of the page
        (door("web", hours=1), Reach.ON_RETURN),
    ],
)
def test_how_soon_it_is_read(given: Door, expected: Reach) -> None:
    assert reach(given, NOW) == expected


@pytest.mark.parametrize(
    ("doors", "expected"),
    [
        # alone: there, however late it is read
        ([door("web", "origin", hours=500)], "web"),
        ([door("zalo", "origin", hours=500)], "zalo"),
        # begun on the web, page closed: the phone
        ([door("web", "origin", hours=2), door("telegram", hours=300)], "telegram"),
        # begun on the web, page open: there
        ([door("web", "origin", hours=0.1), door("telegram", hours=300)], "web"),
        # both phones reach: where the matter began
        ([door("zalo", "origin", hours=30), door("telegram", hours=1)], "zalo"),
        # where it began is out of its window
        ([door("zalo", "origin", hours=50), door("telegram", hours=1)], "telegram"),
        # where it began is blocked
        ([door("telegram", "origin", "closed"), door("zalo", hours=3)], "zalo"),
        # “nhận tin ở đây” before the matter's own
        ([door("zalo", "origin"), door("telegram", chosen_hours=900)], "telegram"),
        # the newest choice counts
        ([door("zalo", chosen_hours=5), door("telegram", "origin", chosen_hours=9)], "zalo"),
        # a choice that reaches nobody now gives way to one that does
        ([door("zalo", hours=90, chosen_hours=95), door("telegram", "origin")], "telegram"),
        ([door("web", hours=90, chosen_hours=95), door("zalo", "origin", hours=3)], "zalo"),
        # none reaches now: the choice, to be read on return
        ([door("zalo", hours=90, chosen_hours=95), door("web", "origin", hours=80)], "zalo"),
        # neither chosen nor its own: the last used
        ([door("telegram", hours=9), door("other", hours=3), door("web", "origin", "closed")], "other"),
        # blocked here, left there: still the page, for when they come back
        ([door("telegram", "origin", "closed"), door("web", hours=900)], "web"),
        # nobody can be reached
        ([door("telegram", "origin", "closed"), door("zalo", "closed")], None),
        ([], None),
    ],
)
def test_where_a_notice_goes(doors: list[Door], expected: str | None) -> None:
    for order in (doors, doors[::-1]):
        chosen = best(order, NOW)
        assert (chosen and chosen.id) == (IDS[expected] if expected else None)
