"""Updates as Telegram sends them, and what each one tells. The payloads follow the Bot API's own examples."""

from typing import Any

import pytest

from bot.channels.arrivals import Location, MediaReference, read
from bot.channels.telegram.reading import CHANNEL, read_update

RESIDENT = {"id": 8123456789, "is_bot": False, "first_name": "Lò Văn Mẫu", "language_code": "vi"}
PRIVATE = {"id": 8123456789, "first_name": "Lò Văn Mẫu", "type": "private"}
GROUP = {"id": -1001234567890, "title": "Bản Hon", "type": "supergroup"}
BOT = {"id": 7000000001, "is_bot": True, "first_name": "Tỉnh", "username": "tinh_bot"}
FILE = {"file_id": "AgADBAADq6c", "file_unique_id": "AQADq6c", "file_size": 1200}


def message(**parts: Any) -> dict[str, Any]:
    return {"message": {"message_id": 365, "from": RESIDENT, "chat": PRIVATE, "date": 1763600400, **parts}}


def edited(**parts: Any) -> dict[str, Any]:
    return {"edited_message": {**message(**parts)["message"], "edit_date": 1763600460}}


def member(chat: dict[str, Any], status: str) -> dict[str, Any]:
    new = {"user": BOT, "status": status, **({"until_date": 0} if status == "kicked" else {})}
    old = {"user": BOT, "status": "left"}
    return {
        "my_chat_member": {
            "chat": chat,
            "from": RESIDENT,
            "date": 1763600400,
            "old_chat_member": old,
            "new_chat_member": new,
        }
    }


def pressed(chat: dict[str, Any], data: str) -> dict[str, Any]:
    under = {"message_id": 364, "from": BOT, "chat": chat, "date": 1763600300, "text": "Chọn"}
    return {
        "callback_query": {
            "id": "4382bfdwdsb323b2d9",
            "from": RESIDENT,
            "message": under,
            "chat_instance": "1",
            "data": data,
        }
    }


WHO = {"user": "8123456789", "platform_id": "365"}


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        (message(text="Xã công khai gì?"), {"what": "message", "text": "Xã công khai gì?", **WHO}),
        # commands are words; the one that only opens the talk is a greeting
        (message(text="/start"), {"what": "follow", **WHO}),
        (message(text="/start@tinh_bot"), {"what": "follow", **WHO}),
        (message(text="/start LK7K3M9Q"), {"what": "message", "text": "LK7K3M9Q", **WHO}),
        (message(text="/huy"), {"what": "message", "text": "hủy", **WHO}),
        (message(text="/Phieu@tinh_bot"), {"what": "message", "text": "phiếu của tôi", **WHO}),
        (message(text="/phieu XH-7K3M-9Q2F"), {"what": "message", "text": "XH-7K3M-9Q2F", **WHO}),
        (message(text='/restart{"a": 1}'), {"what": "message", "text": 'restart{"a": 1}', **WHO}),
        (message(text="//inform"), {"what": "message", "text": "inform", **WHO}),
        # of a photo the largest size, with its caption as words
        (
            message(
                photo=[{**FILE, "file_id": "s", "width": 90, "height": 67}, {**FILE, "width": 1280, "height": 960}],
                caption="Đường hỏng",
            ),
            {
                "what": "message",
                "text": "Đường hỏng",
                "media": (MediaReference("image", "AgADBAADq6c", size=1200),),
                **WHO,
            },
        ),
        (
            message(photo=[{**FILE, "width": 9, "height": 9}], media_group_id="1361"),
            {"what": "message", "media": (MediaReference("image", "AgADBAADq6c", size=1200),), "album": "1361", **WHO},
        ),
        (
            message(voice={**FILE, "duration": 4, "mime_type": "audio/ogg"}),
            {"what": "message", "media": (MediaReference("voice", "AgADBAADq6c", size=1200, mime="audio/ogg"),), **WHO},
        ),
        (
            message(
                video={
                    **FILE,
                    "duration": 4,
                    "width": 640,
                    "height": 480,
                    "mime_type": "video/mp4",
                    "file_name": "a.mp4",
                }
            ),
            {"what": "message", "media": (MediaReference("video", "AgADBAADq6c", "a.mp4", 1200, "video/mp4"),), **WHO},
        ),
        (
            message(video_note={**FILE, "duration": 4, "length": 240}),
            {"what": "message", "media": (MediaReference("video", "AgADBAADq6c", size=1200),), **WHO},
        ),
        (
            message(document={**FILE, "file_name": "don.pdf", "mime_type": "application/pdf"}, caption="Đơn đây"),
            {
                "what": "message",
                "text": "Đơn đây",
                "media": (MediaReference("file", "AgADBAADq6c", "don.pdf", 1200, "application/pdf"),),
                **WHO,
            },
        ),
        # an animation comes as a document too, and counts once
        (
            message(
                animation={**FILE, "duration": 1, "width": 9, "height": 9, "mime_type": "video/mp4"},
                document={**FILE, "mime_type": "video/mp4"},
            ),
            {"what": "message", "media": (MediaReference("animation", "AgADBAADq6c", None, 1200, "video/mp4"),), **WHO},
        ),
        (
            message(audio={**FILE, "duration": 200, "file_name": "loa.mp3", "mime_type": "audio/mpeg"}),
            {
                "what": "message",
                "media": (MediaReference("file", "AgADBAADq6c", "loa.mp3", 1200, "audio/mpeg"),),
                **WHO,
            },
        ),
        (
            message(
                sticker={
                    **FILE,
                    "type": "regular",
                    "width": 512,
                    "height": 512,
                    "is_animated": False,
                    "is_video": False,
                    "emoji": "👍",
                }
            ),
            {"what": "message", "media": (MediaReference("sticker", "AgADBAADq6c", "👍", 1200),), **WHO},
        ),
        (message(dice={"emoji": "🎲", "value": 3}), {"what": "message", "other": "dice", **WHO}),
        (
            message(location={"latitude": 21.386, "longitude": 103.017}),
            {"what": "message", "location": Location(21.386, 103.017), **WHO},
        ),
        (
            message(
                venue={"location": {"latitude": 21.4, "longitude": 103.0}, "title": "Chợ", "address": "Điện Biên"},
                location={"latitude": 21.4, "longitude": 103.0},
            ),
            {"what": "message", "location": Location(21.4, 103.0), **WHO},
        ),
        (
            message(
                contact={"phone_number": "+84912345678", "first_name": "Mẫu", "last_name": "Lò", "user_id": 8123456789}
            ),
            {"what": "message", "contact": {"name": "Mẫu Lò", "phone": "+84912345678"}, **WHO},
        ),
        (edited(text="Đường vào bản"), {"what": "edit", "text": "Đường vào bản", **WHO}),
        (edited(photo=[{**FILE, "width": 9, "height": 9}], caption="Sửa"), {"what": "edit", "text": "Sửa", **WHO}),
        (edited(photo=[{**FILE, "width": 9, "height": 9}]), {"what": "unknown"}),  # nothing left to read
        (pressed(PRIVATE, "tok-1"), {"what": "button", "user": "8123456789", "button": "tok-1", "waits": True}),
        (pressed(GROUP, "tok-1"), {"what": "unknown", "waits": True}),
        (member(PRIVATE, "kicked"), {"what": "blocked", "user": "8123456789"}),
        (member(PRIVATE, "member"), {"what": "visit", "user": "8123456789"}),
        # groups: taken in, written in, thrown out
        (member(GROUP, "member"), {"what": "group", "waits": True}),
        (message(chat=GROUP, text="xin chào"), {"what": "group", "waits": True}),
        (member(GROUP, "left"), {"what": "unknown"}),
        # not for us
        (message(**{"from": BOT, "text": "tin của bot khác"}), {"what": "unknown"}),
        (message(pinned_message=message(text="x")["message"]), {"what": "unknown"}),
        (
            {"poll_answer": {"poll_id": "1", "user": RESIDENT, "option_ids": [0], "option_persistent_ids": ["0"]}},
            {"what": "unknown"},
        ),
        ({"something_of_tomorrow": {"a": 1}}, {"what": "unknown"}),
    ],
)
def test_what_an_update_tells(update: dict[str, Any], expected: dict[str, Any]) -> None:
    payload = {"update_id": 10_000, **update}
    (arrival,) = read_update(payload)
    told = {name: value for name, value in vars(arrival).items() if value not in (None, (), False)}
    assert told == {"channel": CHANNEL, "external_id": "10000", "payload": payload, **expected}


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"{}", b'{"update_id": 1, "message": 5}', b'{"update_id": 1, "message": {}}', b"\xff"]
)
def test_what_is_no_update_is_kept_as_unknown(raw: bytes) -> None:
    (arrival,) = read(CHANNEL, read_update, raw)
    assert arrival.what == "unknown"
