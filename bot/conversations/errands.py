"""When a message belongs to the errand that is open, and when it begins a new one."""

from datetime import datetime, timedelta

QUIET = timedelta(minutes=30)
LONGEST = 8
"""Messages in an errand without a form: Rasa slows with every message in one tracker."""
LONGEST_FORM = 60


def continues(*, messages: int, form: str | None, last_at: datetime, now: datetime) -> bool:
    """Whether the next message goes on with the errand. An open form waits a day; idle talk does not."""
    if form:
        return messages < LONGEST_FORM and now - last_at < timedelta(days=1)
    return messages < LONGEST and now - last_at < QUIET
