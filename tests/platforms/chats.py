"""The residents of a platform and what stands in their chats, in both directions, in order."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

SAMPLE_PHONE = "84000000000"
"""What a resident gives who is asked for a number; nobody's."""


@dataclass(frozen=True)
class Button:
    """What a resident may press: label, what pressing does (``query``, ``open``, ``text`` …), what it carries."""

    label: str
    does: str
    carries: str = ""


@dataclass(frozen=True)
class File:
    """A photo, voice note or document in a chat."""

    name: str
    kind: str
    content: bytes = b""

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "kind": self.kind, "bytes": len(self.content)}


@dataclass
class Said:
    """One message in a chat. ``sender`` is ``resident`` or ``bot`` (what the product sent, an official's words too)."""

    id: str
    sender: str
    at: datetime
    text: str = ""
    buttons: list[Button] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    location: dict[str, float] | None = None
    edited: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "from": self.sender,
            "at": self.at.isoformat(),
            "text": self.text,
            "buttons": [button.label for button in self.buttons],
            "files": [file.as_json() for file in self.files],
            "location": self.location,
            "edited": self.edited,
        }


@dataclass
class Chat:
    """One resident with the account of the product."""

    user_id: str
    name: str
    said: list[Said] = field(default_factory=list)
    blocked: bool = False
    follows: bool = True
    last_contact: datetime | None = None
    """When the resident last did something that opens the window for answers."""
    admin_words: int = 0

    def touch(self) -> None:
        self.last_contact = datetime.now(UTC)

    def silent_for(self, hours: float) -> None:
        """As if the resident had done nothing for so long."""
        self.last_contact = datetime.now(UTC) - timedelta(hours=hours)

    def pressable(self) -> list[Button]:
        """The buttons under what the product said, the newest message first."""
        return [button for said in reversed(self.said) for button in said.buttons if said.sender == "bot"]

    def button(self, label: str) -> Button | None:
        """The newest button of that label, or failing that the newest whose label contains it."""
        found = self.pressable()
        exact = (button for button in found if button.label == label)
        near = (button for button in found if label.casefold() in button.label.casefold())
        return next(exact, None) or next(near, None)

    def message(self, message_id: str) -> Said | None:
        return next((said for said in self.said if said.id == message_id), None)

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.user_id,
            "name": self.name,
            "blocked": self.blocked,
            "follows": self.follows,
            "last_contact": self.last_contact.isoformat() if self.last_contact else None,
        }


class Chats:
    """Every resident, by the platform's id; a name that is no id has its own id, always the same one."""

    def __init__(self, id_for: Callable[[str], str]) -> None:
        self._id_for = id_for
        self._chats: dict[str, Chat] = {}

    def of(self, user: str) -> Chat:
        """The chat of this id or name, begun if it is not there."""
        user_id = self._id_for(user)
        if user_id not in self._chats:
            self._chats[user_id] = Chat(user_id, user if user != user_id else f"Người dân {user_id[-4:]}")
        return self._chats[user_id]

    def known(self, user_id: str) -> Chat | None:
        """The chat of a resident who has ever written, by the platform's id."""
        return self._chats.get(user_id)

    def all(self) -> Iterable[Chat]:
        return self._chats.values()


def number_for(name: str, digits: int) -> str:
    """The id of a name: so many digits, the first not 0."""
    found = int.from_bytes(hashlib.sha256(name.encode()).digest()[:16]) % (9 * 10 ** (digits - 1))
    return str(found + 10 ** (digits - 1))
