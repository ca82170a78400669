"""Zalo's webhook events and their signature."""

import hashlib
import json
import time
from typing import Any

from bot.supervisor import stand_ins
from tests.platforms.chats import Chat, File, Said

Json = dict[str, Any]
APP_ID, OA_ID = stand_ins.ZALO_APP_ID, stand_ins.ZALO_OA_ID
APP_SECRET, OA_SECRET = stand_ins.ZALO_APP_SECRET, stand_ins.ZALO_OA_SECRET


def moment() -> str:
    """Now in epoch milliseconds, a string."""
    return str(int(time.time() * 1_000))


def _event(name: str, **more: Any) -> Json:
    return {"app_id": APP_ID, "event_name": name, **more, "timestamp": moment()}


def from_user(chat: Chat, name: str, message: Json) -> Json:
    """``user_send_…``: sender is the resident, recipient the account."""
    return _event(
        name,
        sender={"id": chat.user_id},
        user_id_by_app=f"5{chat.user_id[1:]}",
        recipient={"id": OA_ID},
        message=message,
    )


def text(chat: Chat, said: Said, written: str) -> Json:
    return from_user(chat, "user_send_text", {"text": written, "msg_id": said.id})


def location(chat: Chat, said: Said) -> Json:
    """Coordinates are strings."""
    place = said.location or {}
    coordinates = {"latitude": str(place["lat"]), "longitude": str(place["lon"])}
    attachment = {"type": "location", "payload": {"coordinates": coordinates}}
    return from_user(chat, "user_send_location", {"msg_id": said.id, "text": "", "attachments": [attachment]})


def files(chat: Chat, said: Said, addresses: list[str]) -> Json:
    """Photos of one message in one event; a voice note; a file with its name and size."""
    kind = said.files[0].kind
    name = {"image": "user_send_image", "audio": "user_send_audio", "video": "user_send_video"}.get(
        kind, "user_send_file"
    )
    attached = [_attached(file, address) for file, address in zip(said.files, addresses, strict=True)]
    caption = {"text": said.text} if said.text else {}
    return from_user(chat, name, {"msg_id": said.id, **caption, "attachments": attached})


def _attached(file: File, address: str) -> Json:
    if file.kind == "file":
        checksum = hashlib.md5(file.content, usedforsecurity=False).hexdigest()
        payload = {"url": address, "name": file.name, "size": str(len(file.content)), "checksum": checksum}
        return {"type": "file", "payload": {**payload, "type": file.name.rpartition(".")[2]}}
    thumbnail = {"thumbnail": address} if file.kind in ("image", "video") else {}
    return {"type": file.kind, "payload": {"url": address, **thumbnail}}


def sticker(chat: Chat, said: Said) -> Json:
    payload = {"id": "18045", "url": "https://zalo-api.zdn.vn/api/emoticon/sticker/webpc?eid=18045"}
    return from_user(
        chat, "user_send_sticker", {"msg_id": said.id, "attachments": [{"type": "sticker", "payload": payload}]}
    )


def follow(chat: Chat, *, follows: bool) -> Json:
    """No sender and no recipient, as in Zalo's own sample."""
    source = {"source": "oa_profile"} if follows else {}
    by_app = f"5{chat.user_id[1:]}"
    return _event(
        "follow" if follows else "unfollow", oa_id=OA_ID, follower={"id": chat.user_id}, user_id_by_app=by_app, **source
    )


def submitted(chat: Chat, info: Json) -> Json:
    return _event("user_submit_info", sender={"id": chat.user_id}, recipient={"id": OA_ID}, info=info)


def echo(chat: Chat, said: Said, admin_id: str = "") -> Json:
    """What the account sent, by us or by a person in Zalo's own manager (then with ``admin_id``)."""
    name = "oa_send_image" if said.files and said.files[0].kind == "image" else "oa_send_text"
    admin = {"admin_id": admin_id} if admin_id else {}
    written = {"text": said.text, "msg_id": said.id}
    return _event(name, sender={"id": OA_ID, **admin}, recipient={"id": chat.user_id}, message=written)


def received(chat: Chat, said: Said) -> Json:
    return _event(
        "user_received_message", sender={"id": OA_ID}, recipient={"id": chat.user_id}, message={"msg_id": said.id}
    )


def seen(chat: Chat, message_ids: list[str]) -> Json:
    return _event(
        "user_seen_message", sender={"id": OA_ID}, recipient={"id": chat.user_id}, message={"msg_ids": message_ids}
    )


def signed(event: Json, *, forged: bool, retry: int) -> tuple[bytes, dict[str, str]]:
    """Body and headers of a delivery: ``mac = sha256(app id + body + timestamp + OA secret)``."""
    body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    secret = "somebody else's" if forged else OA_SECRET
    told = str(event.get("timestamp", ""))
    mac = hashlib.sha256(APP_ID.encode() + body + told.encode() + secret.encode()).hexdigest()
    headers = {"Content-Type": "application/json", "X-ZEvent-Signature": f"mac={mac}", "X-ZEvent-Timestamp": told}
    return body, {**headers, "num_retry": str(retry)} if retry else headers
