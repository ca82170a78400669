"""What each of Telegram's errors means for a message: sent never, later, perhaps."""

from datetime import timedelta

import httpx
import pytest
from telegram import error

from bot.channels.platform import Later, NotSent, Refused, Stopped, Uncertain, Unreachable
from bot.channels.telegram.failures import is_unparsable, meaning


def because(problem: error.TelegramError, cause: Exception) -> error.TelegramError:
    problem.__cause__ = cause
    return problem


@pytest.mark.parametrize(
    ("problem", "expected", "told"),
    [
        (error.RetryAfter(7), Later, {"seconds": 7.0}),
        (error.RetryAfter(timedelta(seconds=7)), Later, {"seconds": 7.0}),
        (error.Forbidden("Forbidden: bot was blocked by the user"), Unreachable, {"reason": "blocked"}),
        (error.Forbidden("Forbidden: user is deactivated"), Unreachable, {"reason": "inactive"}),
        (error.BadRequest("Chat not found"), Unreachable, {"reason": "inactive"}),
        (error.BadRequest("Message text is empty"), Refused, {"detail": "400"}),
        (error.ChatMigrated(-100), Refused, {}),
        (error.InvalidToken("Unauthorized"), Stopped, {"reason": "bad_token"}),
        (error.EndPointNotFound("Not Found"), Stopped, {"reason": "bad_token"}),
        # no connection: surely not sent
        (because(error.NetworkError("x"), httpx.ConnectError("x")), Stopped, {"reason": "out_of_reach"}),
        (because(error.TimedOut(), httpx.ConnectTimeout("x")), Stopped, {"reason": "out_of_reach"}),
        (because(error.NetworkError("x"), httpx.ProxyError("x")), Stopped, {"reason": "out_of_reach"}),
        (because(error.TimedOut("Pool timeout"), httpx.PoolTimeout("x")), Later, {"seconds": None}),
        # Telegram says that it failed
        (error.NetworkError("Internal Server Error"), Later, {"detail": "5xx"}),
        (error.NetworkError("Bad Gateway"), Later, {"detail": "5xx"}),
        # nobody knows
        (because(error.TimedOut(), httpx.ReadTimeout("x")), Uncertain, {}),
        (because(error.TimedOut(), httpx.WriteTimeout("x")), Uncertain, {}),
        (because(error.NetworkError("x"), httpx.RemoteProtocolError("disconnected")), Uncertain, {}),
        (error.NetworkError("Gateway Timeout (504)"), Uncertain, {}),
        (error.TelegramError("something new"), Uncertain, {}),
    ],
)
def test_meaning(problem: error.TelegramError, expected: type[NotSent | Uncertain], told: dict[str, object]) -> None:
    found = meaning(problem)
    assert type(found) is expected
    assert {name: getattr(found, name) for name in told} == told


def test_only_broken_html_is_said_again_as_plain_text() -> None:
    assert is_unparsable(error.BadRequest("Can't parse entities: unsupported start tag"))
    assert not is_unparsable(error.BadRequest("Message is too long"))
