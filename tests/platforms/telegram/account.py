"""The bot's account at Telegram: its chats, its updates on their way, and what residents do."""

import itertools
import json
import random
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.supervisor import stand_ins
from tests.platforms.chats import SAMPLE_PHONE, Button, Chat, Chats, File, Said, number_for
from tests.platforms.control import Refused
from tests.platforms.courier import Courier, Event, Outcome, Poster
from tests.platforms.faults import Faults
from tests.platforms.telegram import updates
from tests.platforms.telegram.limits import Limits

TOKEN = stand_ins.TELEGRAM_TOKEN
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, *[10.0] * 140)
"""Seconds between tries of an update; Telegram keeps it for 24 hours, we for 24 minutes."""
ID_DIGITS = 10
ALSO = ("block", "unblock", "edit", "sticker", "contact", "silence")


@dataclass
class Webhook:
    """Where updates go. ``secret`` comes in a header."""

    url: str = ""
    secret: str = ""
    last_error: str = ""
    last_error_at: int = 0


class Telegram:
    """See the module's text. ``token`` is the bot's."""

    name = "telegram"

    def __init__(
        self, token: str = TOKEN, dice: random.Random | None = None, clock: Callable[[], float] = time.monotonic
    ):
        self.token = token
        self.chats = Chats(_id_for)
        self.faults = Faults({}, dice or random.Random())
        self.limits = Limits(clock)
        self.webhook = Webhook()
        self.pending: dict[int, dict[str, Any]] = {}
        """Updates that nobody has taken yet, by their id."""
        self.files: dict[str, File] = {}
        self.queries: dict[str, bool] = {}
        """Presses by id: whether they were acknowledged."""
        self.commands: list[dict[str, Any]] = []
        self.menu: dict[str, Any] = {"type": "commands"}
        self.given_up = 0
        self.poster = Poster()
        self.courier = Courier(self.faults, self._bring, PAUSES)
        self.courier.lost = self._give_up
        self._numbers = itertools.count(1_000)
        self._updates = itertools.count(random.SystemRandom().randrange(10**8, 10**9))

    # what residents do

    def write(self, chat: Chat, text: str) -> Said:
        said = self._say(chat, text=text)
        self.tell(chat, {"message": updates.message(chat, said)})
        return said

    def press(self, chat: Chat, button: Button) -> Said | None:
        if button.does == "text":
            return self.write(chat, button.label)
        if button.does == "request_contact":
            return self.also(chat, "contact", {"phone": SAMPLE_PHONE})
        if button.does == "request_location":
            raise Refused("this button asks for the place: send a location")
        if button.does != "query":
            raise Refused(f"this button opens {button.carries}")
        under = next(said for said in reversed(chat.said) if button in said.buttons)
        query = secrets.token_hex(8)
        self.queries[query] = False
        self.tell(chat, updates.callback(chat, query, updates.message(chat, under), button.carries))
        return None

    def send_files(self, chat: Chat, files: list[File], caption: str) -> Said:
        """Several are an album: one update each, held together by an id."""
        album = {"media_group_id": secrets.token_hex(8)} if len(files) > 1 else {}
        shown = [self._say(chat, text="" if n else caption, files=[file]) for n, file in enumerate(files)]
        for said, file in zip(shown, files, strict=True):
            self.tell(chat, {"message": updates.with_file(chat, said, file, self.keep(file), **album)})
        return shown[0]

    def send_location(self, chat: Chat, lat: float, lon: float) -> Said:
        said = self._say(chat, location={"lat": lat, "lon": lon})
        self.tell(chat, {"message": updates.message(chat, said)})
        return said

    def also(self, chat: Chat, what: str, asked: dict[str, Any]) -> Said | None:
        match what:
            case "block" | "unblock":
                chat.blocked = what == "block"
                self.tell(chat, updates.membership(chat, blocked=chat.blocked))
            case "edit":
                return self._edit(chat, str(asked.get("id", "")), str(asked.get("text", "")))
            case "sticker":
                said = self._say(chat, text="")
                sticker = {"file_id": self.keep(File("sticker.webp", "image")), "emoji": "👍", "type": "regular"}
                self.tell(chat, {"message": updates.message(chat, said, sticker=sticker)})
                return said
            case "contact":
                said = self._say(chat)
                contact = {
                    "phone_number": str(asked.get("phone", "")),
                    "first_name": chat.name,
                    "user_id": int(chat.user_id),
                }
                self.tell(chat, {"message": updates.message(chat, said, contact=contact)})
                return said
            case _:
                raise Refused(f"no {what!r} here; there are: {', '.join(ALSO)}")
        return None

    # what the platform does

    def tell(self, chat: Chat, update: dict[str, Any]) -> None:
        """An update comes to be."""
        number = next(self._updates)
        self.pending[number] = {"update_id": number, **update}
        if self.webhook.url:
            self._send(number, chat.user_id)

    def hook(self, url: str, secret: str) -> None:
        """Updates go there from now on, those that wait first; an empty address ends it."""
        self.webhook = Webhook(url, secret)
        if url:
            for number, update in self.pending.items():
                self._send(number, _chat_of(update))

    def set_webhook(self, url: str) -> None:
        self.hook(url, self.webhook.secret)

    def show(self, chat: Chat, said: Said) -> Said:
        """A message of the bot arrives in the chat."""
        chat.said.append(said)
        return said

    def keep(self, file: File) -> str:
        """The id under which a file can be fetched."""
        file_id = secrets.token_urlsafe(24)
        self.files[file_id] = file
        return file_id

    def next_number(self) -> str:
        """The id of the next message."""
        return str(next(self._numbers))

    def state(self) -> dict[str, Any]:
        return {
            "webhook": self.webhook.url,
            "pending": len(self.pending),
            "last_error": self.webhook.last_error,
            "given_up": self.given_up,
            "commands": self.commands,
        }

    def _say(self, chat: Chat, **what: Any) -> Said:
        said = Said(self.next_number(), "resident", datetime.now(UTC), **what)
        chat.said.append(said)
        chat.touch()
        return said

    def _edit(self, chat: Chat, message_id: str, text: str) -> Said:
        said = chat.message(message_id)
        if said is None or said.sender != "resident" or not text:
            raise Refused("edit needs the id of a message of the resident and its new text")
        said.text, said.edited = text, True
        changed = int(datetime.now(UTC).timestamp())
        self.tell(chat, {"edited_message": updates.message(chat, said, edit_date=changed)})
        return said

    def _send(self, number: int, user_id: str) -> None:
        self.courier.take(Event(user_id, self.pending[number], str(number)))

    async def _bring(self, event: Event, retry: int) -> Outcome:
        number = int(event.key)
        if number not in self.pending or not self.webhook.url:
            return Outcome(200, "taken already")
        secret = secrets.token_hex(8) if event.forged else self.webhook.secret
        headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret}
        outcome = await self.poster.post(self.webhook.url, json.dumps(event.body).encode(), headers)
        if outcome.is_taken or event.forged:
            self.pending.pop(number, None)
        else:
            self.webhook.last_error = outcome.problem or f"Wrong response from the webhook: {outcome.status}"
            self.webhook.last_error_at = int(time.time())
        return outcome

    def _give_up(self, event: Event) -> None:
        self.given_up += 1
        self.pending.pop(int(event.key), None)


def _id_for(user: str) -> str:
    number = user.removeprefix("-")
    return user if number.isascii() and number.isdigit() and len(number) < 16 else number_for(user, ID_DIGITS)


def _chat_of(update: dict[str, Any]) -> str:
    told = update.get("message") or update.get("edited_message") or update.get("my_chat_member")
    told = told or update["callback_query"]["message"]
    return str(told["chat"]["id"])
