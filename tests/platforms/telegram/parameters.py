"""What a call of the Bot API gives: texts, keyboards and files, refused where Telegram would refuse them."""

import json
from collections.abc import Mapping
from typing import Any

from tests.platforms.chats import Button, File
from tests.platforms.telegram.account import Telegram
from tests.platforms.telegram.markup import CannotParse, length, plain

Parameters = Mapping[str, Any]
LONGEST_TEXT, LONGEST_CAPTION, MOST_BUTTONS, MOST_BYTES = 4_096, 1_024, 100, 64


class ApiError(Exception):
    """What the Bot API answers instead of a result."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def bad(description: str) -> ApiError:
    return ApiError(400, f"Bad Request: {description}")


def text_of(given: Parameters, name: str, longest: int) -> str:
    written = str(given.get(name) or "")
    mode = str(given.get("parse_mode") or "").upper()
    if mode not in ("", "HTML"):
        raise bad("this stand-in reads plain text and HTML only")
    try:
        text = (plain(written) if mode else written).strip()
    except CannotParse as problem:
        raise bad(f"can't parse entities: {problem}") from None
    if not text:
        raise bad("message text is empty")
    if length(text) > longest:
        raise bad("message is too long" if name == "text" else "message caption is too long")
    return text


def buttons_of(given: Parameters) -> list[Button]:
    markup = json_of(given.get("reply_markup")) or {}
    inline = [_inline(one) for row in markup.get("inline_keyboard") or [] for one in row]
    keys = [_key(one) for row in markup.get("keyboard") or [] for one in row]
    if len(inline) > MOST_BUTTONS:
        raise bad("reply markup is too long")
    return inline + keys


def _inline(given: Any) -> Button:
    label = str(given.get("text") or "")
    if not label:
        raise bad("can't parse inline keyboard button: text buttons are not allowed to be empty")
    if "url" in given:
        return Button(label, "open", str(given["url"]))
    data = str(given.get("callback_data") or "")
    if not 1 <= len(data.encode()) <= MOST_BYTES:
        raise bad("BUTTON_DATA_INVALID")
    return Button(label, "query", data)


def _key(given: Any) -> Button:
    if isinstance(given, str):
        return Button(given, "text")
    asks = next((key for key in ("request_location", "request_contact") if given.get(key)), "text")
    return Button(str(given.get("text")), asks)


def source_of(given: Parameters, named: Any) -> Any:
    """What a file parameter stands for: ``attach://NAME`` is the call's own field of that name."""
    return given.get(named.removeprefix("attach://")) if str(named).startswith("attach://") else named


def file_of(telegram: Telegram, given: Any, kind: str) -> File:
    if isinstance(given, File):
        return File(given.name, kind, given.content)
    known = telegram.files.get(str(given))
    if known is None:
        raise bad("wrong file identifier/HTTP URL specified")
    return known


def json_of(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    try:
        return json.loads(given) if given else None
    except ValueError:
        raise bad("can't parse JSON object") from None
