"""A conversation's token: what a web chat shows to prove that the talk is its own."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from hmac import compare_digest
from uuid import UUID

MARK_BYTES = 16


def issue(conversation: UUID, derive: Callable[[str, str], bytes]) -> str:
    """The token of a conversation, always the same one: 43 URL-safe characters."""
    return urlsafe_b64encode(conversation.bytes + _mark(conversation, derive)).decode().rstrip("=")


def read(token: str, derive: Callable[[str, str], bytes]) -> UUID | None:
    """The conversation a token stands for, or None when this server never issued it."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    if len(raw) != 16 + MARK_BYTES:
        return None
    conversation = UUID(bytes=raw[:16])
    return conversation if compare_digest(raw[16:], _mark(conversation, derive)) else None


def _mark(conversation: UUID, derive: Callable[[str, str], bytes]) -> bytes:
    return derive("conversation", str(conversation))[:MARK_BYTES]
