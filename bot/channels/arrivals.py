"""What a platform tells us, once read: the same few things whichever platform it was."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import structlog

from bot.media.kinds import FILE, LOCATION, PHOTO, VIDEO, VOICE
from bot.media.service import Brought

KIND_OF = {"image": PHOTO, "voice": VOICE, "video": VIDEO, "animation": VIDEO, "file": FILE}
"""What platforms send as media; a sticker says nothing worth keeping."""

log = structlog.get_logger()

What = Literal[
    "message",  # words, media, a location or a contact of a resident
    "button",  # ``button`` is an opaque token of ours
    "follow",
    "visit",  # the resident came by without saying anything
    "unfollow",
    "blocked",  # the resident lets us write no more
    "group",  # somebody took us into a group, or wrote there
    "delivered",  # ``about`` reached the resident
    "seen",  # ``about`` was looked at
    "echo",  # the platform repeats what went out as ``platform_id``
    "edit",  # words of the message ``platform_id`` were changed by the resident
    "unknown",
]


@dataclass(frozen=True)
class MediaReference:
    """Something a resident sent that still lies with the platform. ``reference`` may hold a token: never log it."""

    kind: Literal["image", "voice", "video", "file", "sticker", "animation"]
    reference: str
    """An address, or the platform's own file id."""
    name: str | None = None
    size: int | None = None
    """In bytes, as the platform says."""
    mime: str | None = None


@dataclass(frozen=True)
class Location:
    """Degrees, WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Arrival:
    """One thing that happened on a platform, its signature verified.

    ``external_id`` is unique on the channel, the same each time the platform repeats itself. For ``delivered``,
    ``seen`` and ``echo`` it is ``what:platform id``, so that one that comes before our own commit is still found.
    """

    channel: str
    external_id: str
    what: What
    payload: dict[str, Any]
    user: str | None = None
    text: str | None = None
    button: str | None = None
    media: tuple[MediaReference, ...] = ()
    location: Location | None = None
    contact: dict[str, str] | None = None
    """``name``, ``phone``, ``address`` as the resident gave them."""
    other: str | None = None
    """Something that has no place above, by the platform's own name for it."""
    album: str | None = None
    """What holds together media that were sent as one message and come one by one."""
    platform_id: str | None = None
    staff: str | None = None
    """Of an echo: who typed it in the platform's own pages."""
    waits: bool = False
    """Whether the platform waits for an acknowledgement beside the answer: see ``Platform.acknowledge``."""

    def carried(self) -> dict[str, Any]:
        """What came beside or instead of words, for the message's body: kinds, and a contact; never where files lie."""
        kinds: list[str] = [reference.kind for reference in self.media]
        kinds += [name for name in ("location", "contact") if getattr(self, name)]
        if not kinds and self.other:
            kinds = [self.other]
        body: dict[str, Any] = {"carried": kinds} if kinds else {}
        return body | {name: getattr(self, name) for name in ("contact", "album") if getattr(self, name)}

    def brought(self) -> list[Brought]:
        """What came beside or instead of words, to be fetched and kept."""
        files = [
            Brought(KIND_OF[one.kind], one.reference, one.name, one.size) for one in self.media if one.kind in KIND_OF
        ]
        if self.location is None:
            return files
        return [*files, Brought(LOCATION, latitude=self.location.latitude, longitude=self.location.longitude)]


Reader = Callable[[dict[str, Any]], Sequence[Arrival]]
"""Reads one JSON object of a platform; whatever it raises, the object is kept as ``unknown``."""


def read(channel: str, reader: Reader, raw: bytes) -> Sequence[Arrival]:
    """What the bytes tell; never raises, never empty: what is not understood is kept as it came, once."""
    payload = _storable_object(raw)
    if payload is None:
        return [_unknown(channel, raw, {"raw": raw.decode("utf-8", "replace").replace("\0", "\ufffd")})]
    try:
        return reader(payload) or [_unknown(channel, raw, payload)]
    except Exception as error:  # noqa: BLE001 -- strangers' JSON may break a reader in any way; it is kept all the same
        log.warning("arrival_not_understood", channel=channel, error=type(error).__name__)
        return [_unknown(channel, raw, payload)]


def _unknown(channel: str, raw: bytes, payload: dict[str, Any]) -> Arrival:
    return Arrival(channel, f"unknown:{hashlib.sha256(raw).hexdigest()}", "unknown", payload)


def _storable_object(raw: bytes) -> dict[str, Any] | None:
    """The JSON object as PostgreSQL can keep it, without zero bytes and halves of characters; None if it is none."""
    try:
        payload = _storable(json.loads(raw, parse_constant=lambda name: None))
    except (ValueError, RecursionError):
        return None
    return payload if isinstance(payload, dict) else None


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return value
