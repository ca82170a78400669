"""What a platform is to the rest of the product: somewhere a reply can be sent, with the few ways that can end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from bot.channels.arrivals import Arrival
from bot.media.storage import Storage


@dataclass(frozen=True)
class Choice:
    """A button: what is read on it, and the opaque token that comes back."""

    label: str
    token: str


@dataclass(frozen=True)
class Enclosed:
    """A photo or document that goes with a reply; its bytes lie in the storage under that key."""

    kind: str
    """``photo`` (always a JPEG) or ``file``."""
    name: str
    key: str

    @property
    def called(self) -> str:
        """What stands for it where words are compared; no platform tells it back."""
        return f"[{self.name}]"

    def content(self, storage: Storage) -> bytes:
        """Its bytes; ``Refused`` when they were erased before they could be sent."""
        try:
            return storage.open(self.key)
        except FileNotFoundError:
            raise Refused("erased") from None


@dataclass(frozen=True)
class Outgoing:
    """One reply as a platform gets it; ``body`` as in ``bot.conversations.replies.Reply``."""

    message_id: int
    kind: str
    text: str
    body: Mapping[str, Any]
    choices: tuple[Choice, ...]
    enclosed: tuple[Enclosed, ...] = ()


@dataclass(frozen=True)
class Recipient:
    """Whom it goes to, as the platform calls them, and when they last wrote, pressed or followed."""

    conversation_id: UUID
    external_user: str
    last_contact_at: datetime | None


class NotSent(Exception):
    """The platform surely does not have the message. ``detail``: the platform's own code, never words."""

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail or type(self).__name__)
        self.detail = detail


class Later(NotSent):
    """Try again after so many seconds, or when the product thinks best (None)."""

    def __init__(self, seconds: float | None = None, detail: str | None = None) -> None:
        super().__init__(detail)
        self.seconds = seconds


class Held(NotSent):
    """Not before the resident's next contact; ``reason`` is one of ``bot.conversations.reasons``."""

    def __init__(self, reason: str, detail: str | None = None) -> None:
        super().__init__(detail)
        self.reason = reason


class Unreachable(Held):
    """Held, and nothing else reaches the resident on this channel either."""


class Refused(NotSent):
    """The platform will never take this content."""


class Stopped(NotSent):
    """The channel is broken until a person acts; ``reason`` is one of ``bot.conversations.reasons``."""

    def __init__(self, reason: str, detail: str | None = None, retry_seconds: float = 300.0) -> None:
        super().__init__(detail)
        self.reason, self.retry_seconds = reason, retry_seconds


class Uncertain(Exception):
    """Perhaps the platform has the message: it must not be sent again by itself."""


class Piece(Protocol):
    """What one call sends, in the platform's own form."""

    @property
    def text(self) -> str:
        """The words in it, as the platform would tell them back."""


class Platform[P: Piece](Protocol):
    """One per channel and worker process."""

    def pieces(self, outgoing: Outgoing) -> Sequence[P]:
        """The calls that send a reply, at least one; the same reply always gives the same pieces."""

    async def clear(self, recipient: Recipient) -> None:
        """Wait for this platform's pace, see that it can be called at all; raises ``NotSent``, sends nothing."""

    async def send(self, recipient: Recipient, piece: P) -> str | None:
        """One call; the platform's id of the message. Raises ``NotSent`` or ``Uncertain``."""

    async def acknowledge(self, arrival: Arrival) -> None:
        """Do what the platform waits for beside an answer (``arrival.waits``); what fails is not repeated."""

    async def close(self) -> None:
        """Let go of every connection."""
