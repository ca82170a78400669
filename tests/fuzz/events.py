"""Events of Zalo and Telegram, most of them spoilt, signed or forged."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from bot.channels.telegram import starting
from tests.fuzz.inputs import Inputs
from tests.platforms.zalo.events import APP_ID, OA_ID, OA_SECRET

FORGED = "kẻ giả mạo"
"""Stands in every forged event, and must stand nowhere afterwards."""
STAMP = "1796088716000"


@dataclass(frozen=True)
class Brought:
    """One delivery as it goes over the wire."""

    path: str
    body: bytes
    headers: dict[str, str]
    forged: bool


def brought(inputs: Inputs) -> Brought:
    """A delivery of either platform."""
    forged, on_zalo = inputs.dice.random() < 0.3, inputs.dice.random() < 0.5
    event = _zalo(inputs) if on_zalo else _telegram(inputs)
    for _ in range(inputs.dice.choice((0, 1, 1, 2))):
        event = inputs.spoilt(event)
    body = inputs.raw() if inputs.dice.random() < 0.15 else json.dumps(event).encode()
    if forged:
        body = json.dumps({"event_name": "user_send_text", "message": {"text": FORGED}, "was": inputs.text()}).encode()
    return _on_zalo(body, forged) if on_zalo else _on_telegram(body, forged)


def _on_zalo(body: bytes, forged: bool) -> Brought:
    secret = "another" if forged else OA_SECRET  # pragma: allowlist secret
    mac = hashlib.sha256(APP_ID.encode() + body + _stamp_in(body).encode() + secret.encode()).hexdigest()
    headers = {"X-ZEvent-Signature": f"mac={mac}", "X-ZEvent-Timestamp": STAMP, "Content-Type": "application/json"}
    return Brought("/webhooks/zalo", body, headers, forged)


def _on_telegram(body: bytes, forged: bool) -> Brought:
    shown = "another" if forged else starting.secret()
    headers = {starting.SECRET_HEADER: shown, "Content-Type": "application/json"}
    return Brought(starting.PATH, body, headers, forged)


def _stamp_in(body: bytes) -> str:
    """The timestamp that Zalo signs with: the body's own where it has one."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return STAMP
    stamp = told.get("timestamp") if isinstance(told, dict) else None
    return stamp if isinstance(stamp, str) and stamp and stamp.isprintable() and stamp.isascii() else STAMP


def _zalo(inputs: Inputs) -> dict[str, Any]:
    user = str(inputs.dice.randrange(10**18, 10**19))
    photo = {"type": "image", "payload": {"url": "https://f1.zdn.vn/a.jpg", "thumbnail": "https://f1.zdn.vn/t.jpg"}}
    place = {"type": "location", "payload": {"coordinates": {"latitude": "22.38", "longitude": "103.47"}}}
    said = inputs.dice.choice(({"text": inputs.text()}, {"attachments": [photo]}, {"attachments": [place]}))
    name = inputs.dice.choice(
        ("user_send_text", "user_send_image", "user_send_location", "follow", "unfollow", "oa_send_text", "new_thing")
    )
    return {
        "app_id": APP_ID,
        "event_name": name,
        "sender": {"id": user},
        "recipient": {"id": OA_ID},
        "follower": {"id": user},
        "message": {"msg_id": inputs.uuid(), **said},
        "timestamp": STAMP,
    }


def _telegram(inputs: Inputs) -> dict[str, Any]:
    number = inputs.dice.randrange(10**6, 10**10)
    who = {"id": number, "is_bot": False, "first_name": inputs.text()[:30]}
    chat = {"id": number, "type": inputs.dice.choice(("private", "group", "channel")), "first_name": "A"}
    said = inputs.dice.choice(({"text": inputs.text()}, {"location": {"latitude": 22.38, "longitude": 103.47}}, {}))
    message = {"message_id": inputs.dice.randrange(10**6), "from": who, "chat": chat, "date": 1_796_088_716, **said}
    query = {"id": inputs.uuid(), "from": who, "message": message, "chat_instance": "1", "data": inputs.text()[:30]}
    what = inputs.dice.choice(
        ({"message": message}, {"edited_message": message}, {"callback_query": query}, {"poll": {}})
    )
    return {"update_id": inputs.dice.randrange(10**9), **what}
