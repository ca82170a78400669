"""Every error code of Zalo's tables in its class."""

import pytest

from bot.channels.platform import Held, Later, NotSent, Refused, Stopped, Unreachable
from bot.channels.zalo.codes import CLASSES, TOKEN_CODES, failure
from bot.conversations import reasons


@pytest.mark.parametrize(
    ("codes", "kind", "reason"),
    [
        ((-204, -205, -209, -212, -219, -221, -223, -224, -240, -242, -320, -321), Stopped, reasons.CHANNEL_STOPPED),
        ((-32, -200, -211), Later, None),
        ((-213,), Unreachable, reasons.NOT_FOLLOWING),
        ((-217, -227), Unreachable, reasons.BLOCKED),
        ((-230, -232, -305, -311), Held, reasons.WINDOW_OVER),
        ((-218, -244), Held, reasons.REFUSES_KIND),
        ((-201, -210, -233, -248, -100, -249, -237, -403), Refused, None),
        ((-999_999, 17), Refused, None),  # unknown: an official sees the code
    ],
)
def test_classes(codes: tuple[int, ...], kind: type[NotSent], reason: str | None) -> None:
    for code in codes:
        found = failure(code, "whatever it says")
        assert type(found) is kind, code
        assert found.detail == str(code)
        assert getattr(found, "reason", None) == reason, code


@pytest.mark.parametrize(
    ("code", "message", "kind"),
    [
        (-223, "OA has not authorized this API", Stopped),
        (-223, "Your article quota is used up", Later),  # one code, two things
        (-201, "text is invalid!", Refused),
        (-201, "user_id is invalid!", Unreachable),
        (-32, "Your application reached rate limit", Later),
        (-32, "This OA reached rate limit", Later),
    ],
)
def test_the_message_decides_where_one_code_means_two_things(code: int, message: str, kind: type[NotSent]) -> None:
    assert type(failure(code, message)) is kind


def test_token_codes_are_no_failures_yet() -> None:
    assert not TOKEN_CODES & set(CLASSES)


def test_every_reason_is_spoken() -> None:
    told = {found.reason for code in CLASSES if isinstance(found := failure(code, ""), Held | Stopped)}
    assert told <= set(reasons.SPOKEN)
