"""The Official Account at Zalo: its chats, its events on their way, and what residents and its own staff do."""

import random
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.platforms.chats import SAMPLE_PHONE, Button, Chat, Chats, File, Said, number_for
from tests.platforms.control import Refused
from tests.platforms.courier import Courier, Event, Outcome, Poster
from tests.platforms.faults import Faults
from tests.platforms.zalo import events
from tests.platforms.zalo.grants import Grants

PAUSES = (0.5, 5.0, 15.0, 30.0, 60.0)
"""Zalo's 30 s, 5 min, 15 min, 30 min and 1 h, sixty times as fast; then the webhook is switched off."""
FAULTS = {
    "expired_token": "the access token expires: calls are refused with -220 until it is refreshed",
    "expired_refresh_token": "the next refresh is refused with -118, and the token with it",
    "reused_refresh_token": "the next refresh is refused as if its token had been used already",
}
ID_DIGITS = 19
ALSO = ("follow", "unfollow", "block", "unblock", "silence", "staff", "sticker", "submit_info")


class Zalo:
    """See the module's text. ``address`` is where residents' files are fetched, without a slash at its end."""

    name = "zalo"

    def __init__(
        self,
        address: str = "",
        dice: random.Random | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.address = address
        self.dice = dice or random.Random()
        self.clock = clock
        self.chats = Chats(_id_for)
        self.faults = Faults(FAULTS, self.dice)
        self.grants = Grants(clock)
        self.webhook = ""
        self.is_switched_off = False
        self.lost_events = 0
        self.last_status: int | str = ""
        self.files: dict[str, File] = {}
        self.uploads: dict[str, tuple[File, datetime]] = {}
        """Uploaded files by token, each with its moment."""
        self.poster = Poster()
        self.courier = Courier(self.faults, self._bring, PAUSES)
        self.courier.lost = self._switch_off

    # what residents do

    def write(self, chat: Chat, text: str) -> Said:
        said = self._say(chat, text=text)
        self.tell(chat, events.text(chat, said, text))
        return said

    def press(self, chat: Chat, button: Button) -> Said | None:
        """``oa.query.show`` is seen as the resident's own words, ``oa.query.hide`` is not; both are sent as text."""
        if button.does == "open":
            raise Refused(f"this button opens {button.carries}")
        if button.does == "share":
            return self.also(chat, "submit_info", {"name": chat.name, "phone": SAMPLE_PHONE})
        if button.does == "show":
            return self.write(chat, button.carries)
        hidden = Said(secrets.token_hex(10), "resident", datetime.now(UTC))
        chat.touch()
        self.tell(chat, events.text(chat, hidden, button.carries))
        return None

    def send_files(self, chat: Chat, files: list[File], caption: str) -> Said:
        said = self._say(chat, text=caption, files=files)
        self.tell(chat, events.files(chat, said, [self._published(file) for file in files]))
        return said

    def send_location(self, chat: Chat, lat: float, lon: float) -> Said:
        said = self._say(chat, location={"lat": lat, "lon": lon})
        self.tell(chat, events.location(chat, said))
        return said

    def also(self, chat: Chat, what: str, asked: dict[str, Any]) -> Said | None:
        match what:
            case "follow" | "unfollow":
                chat.follows = what == "follow"
                if chat.follows:
                    chat.touch()
                self.tell(chat, events.follow(chat, follows=chat.follows))
            case "block" | "unblock":
                chat.blocked = what == "block"
            case "silence":
                chat.silent_for(float(asked.get("hours", 48)))
            case "staff":
                return self._staff_writes(chat, str(asked.get("text") or "Chào bác, tôi trực đây."))
            case "sticker":
                said = self._say(chat)
                self.tell(chat, events.sticker(chat, said))
                return said
            case "submit_info":
                chat.touch()
                self.tell(chat, events.submitted(chat, asked))
            case _:
                raise Refused(f"no {what!r} here; there are: {', '.join(ALSO)}")
        return None

    # what the platform does

    def tell(self, chat: Chat, event: dict[str, Any]) -> None:
        """An event goes to the webhook, if there is one that works."""
        if self.webhook and not self.is_switched_off:
            self.courier.take(Event(chat.user_id, event, secrets.token_hex(8)))
        else:
            self.lost_events += 1

    def set_webhook(self, url: str) -> None:
        """As saved in the console: an empty unsigned ``{}`` is sent there once, and it is switched on again."""
        self.webhook, self.is_switched_off = url, False
        if url:
            self.courier.take(Event("", {}, "probe"))

    def show(self, chat: Chat, said: Said) -> None:
        """A message of the account arrives; its echo may come before or after the answer to whoever sent it."""
        chat.said.append(said)
        self.tell(chat, events.echo(chat, said))
        self.tell(chat, events.received(chat, said))

    def state(self) -> dict[str, Any]:
        return {
            "webhook": self.webhook,
            "switched_off": self.is_switched_off,
            "under_way": len(self.courier.under_way),
            "last_answer": self.last_status,
            "lost_events": self.lost_events,
            "has_tokens": self.grants.pair is not None,
            "refreshes": self.grants.refreshes,
            "refused_refreshes": self.grants.refused,
        }

    def _say(self, chat: Chat, **what: Any) -> Said:
        unseen = [said.id for said in chat.said if said.sender == "bot"][-3:]
        if unseen and chat.said[-1].sender == "bot":
            self.tell(chat, events.seen(chat, unseen))
        said = Said(secrets.token_hex(10), "resident", datetime.now(UTC), **what)
        chat.said.append(said)
        chat.touch()
        return said

    def _staff_writes(self, chat: Chat, text: str) -> Said:
        """A person types in Zalo's own manager."""
        said = Said(secrets.token_hex(10), "bot", datetime.now(UTC), text)
        chat.said.append(said)
        self.tell(chat, events.echo(chat, said, admin_id="7402138541905238714"))
        return said

    def _published(self, file: File) -> str:
        key = secrets.token_urlsafe(24)
        self.files[key] = file
        return f"{self.address}/files/{key}/{file.name}"

    async def _bring(self, event: Event, retry: int) -> Outcome:
        if event.body:
            body, headers = events.signed(event.body, forged=event.forged, retry=retry)
        else:
            body, headers = b"{}", {"Content-Type": "application/json"}
        outcome = await self.poster.post(self.webhook, body, headers)
        self.last_status = outcome.status or outcome.problem
        return outcome

    def _switch_off(self, event: Event) -> None:
        self.lost_events += 1
        self.is_switched_off = True


def _id_for(user: str) -> str:
    return user if user.isascii() and user.isdigit() and len(user) >= 12 else number_for(user, ID_DIGITS)
