"""When a message goes on with the errand that is open."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.conversations.errands import LONGEST, LONGEST_FORM, QUIET, continues

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("messages", "form", "silence", "goes_on"),
    [
        (1, None, timedelta(minutes=1), True),  # talk goes on
        (1, None, QUIET, False),  # silence ends it
        (LONGEST - 1, None, timedelta(0), True),
        (LONGEST, None, timedelta(0), False),  # Rasa would grow slow
        (LONGEST, "feedback_form", timedelta(0), True),  # but a form is not cut off
        (5, "feedback_form", timedelta(hours=23), True),  # a form waits overnight
        (5, "feedback_form", timedelta(days=1), False),  # and no longer
        (LONGEST_FORM, "feedback_form", timedelta(0), False),  # somebody plays with it
    ],
)
def test_continues(messages: int, form: str | None, silence: timedelta, goes_on: bool) -> None:
    assert continues(messages=messages, form=form, last_at=NOW - silence, now=NOW) is goes_on
