"""OAuth v4 as Zalo gives it: codes and refresh tokens count once, a new pair ends the old one."""

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

CODE_LIFE, ACCESS_LIFE, REFRESH_LIFE = timedelta(minutes=10), timedelta(hours=25), timedelta(days=90)
EXPIRES_IN = str(int(ACCESS_LIFE.total_seconds()))
"""A string, as Zalo sends it."""


class NotGranted(Exception):
    """What the token address answers instead of a pair."""

    def __init__(self, code: int, name: str) -> None:
        super().__init__(name)
        self.code, self.name = code, name


@dataclass(frozen=True)
class Pair:
    """An access token and the refresh token that came with it."""

    access: str
    refresh: str
    begun: datetime

    def as_json(self) -> dict[str, str]:
        return {"access_token": self.access, "refresh_token": self.refresh, "expires_in": EXPIRES_IN}


@dataclass(frozen=True)
class Code:
    """A consent that waits to be exchanged."""

    challenge: str
    until: datetime


class Grants:
    """The pairs of one account; only the newest is good."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._codes: dict[str, Code] = {}
        self.pair: Pair | None = None
        self.refreshes = 0
        self.refused = 0

    def consent(self, challenge: str) -> str:
        """An administrator agreed: the code that goes to the callback page."""
        code = secrets.token_urlsafe(32)
        self._codes[code] = Code(challenge, self._clock() + CODE_LIFE)
        return code

    def exchange(self, code: str, verifier: str) -> Pair:
        """The first pair; raises ``NotGranted``."""
        known = self._codes.pop(code, None)
        if known is None or known.until < self._clock():
            raise self._refuse("Invalid code")
        if known.challenge and known.challenge != challenge_of(verifier):
            raise self._refuse("Invalid code verifier")
        return self._new()

    def refresh(self, token: str) -> Pair:
        """The next pair; raises ``NotGranted`` when the token is not the newest or too old."""
        if self.pair is None or token != self.pair.refresh or self._clock() > self.pair.begun + REFRESH_LIFE:
            raise self._refuse("Invalid refresh token")
        self.refreshes += 1
        return self._new()

    def spoil(self, what: str) -> NotGranted:
        """The refresh token counts as ``what`` from now on."""
        self.pair = None
        return self._refuse(what)

    def expire_access(self) -> None:
        """The access token has just expired; the refresh token is good."""
        if self.pair is not None:
            self.pair = Pair(self.pair.access, self.pair.refresh, self._clock() - ACCESS_LIFE)

    def problem_with(self, access: str) -> tuple[int, str] | None:
        """The error of a call with this access token, None when it is good."""
        if self.pair is None or access != self.pair.access:
            return -216, "Access token is invalid"
        if self._clock() >= self.pair.begun + ACCESS_LIFE:
            return -220, "access_token is expired or removed"
        return None

    def _new(self) -> Pair:
        self.pair = Pair(secrets.token_urlsafe(48), secrets.token_urlsafe(48), self._clock())
        return self.pair

    def _refuse(self, why: str) -> NotGranted:
        self.refused += 1
        return NotGranted(-118, why)


def challenge_of(verifier: str) -> str:
    """base64url of SHA-256, without padding."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
