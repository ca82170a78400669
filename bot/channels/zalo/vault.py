"""Tokens at rest: encrypted with a key that only this server can make, so that a back-up alone opens nothing."""

from base64 import urlsafe_b64encode
from collections.abc import Callable

from cryptography.fernet import Fernet, InvalidToken


class Unreadable(Exception):
    """The token was encrypted with another server key."""


class Vault:
    """Encrypts and decrypts; ``derive`` as ``bot.settings.derive``."""

    def __init__(self, derive: Callable[[str, str], bytes]) -> None:
        self._fernet = Fernet(urlsafe_b64encode(derive("zalo", "tokens")))

    def close(self, token: str) -> bytes:
        return self._fernet.encrypt(token.encode())

    def open(self, kept: bytes) -> str:
        """The token; raises ``Unreadable``."""
        try:
            return self._fernet.decrypt(kept).decode()
        except InvalidToken:
            raise Unreadable from None
