"""Zalo's OAuth v4 as this side sees it: the consent link, a pair of tokens for a code or for a refresh token."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import httpx

TOKEN_PATH, CONSENT_PATH = "/v4/oa/access_token", "/v4/oa/permission"
SECONDS = 8.0
ACCESS_SECONDS = 90_000
"""What Zalo says an access token lives; taken where its answer does not say."""


class NotGranted(Exception):
    """Zalo refused: only a new consent helps. ``code`` is Zalo's own."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotReached(Exception):
    """Zalo did not answer, or asked to wait: try again later."""


@dataclass(frozen=True)
class Pair:
    """An access token, the refresh token that replaces it, and how long the access token lives in seconds."""

    access: str
    refresh: str
    seconds: int


@dataclass(frozen=True)
class App:
    """Our app at Zalo. ``redirect_uri`` must stand in Zalo's console, and so must the challenge."""

    app_id: str
    secret: str
    url: str
    redirect_uri: str
    verifier: str

    @property
    def challenge(self) -> str:
        """What the console asks for under “Code challenge”."""
        return urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).decode().rstrip("=")

    def consent_link(self) -> str:
        """Where an administrator of the account agrees."""
        asked = {"app_id": self.app_id, "redirect_uri": self.redirect_uri, "code_challenge": self.challenge}
        return f"{self.url}{CONSENT_PATH}?{urlencode(asked)}"


def verifier_of(app_id: str, derive: Callable[[str, str], bytes]) -> str:
    """The app's PKCE verifier, 43 characters: always the same, since its challenge stands in Zalo's console."""
    return urlsafe_b64encode(derive("zalo-pkce", app_id)).decode().rstrip("=")


async def exchange(http: httpx.AsyncClient, app: App, code: str) -> Pair:
    """The first pair; raises ``NotGranted`` or ``NotReached``."""
    return await _asked(http, app, {"grant_type": "authorization_code", "code": code, "code_verifier": app.verifier})


async def refresh(http: httpx.AsyncClient, app: App, refresh_token: str) -> Pair:
    """The next pair; the token that was given counts no more. Raises ``NotGranted`` or ``NotReached``."""
    return await _asked(http, app, {"grant_type": "refresh_token", "refresh_token": refresh_token})


async def _asked(http: httpx.AsyncClient, app: App, form: Mapping[str, str]) -> Pair:
    headers = {"secret_key": app.secret}
    try:
        response = await http.post(
            app.url + TOKEN_PATH, data={"app_id": app.app_id, **form}, headers=headers, timeout=SECONDS
        )
        answer = response.json()
    except (httpx.HTTPError, ValueError) as error:
        raise NotReached(type(error).__name__) from None
    if response.status_code >= 500 or str(answer.get("error")) == "-32":
        raise NotReached(f"status {response.status_code}")
    access, following = answer.get("access_token"), answer.get("refresh_token")
    if not (isinstance(access, str) and isinstance(following, str) and access and following):
        raise NotGranted(str(answer.get("error") or response.status_code))
    seconds = str(answer.get("expires_in") or "")
    return Pair(access, following, int(seconds) if seconds.isdecimal() else ACCESS_SECONDS)
