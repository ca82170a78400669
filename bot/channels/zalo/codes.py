"""Zalo's error codes, each in its class: what to do about it."""

from collections.abc import Callable, Mapping

from bot.channels.platform import Held, Later, NotSent, Refused, Stopped, Unreachable
from bot.conversations import reasons

TOKEN_CODES = frozenset({-216, -220})
"""The access token is invalid, or expired: refresh once, try once more."""
RATE_LIMIT = -32
NIGHT = -234
LIMIT_PAUSE, QUOTA_PAUSE = 60.0, 3_600.0


def _stopped(detail: str) -> NotSent:
    return Stopped(reasons.CHANNEL_STOPPED, detail)


def _soon(detail: str) -> NotSent:
    return Later(None, detail)


def _in_a_minute(detail: str) -> NotSent:
    return Later(LIMIT_PAUSE, detail)


def _in_an_hour(detail: str) -> NotSent:
    return Later(QUOTA_PAUSE, detail)


def _unreachable(reason: str) -> Callable[[str], NotSent]:
    return lambda detail: Unreachable(reason, detail)


def _held(reason: str) -> Callable[[str], NotSent]:
    return lambda detail: Held(reason, detail)


CLASSES: Mapping[int, Callable[[str], NotSent]] = {
    # nothing goes out until a person acts
    -204: _stopped,  # the account is disabled
    -205: _stopped,  # there is no such account
    -209: _stopped,  # the app is not activated
    -212: _stopped,  # the app has not registered this call
    -219: _stopped,  # the app was removed or disabled
    -221: _stopped,  # the account must be verified
    -223: _stopped,  # the account has not authorised this call (or, by its message, a quota is used up)
    -224: _stopped,  # the package does not include it
    -240: _stopped,  # this version of the call is shut
    -242: _stopped,  # the app's secret is wrong
    -320: _stopped,  # needs a Zalo Cloud account
    -321: _stopped,  # that account is out of money
    # later
    RATE_LIMIT: _in_a_minute,
    -200: _soon,  # sending failed
    -211: _in_an_hour,  # out of quota
    # this resident, not now
    -213: _unreachable(reasons.NOT_FOLLOWING),
    -217: _unreachable(reasons.BLOCKED),
    -227: _unreachable(reasons.BLOCKED),  # banned us, or inactive for 45 days
    -218: _held(reasons.REFUSES_KIND),  # receives no more today
    -244: _held(reasons.REFUSES_KIND),
    -230: _held(reasons.WINDOW_OVER),
    -232: _held(reasons.WINDOW_OVER),
    -305: _held(reasons.WINDOW_OVER),  # an older table's code
    -311: _held(reasons.WINDOW_OVER),  # an older table's code
    # these words, never
    -201: Refused,
    -210: Refused,
    -233: Refused,
    -248: Refused,
    -100: Refused,  # an upload has expired
    -249: Refused,  # a template that is not for user ids
    -237: Refused,  # groups are not served
    -403: Refused,
}


def failure(code: int, message: str) -> NotSent:
    """What a code means; the message decides where one code stands for two things. An unknown one is shown."""
    words = message.lower()
    if code == -223 and "quota" in words:
        return _in_an_hour(str(code))
    if code == -201 and "user_id" in words:
        return Unreachable(reasons.INACTIVE, str(code))
    return CLASSES.get(code, Refused)(str(code))
