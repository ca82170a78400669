"""Telegram's JSON: users, chats, messages and updates."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from tests.platforms.chats import Chat, File, Said

Json = dict[str, Any]
BOT: Json = {"id": 700_000_001, "is_bot": True, "first_name": "Xã hỏi – Tỉnh trả lời", "username": "xahoi_bot"}
SOMEBODY = 5_550_001
"""Who writes in a group."""


def user(chat: Chat) -> Json:
    number = int(chat.user_id)
    return {
        "id": number if number > 0 else SOMEBODY,
        "is_bot": False,
        "first_name": chat.name,
        "language_code": "vi",
    }


def place_of(chat: Chat) -> Json:
    """The chat as a message names it; a negative id is a group."""
    number = int(chat.user_id)
    if number < 0:
        return {"id": number, "type": "group", "title": chat.name}
    return {"id": number, "type": "private", "first_name": chat.name}


def message(chat: Chat, said: Said, **more: Any) -> Json:
    """A message of either side."""
    sender = user(chat) if said.sender == "resident" else BOT
    written: Json = {"text": said.text} if said.text and not said.files else {}
    if said.text.startswith("/"):
        command = said.text.split()[0]
        written["entities"] = [{"type": "bot_command", "offset": 0, "length": len(command)}]
    if said.location:
        written["location"] = {"latitude": said.location["lat"], "longitude": said.location["lon"]}
    seconds = int(said.at.timestamp())
    return {"message_id": int(said.id), "from": sender, "chat": place_of(chat), "date": seconds, **written, **more}


def with_file(chat: Chat, said: Said, file: File, file_id: str, **more: Any) -> Json:
    """A message with one photo, voice note, video or document; the caption is the message's text."""
    known = {"file_id": file_id, "file_unique_id": file_id[-12:], "file_size": len(file.content)}
    caption = {"caption": said.text} if said.text else {}
    content: Json = {
        "image": {
            "photo": [
                {**known, "file_id": f"s{file_id}", "width": 90, "height": 60},
                {**known, "width": 1280, "height": 853},
            ]
        },
        "audio": {"voice": {**known, "duration": 3, "mime_type": "audio/ogg"}},
        "video": {"video": {**known, "duration": 3, "width": 640, "height": 480, "file_name": file.name}},
        "file": {"document": {**known, "file_name": file.name}},
    }[file.kind]
    return message(chat, said, **caption, **content, **more)


def callback(chat: Chat, query_id: str, under: Json, data: str) -> Json:
    """A press of an inline button."""
    return {
        "callback_query": {"id": query_id, "from": user(chat), "message": under, "chat_instance": "1", "data": data}
    }


def membership(chat: Chat, *, blocked: bool) -> Json:
    """The resident blocked the bot, or let it in again."""
    before, after = ("member", "kicked") if blocked else ("kicked", "member")
    return {
        "my_chat_member": {
            "chat": place_of(chat),
            "from": user(chat),
            "date": int(datetime.now(UTC).timestamp()),
            "old_chat_member": {"user": BOT, "status": before},
            "new_chat_member": {"user": BOT, "status": after, "until_date": 0},
        }
    }


def commands_of(given: Sequence[Json]) -> list[Json]:
    return [{"command": one["command"], "description": one["description"]} for one in given]
