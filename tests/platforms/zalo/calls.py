"""What the account may call: every answer is an envelope with HTTP 200, errors too."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.platforms.chats import Button, Chat, File, Said
from tests.platforms.zalo.account import Zalo
from tests.platforms.zalo.events import OA_ID

Json = Mapping[str, Any]
SHARE = "Chia sẻ thông tin"
"""What a resident presses on a card that asks who they are."""
LONGEST_TEXT, MOST_BUTTONS, LONGEST_TITLE, LONGEST_PAYLOAD = 2_000, 5, 100, 1_000
FREE, WINDOW, UPLOAD_LIFE = timedelta(hours=48), timedelta(days=7), timedelta(days=7)
IMAGE_BYTES, FILE_BYTES = 1 << 20, 5 << 20
FILE_TYPES = (".pdf", ".doc", ".docx", ".csv")
DOES = {
    "oa.query.show": "show",
    "oa.query.hide": "hide",
    "oa.open.url": "open",
    "oa.open.phone": "open",
    "oa.open.sms": "open",
}
TEMPLATES = frozenset({"300001", "300002", "300003"})
"""Approved templates of this account."""


class OaError(Exception):
    """An ``error`` that is not 0."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def require_token(zalo: Zalo, access: str) -> None:
    """Raises -216 or -220; the rate limit comes after."""
    if zalo.faults.strikes("expired_token"):
        zalo.grants.expire_access()
    if problem := zalo.grants.problem_with(access):
        raise OaError(*problem)
    if zalo.faults.strikes("429"):
        raise OaError(-32, "Your application reached rate limit")


def send_consultation(zalo: Zalo, given: Json) -> dict[str, Any]:
    """``/v3.0/oa/message/cs``."""
    chat = recipient(zalo, (given.get("recipient") or {}).get("user_id"))
    message = given.get("message") or {}
    said = Said(secrets.token_hex(10), "bot", datetime.now(UTC), _text(message))
    _attach(zalo, said, message.get("attachment") or {})
    if not said.text and not said.files and not said.buttons:
        raise OaError(-201, "message is invalid!")
    kind = _window(chat)
    zalo.show(chat, said)
    return _sent(chat, said, kind)


def send_template(zalo: Zalo, given: Json) -> dict[str, Any]:
    """``/v3.0/oa/message/template``: no window, but only approved templates."""
    chat = recipient(zalo, given.get("user_id"))
    template, data = str(given.get("template_id", "")), given.get("template_data")
    if template not in TEMPLATES:
        raise OaError(-249, "template is not approved for UID")
    if not isinstance(data, Mapping):
        raise OaError(-201, "template_data is invalid!")
    words = "\n".join(f"{name}: {value}" for name, value in data.items())
    said = Said(secrets.token_hex(10), "bot", datetime.now(UTC), f"[Mẫu {template}]\n{words}")
    zalo.show(chat, said)
    return _sent(chat, said, "purchase_quota")


def upload(zalo: Zalo, kind: str, file: File) -> dict[str, Any]:
    """``/v2.0/oa/upload/{image,gif,file}``: an id or token that is good for seven days."""
    most = FILE_BYTES if kind == "file" else IMAGE_BYTES
    if len(file.content) > most or not file.content:
        raise OaError(-210, f"{kind} exceeds limit")
    if kind == "file" and not file.name.lower().endswith(FILE_TYPES):
        raise OaError(-201, "file is invalid!")
    key = secrets.token_urlsafe(32)
    zalo.uploads[key] = (file, zalo.clock())
    return {"token" if kind == "file" else "attachment_id": key}


def user_detail(zalo: Zalo, given: Json) -> dict[str, Any]:
    """``/v3.0/oa/user/detail``."""
    chat = recipient(zalo, given.get("user_id"))
    return {
        "user_id": chat.user_id,
        "user_id_by_app": f"5{chat.user_id[1:]}",
        "display_name": chat.name,
        "user_is_follower": chat.follows,
        "user_last_interaction_date": chat.last_contact.strftime("%d/%m/%Y") if chat.last_contact else "",
        "shared_info": {},
    }


def quota(zalo: Zalo, given: Json) -> dict[str, Any]:
    """``/v3.0/oa/quota/message``."""
    chat = recipient(zalo, given.get("user_id"))
    last = int(chat.last_contact.timestamp() * 1_000) if chat.last_contact else 0
    return {"last_interaction": last, "cs_reply": {"total": 8, "remain": 8}}


def account() -> dict[str, Any]:
    """``/v2.0/oa/getoa``."""
    return {
        "oa_id": OA_ID,
        "name": "Xã hỏi – Tỉnh trả lời",
        "is_verified": True,
        "oa_type": 4,
        "package_name": "Tăng trưởng",
        "package_valid_through_date": "31/12/2027",
        "linked_ZCA": "stand-in",
        "num_follower": 0,
    }


def recipient(zalo: Zalo, user_id: Any) -> Chat:
    """The resident, if they may be written to; ids are strings."""
    if not isinstance(user_id, str) or not user_id:
        raise OaError(-201, "user_id is invalid!")
    chat = zalo.chats.known(user_id)
    if chat is None:
        raise OaError(-201, "user_id is invalid!")
    if chat.blocked or zalo.faults.strikes("blocked"):
        raise OaError(-227, "User is banned or has been inactive for more than 45 days")
    return chat


def _window(chat: Chat) -> str:
    """Which quota a message counts against; raises when too long has gone by."""
    if chat.last_contact is None:
        raise OaError(-213, "User has not followed OA")
    silent = datetime.now(UTC) - chat.last_contact
    if silent > WINDOW:
        raise OaError(-230, "User has not interacted with the OA in the past 7 days")
    return "reply" if silent <= FREE else "purchase_quota"


def _text(message: Json) -> str:
    text = message.get("text", "")
    if not isinstance(text, str):
        raise OaError(-201, "text is invalid!")
    if len(text) > LONGEST_TEXT:
        raise OaError(-210, f"text exceeds limit {LONGEST_TEXT}")
    return text.strip()


def _attach(zalo: Zalo, said: Said, attachment: Json) -> None:
    kind, payload = attachment.get("type"), attachment.get("payload") or {}
    if kind is None:
        return
    if kind == "file":
        said.files.append(_uploaded(zalo, payload.get("token")))
    elif kind == "template" and "buttons" in payload:
        said.buttons = _buttons(payload["buttons"])
    elif kind == "template" and payload.get("template_type") == "media":
        said.files += [_uploaded(zalo, e["attachment_id"]) for e in payload.get("elements", []) if "attachment_id" in e]
    elif kind == "template" and payload.get("template_type") == "request_user_info":
        title = str((payload.get("elements") or [{}])[0].get("title", ""))
        said.text = said.text or title
        said.buttons = [Button(SHARE, "share")]
    else:
        raise OaError(-233, "message type is invalid")


def _uploaded(zalo: Zalo, key: Any) -> File:
    file, at = zalo.uploads.get(str(key), (None, None))
    if file is None or at is None or zalo.clock() - at > UPLOAD_LIFE:
        raise OaError(-100, "attachment is expired or does not exist")
    return file


def _buttons(given: Any) -> list[Button]:
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_BUTTONS:
        raise OaError(-201, f"buttons is invalid! (1 to {MOST_BUTTONS})")
    return [_button(one) for one in given]


def _button(given: Json) -> Button:
    title, kind, payload = str(given.get("title", "")), str(given.get("type", "")), given.get("payload")
    if not 1 <= len(title) <= LONGEST_TITLE:
        raise OaError(-201, "title is invalid!")
    if kind not in DOES:
        raise OaError(-201, "button type is invalid!")
    carries = (
        str(payload.get("url") or payload.get("phone_code")) if isinstance(payload, Mapping) else str(payload or "")
    )
    if not 1 <= len(carries) <= LONGEST_PAYLOAD:
        raise OaError(-201, "payload is invalid!")
    return Button(title, DOES[kind], carries)


def _sent(chat: Chat, said: Said, quota_type: str) -> dict[str, Any]:
    sent_time = str(int(said.at.timestamp() * 1_000))
    counted = {"quota": {"quota_type": quota_type}} if quota_type != "reply" else {}
    return {"message_id": said.id, "user_id": chat.user_id, "sent_time": sent_time, **counted}
