"""How a stand-in is driven: write as a resident, read what stands in a chat, order faults."""

import asyncio
import base64
import binascii
import mimetypes
from pathlib import Path
from typing import Any, Protocol

from litestar import Controller, Request, Response, delete, get, post
from litestar.datastructures import State
from litestar.exceptions import ClientException, NotFoundException

from tests.platforms.chats import Button, Chat, Chats, File, Said
from tests.platforms.faults import BadFault, Faults

PAGE = Path(__file__).parent / "page"


class Refused(ValueError):
    """This cannot be done as a resident; the text says why."""


class Platform(Protocol):
    """What the controls need of a platform."""

    name: str
    chats: Chats
    faults: Faults

    def write(self, chat: Chat, text: str) -> Said:
        """The resident writes these words."""

    def press(self, chat: Chat, button: Button) -> Said | None:
        """The resident presses a button; None where nothing is written in the chat."""

    def send_files(self, chat: Chat, files: list[File], caption: str) -> Said:
        """The resident sends photos, a voice note or a document."""

    def send_location(self, chat: Chat, lat: float, lon: float) -> Said:
        """The resident sends where they are."""

    def also(self, chat: Chat, what: str, asked: dict[str, Any]) -> Said | None:
        """Anything else that a resident of this platform may do; raises ``Refused``."""

    def state(self) -> dict[str, Any]:
        """What the platform knows of the product: webhook, what waits, tokens (never the tokens themselves)."""

    def set_webhook(self, url: str) -> None:
        """As typed in the platform's console."""


class Control(Controller):
    """The routes under ``/control``."""

    path = "/control"

    @post("/users/{user:str}/messages", status_code=201, sync_to_thread=False)
    def write(self, user: str, data: dict[str, Any], state: State) -> dict[str, Any]:
        """``{"text"}``, ``{"button": label}``, ``{"location": {"lat", "lon"}}``, ``{"file": {"name", "base64"}}``."""
        platform = _platform(state)
        chat = platform.chats.of(user)
        try:
            said = _do(platform, chat, data)
        except Refused as problem:
            raise ClientException(str(problem)) from None
        return {"user": chat.as_json(), "message": said.as_json() if said else None}

    @get("/users/{user:str}/messages", sync_to_thread=False)
    def read(self, user: str, state: State, after: str = "") -> dict[str, Any]:
        """The chat in order, both directions; with ``after`` only what came after that message."""
        chat = _platform(state).chats.of(user)
        ids = [said.id for said in chat.said]
        first = ids.index(after) + 1 if after in ids else 0
        return {"user": chat.as_json(), "messages": [said.as_json() for said in chat.said[first:]]}

    @get("/users", sync_to_thread=False)
    def users(self, state: State) -> dict[str, Any]:
        """Everybody who has written."""
        return {"users": [chat.as_json() for chat in _platform(state).chats.all()]}

    @post("/users/{user:str}/{what:str}", status_code=200, sync_to_thread=False)
    def also(self, user: str, what: str, request: Request[Any, Any, Any], state: State, data: Any = None) -> Any:
        """What else a resident does (follow, block …): see README.md."""
        platform = _platform(state)
        chat = platform.chats.of(user)
        try:
            said = platform.also(chat, what, data or {})
        except Refused as problem:
            raise NotFoundException(str(problem)) from None
        return {"user": chat.as_json(), "message": said.as_json() if said else None}

    @post("/faults", status_code=201)
    async def order(self, data: dict[str, Any], request: Request[Any, Any, Any], state: State) -> dict[str, Any]:
        """``{"kind", "rate" | "count", "delay_ms"?, "times"?}``."""
        platform = _platform(state)
        if data.get("kind") == "unreachable" and not {"rate", "count"} & data.keys() and state.get("server"):
            seconds = min(float(data.get("delay_ms", 5_000)), 600_000) / 1_000
            state.vanishing = asyncio.create_task(state.server.vanish(seconds))
            return {"kind": "unreachable", "seconds": seconds}
        try:
            fault = platform.faults.add(data)
        except BadFault as problem:
            raise ClientException(str(problem), extra={"kinds": platform.faults.kinds}) from None
        return {"kind": fault.kind, "rate": fault.rate, "count": fault.count, "delay_ms": fault.delay_ms}

    @get("/faults", sync_to_thread=False)
    def ordered(self, state: State) -> dict[str, Any]:
        """The faults in force, and every kind with what it does."""
        return _platform(state).faults.as_json()

    @delete("/faults", sync_to_thread=False)
    def clear(self, state: State) -> None:
        """All well again."""
        _platform(state).faults.clear()

    @get("/state", sync_to_thread=False)
    def state_of(self, state: State) -> dict[str, Any]:
        """Webhook, what waits to be delivered, what was lost."""
        return {"platform": _platform(state).name, "links": state.get("links", {}), **_platform(state).state()}

    @post("/webhook", status_code=200, sync_to_thread=False)
    def webhook(self, data: dict[str, str], state: State) -> dict[str, Any]:
        """``{"url"}``: register the product's webhook, as in the platform's console."""
        _platform(state).set_webhook(data.get("url", ""))
        return _platform(state).state()


def _do(platform: Platform, chat: Chat, asked: dict[str, Any]) -> Said | None:
    if "button" in asked:
        return _pressed(platform, chat, str(asked["button"]))
    if "location" in asked:
        return platform.send_location(chat, *_place(asked["location"]))
    if "file" in asked or "files" in asked:
        files = [_file(one) for one in asked.get("files") or [asked["file"]]]
        return platform.send_files(chat, files, str(asked.get("text", "")))
    if isinstance(asked.get("text"), str) and asked["text"]:
        return platform.write(chat, asked["text"])
    raise Refused('one of "text", "button", "location", "file" is needed')


def _pressed(platform: Platform, chat: Chat, label: str) -> Said | None:
    button = chat.button(label)
    if button is None:
        raise Refused(f"no button {label!r}; buttons: {[button.label for button in chat.pressable()]}")
    return platform.press(chat, button)


def _place(given: Any) -> tuple[float, float]:
    try:
        return float(given["lat"]), float(given["lon"])
    except (TypeError, KeyError, ValueError):
        raise Refused('location must be {"lat": number, "lon": number}') from None


def _file(given: Any) -> File:
    try:
        name, content = str(given["name"]), base64.b64decode(given["base64"], validate=True)
    except (TypeError, KeyError, binascii.Error, ValueError):
        raise Refused('file must be {"name", "base64"}') from None
    kind, _, _ = (mimetypes.guess_type(name)[0] or "application/octet-stream").partition("/")
    return File(name, {"image": "image", "audio": "audio", "video": "video"}.get(kind, "file"), content)


def _platform(state: State) -> Platform:
    platform: Platform = state.platform
    return platform


@get("/", media_type="text/html", sync_to_thread=False)
def page(state: State) -> Response[str]:
    """The small page to type as a resident."""
    return Response((PAGE / "index.html").read_text(encoding="utf-8"), media_type="text/html")
