"""Zalo's events as its pages and others' samples show them; ids stay strings."""

import json
from typing import Any

import pytest

from bot.channels.arrivals import Arrival, Location, MediaReference, read
from bot.channels.zalo.events import reader

USER, OA = "246845883529197922", "388613280878808645"
TOKEN = "Ab_-" * 6


def said(name: str, **message: Any) -> dict[str, Any]:
    return {
        "app_id": "360846524940903967",
        "sender": {"id": USER},
        "user_id_by_app": "552177279717587730",
        "recipient": {"id": OA},
        "event_name": name,
        "message": {"msg_id": "96d3cdf3af150460909", **message},
        "timestamp": "154390853474",
    }


def one(event: dict[str, Any], oa_id: str = OA) -> Arrival:
    [arrival] = read("zalo", reader(oa_id), json.dumps(event).encode())
    return arrival


def attached(kind: str, **payload: Any) -> dict[str, Any]:
    return {"attachments": [{"type": kind, "payload": payload}]}


def test_words() -> None:
    arrival = one(said("user_send_text", text="xã công khai gì"))
    assert (arrival.what, arrival.user, arrival.text) == ("message", USER, "xã công khai gì")
    assert arrival.external_id == "user_send_text:96d3cdf3af150460909"
    assert arrival.platform_id == "96d3cdf3af150460909"


def test_a_pressed_button_comes_as_words_and_is_only_a_guess_until_its_token_is_known() -> None:
    arrival = one(said("user_send_text", text=TOKEN))
    assert (arrival.what, arrival.button) == ("button", TOKEN)


@pytest.mark.parametrize("ids_as_numbers", [True, False])
def test_ids_are_strings(ids_as_numbers: bool) -> None:
    event = said("user_send_text", text="alo")
    event["sender"]["id"] = int(USER) if ids_as_numbers else USER
    assert one(event).user == USER


@pytest.mark.parametrize(
    ("name", "message", "media"),
    [
        (
            "user_send_image",
            attached("image", url="http://f6.photo.talk.zdn.vn/a", thumbnail="http://t.f6.photo.talk.zdn.vn/a"),
            MediaReference("image", "http://f6.photo.talk.zdn.vn/a"),
        ),
        (
            "user_send_audio",
            attached("audio", url="https://voice-aac-dl.zdn.vn/a.aac"),
            MediaReference("voice", "https://voice-aac-dl.zdn.vn/a.aac"),
        ),
        (
            "user_send_file",
            attached("file", url="https://zdn.vn/f", name="don.pdf", size="2048", checksum="x"),
            MediaReference("file", "https://zdn.vn/f", "don.pdf", 2048),
        ),
        (
            "user_send_gif",
            attached("gif", url="https://zdn.vn/g"),
            MediaReference("animation", "https://zdn.vn/g"),
        ),
        (
            "user_send_sticker",
            attached("sticker", id="18045", url="https://zdn.vn/s"),
            MediaReference("sticker", "https://zdn.vn/s"),
        ),
        (
            "user_send_video",
            attached("video", url="https://zdn.vn/v"),
            MediaReference("video", "https://zdn.vn/v"),
        ),
    ],
)
def test_what_is_sent_without_words(name: str, message: dict[str, Any], media: MediaReference) -> None:
    arrival = one(said(name, **message))
    assert (arrival.what, arrival.text, arrival.media) == ("message", None, (media,))
    assert arrival.carried() == {"carried": [media.kind]}


def test_photos_of_one_message_are_one_message() -> None:
    pictures = [{"type": "image", "payload": {"url": f"https://zdn.vn/{n}"}} for n in range(3)]
    arrival = one(said("user_send_image", text="đường hỏng", attachments=pictures))
    assert arrival.text == "đường hỏng"
    assert len(arrival.media) == 3


@pytest.mark.parametrize(
    ("latitude", "longitude", "found"),
    [
        ("10.7642473", "106.6564314", Location(10.7642473, 106.6564314)),  # strings, as Zalo sends them
        (10.7, 106.6, Location(10.7, 106.6)),
        ("ở đây", "106", None),
        ("91", "0", None),  # not on this earth
        ("nan", "106", None),
        (None, None, None),
    ],
)
def test_places(latitude: Any, longitude: Any, found: Location | None) -> None:
    coordinates = {"latitude": latitude, "longitude": longitude}
    arrival = one(said("user_send_location", **attached("location", coordinates=coordinates)))
    assert arrival.location == found
    assert arrival.carried()  # never nothing: the resident is answered


def test_a_shared_page_is_words() -> None:
    arrival = one(said("user_send_link", **attached("link", title="Thông báo", url="https://xa.vn")))
    assert arrival.text == "Thông báo https://xa.vn"


def test_a_kind_that_is_not_known_is_still_a_message() -> None:
    arrival = one(said("user_send_business_card", **attached("card", thumbnail="x")))
    assert (arrival.what, arrival.carried()) == ("message", {"carried": ["user_send_business_card"]})


@pytest.mark.parametrize("name", ["follow", "unfollow"])
def test_following(name: str) -> None:
    event = {"oa_id": OA, "follower": {"id": USER}, "event_name": name, "app_id": "36", "timestamp": "154397978274"}
    arrival = one(event)
    assert (arrival.what, arrival.user) == (name, USER)
    assert arrival.external_id == one(event).external_id
    assert arrival.external_id != one(event | {"timestamp": "154397978275"}).external_id


@pytest.mark.parametrize(
    ("info", "contact"),
    [
        (
            {
                "name": "Lò Văn A",
                "phone": "84912345678",
                "full_address": {"user_city": "Tỉnh", "user_ward": "Xã", "user_address": "Bản"},
            },
            {"name": "Lò Văn A", "phone": "84912345678", "address": "Bản, Xã, Tỉnh"},
        ),
        (
            {"name": "Lò Văn A", "phone": 84912345678, "address": "Bản", "ward": "Xã", "city": "Tỉnh"},  # older shape
            {"name": "Lò Văn A", "phone": "84912345678", "address": "Bản, Xã, Tỉnh"},
        ),
        ({}, None),
    ],
)
def test_name_and_phone_given(info: dict[str, Any], contact: dict[str, str] | None) -> None:
    event = {"sender": {"id": USER}, "recipient": {"id": OA}, "event_name": "user_submit_info", "info": info}
    assert one(event).contact == contact


@pytest.mark.parametrize(
    ("event", "user"),
    [
        ({"sender": {"id": OA}, "recipient": {"id": USER}}, USER),  # Zalo's sample: the account is the sender
        ({"sender": {"id": USER}, "recipient": {"id": OA}}, USER),  # the other way round
    ],
)
def test_what_became_of_ours(event: dict[str, Any], user: str) -> None:
    seen = event | {"event_name": "user_seen_message", "message": {"msg_ids": ["m1", "m2"]}}
    arrivals = read("zalo", reader(OA), json.dumps(seen).encode())
    assert [(a.what, a.user, a.external_id) for a in arrivals] == [("seen", user, "seen:m1"), ("seen", user, "seen:m2")]
    came = one(event | {"event_name": "user_received_message", "message": {"msg_id": "m1"}})
    assert (came.what, came.platform_id, came.external_id) == ("delivered", "m1", "delivered:m1")


@pytest.mark.parametrize("admin", [None, "7402138541905238714"])
def test_echoes(admin: str | None) -> None:
    sender = {"id": OA} | ({"admin_id": admin} if admin else {})
    event = {
        "sender": sender,
        "recipient": {"id": USER},
        "event_name": "oa_send_text",
        "message": {"msg_id": "m", "text": "Chào"},
    }
    arrival = one(event)
    assert (arrival.what, arrival.user, arrival.staff, arrival.text) == ("echo", USER, admin, "Chào")


@pytest.mark.parametrize(
    ("raw", "user"),
    [
        (b'{"event_name":"user_reacted_message","sender":{"id":"1"}}', "1"),
        (
            b'{"event_name":"user_send_group_text","sender":{"id":"1"},"message":{"text":"x"}}',
            "1",
        ),  # groups: not served
        (b'{"event_name":"change_oa_daily_quota"}', None),
        (b'{"event_name":"user_send_text","message":"no object"}', None),  # breaks the reader
        (b'{"event_name":["x"]}', None),
        (b"[1,2]", None),
        (b"not json", None),
        (b"\xff\xfe", None),
        (b"[" * 100_000, None),  # deeper than any reader goes
        (b'{"event_name":"x","n":NaN}', None),
    ],
)
def test_what_is_not_understood_is_kept_once(raw: bytes, user: str | None) -> None:
    [arrival] = read("zalo", reader(OA), raw)
    assert (arrival.what, arrival.user) == ("unknown", user)
    assert read("zalo", reader(OA), raw)[0].external_id == arrival.external_id


def test_what_postgresql_cannot_keep_is_replaced() -> None:
    arrival = one(said("user_send_text", text="a\0b\ud800c"))
    assert "\0" not in str(arrival.payload)
    assert (arrival.text or "").encode()
