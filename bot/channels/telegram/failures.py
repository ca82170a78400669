"""What Telegram's errors mean: later, never again, not this resident, a person must act, or nobody knows."""

from datetime import timedelta

from telegram import error

from bot.channels.platform import Later, NotSent, Refused, Stopped, Uncertain, Unreachable
from bot.conversations import reasons

RETRY_TOKEN_SECONDS, RETRY_WAY_SECONDS = 300.0, 5.0
_NO_CHAT = "chat not found"
_NEVER_THROUGH = frozenset({"ConnectError", "ConnectTimeout", "ProxyError", "UnsupportedProtocol"})
"""httpx's errors after which nothing can have been sent."""


def is_unparsable(problem: error.TelegramError) -> bool:
    """Whether the HTML is to blame: the same words go out as plain text."""
    return isinstance(problem, error.BadRequest) and "can't parse entities" in problem.message.lower()


def is_wrong_token(problem: error.TelegramError) -> bool:
    """401 for a token that is not valid, 404 for one that cannot be."""
    return isinstance(problem, error.InvalidToken | error.EndPointNotFound)


def is_out_of_reach(problem: error.TelegramError) -> bool:
    """Whether no connection to Telegram came about: network, blocking, proxy."""
    return type(problem.__cause__).__name__ in _NEVER_THROUGH


def meaning(problem: error.TelegramError) -> NotSent | Uncertain:
    """What a failed call means for the message that it should have sent."""
    if is_wrong_token(problem):
        return Stopped(reasons.BAD_TOKEN, "401", RETRY_TOKEN_SECONDS)
    if is_out_of_reach(problem):
        return Stopped(reasons.OUT_OF_REACH, type(problem.__cause__).__name__, RETRY_WAY_SECONDS)
    if isinstance(problem, error.RetryAfter):
        return Later(seconds_to_wait(problem), "429")
    said = problem.message.lower()
    match problem:
        case error.Forbidden():
            return Unreachable(reasons.INACTIVE if "deactivated" in said else reasons.BLOCKED, "403")
        case error.BadRequest():
            return Unreachable(reasons.INACTIVE, "400") if _NO_CHAT in said else Refused("400")
        case error.ChatMigrated():
            return Refused("migrated")
        case error.NetworkError():
            return _lost(problem)
        case _:
            return Uncertain()


def _lost(problem: error.NetworkError) -> NotSent | Uncertain:
    """Telegram's own “5xx” says that the call failed; without an answer, or a gateway's time-out, nobody knows."""
    cause = type(problem.__cause__).__name__
    if cause == "PoolTimeout":
        return Later(None, cause)
    answered = problem.__cause__ is None or isinstance(problem.__cause__, error.TelegramError)
    if answered and not isinstance(problem, error.TimedOut) and "gateway time" not in problem.message.lower():
        return Later(None, "5xx")
    return Uncertain()


def seconds_to_wait(problem: error.RetryAfter) -> float:
    """How long Telegram asks us to rest."""
    asked = problem.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
