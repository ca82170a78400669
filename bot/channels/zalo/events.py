"""Zalo's events as arrivals. Ids are strings everywhere: they are too long for a number."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.channels.arrivals import Arrival, Location, MediaReference, What

CHANNEL = "zalo"
TOKEN = re.compile(r"[A-Za-z0-9_-]{24}")
"""How our own button tokens look (``secrets.token_urlsafe(18)``); a pressed button comes back as words."""
KINDS: Mapping[str, Any] = {
    "image": "image",
    "photo": "image",
    "gif": "animation",
    "audio": "voice",
    "voice": "voice",
    "video": "video",
    "file": "file",
    "sticker": "sticker",
}
OF_PERSONS: Mapping[str, What] = {
    "follow": "follow",
    "unfollow": "unfollow",
    "user_click_chatnow": "visit",
    "user_call_oa": "visit",
}
OF_OURS: Mapping[str, What] = {"user_received_message": "delivered", "user_seen_message": "seen"}
NOT_SERVED = ("user_send_group_", "oa_send_group_", "oa_send_anonymous_", "oa_send_consent")
Json = Mapping[str, Any]


def reader(oa_id: str = "") -> Callable[[Json], Sequence[Arrival]]:
    """A reader of one account's events; its id, where known, tells who of the two is the resident."""

    def read(payload: Json) -> Sequence[Arrival]:
        name = str(payload.get("event_name") or "")
        if name in OF_PERSONS:
            return [_of_person(OF_PERSONS[name], name, payload)]
        if name in OF_OURS or (name.startswith("oa_send_") and not name.startswith(NOT_SERVED)):
            return _of_ours(OF_OURS.get(name, "echo"), payload, oa_id)
        if name == "user_submit_info":
            return [_submitted(payload)]
        if name.startswith("user_send_") and not name.startswith(NOT_SERVED):
            return [_said(name, payload)]
        return [_of_person("unknown", name, payload)]

    return read


def _said(name: str, payload: Json) -> Arrival:
    message = payload.get("message") or {}
    text = _words(message.get("text")) or _link(message.get("attachments") or ())
    attachments = [one for one in message.get("attachments") or () if isinstance(one, Mapping)]
    pressed = name == "user_send_text" and TOKEN.fullmatch(text or "") is not None
    platform_id = _id(message.get("msg_id"))
    return Arrival(
        CHANNEL,
        f"{name}:{platform_id or _fingerprint(payload)}",
        "button" if pressed else "message",
        dict(payload),
        user=_person(payload),
        text=text,
        button=text if pressed else None,
        media=tuple(media for one in attachments if (media := _media(one))),
        location=next((place for one in attachments if (place := _location(one))), None),
        other=name,
        platform_id=platform_id,
    )


def _of_ours(what: What, payload: Json, oa_id: str) -> Sequence[Arrival]:
    """What became of messages that went out; the account stands as sender, in some samples as recipient."""
    message = payload.get("message") or {}
    ids = [_id(one) for one in message.get("msg_ids") or [message.get("msg_id")]]
    sender, recipient = (payload.get(side) or {} for side in ("sender", "recipient"))
    user = _id(sender.get("id")) if oa_id and _id(recipient.get("id")) == oa_id else _id(recipient.get("id"))
    staff = _id(sender.get("admin_id") or payload.get("admin_id"))
    return [
        Arrival(
            CHANNEL,
            f"{what}:{one}",
            what,
            dict(payload),
            user=user,
            text=_words(message.get("text")),
            platform_id=one,
            staff=staff,
        )
        for one in ids
        if one
    ]


def _of_person(what: What, name: str, payload: Json) -> Arrival:
    return Arrival(CHANNEL, f"{name}:{_fingerprint(payload)}", what, dict(payload), user=_person(payload))


def _submitted(payload: Json) -> Arrival:
    info = payload.get("info") or {}
    whole = info.get("full_address") or {}
    steps = [whole.get(key) for key in ("user_address", "user_ward", "user_district", "user_city")]
    steps += [info.get(key) for key in ("address", "ward", "district", "city")]
    found = {
        "name": _words(info.get("name")),
        "phone": _id(info.get("phone")),
        "address": ", ".join(str(step) for step in steps if step),
    }
    contact = {key: value for key, value in found.items() if value}
    external_id = f"user_submit_info:{_fingerprint(payload)}"
    return Arrival(CHANNEL, external_id, "message", dict(payload), user=_person(payload), contact=contact or None)


def _person(payload: Json) -> str | None:
    """The resident: sender, follower or user, whichever the event has."""
    for side in ("sender", "follower", "user"):
        if isinstance(found := payload.get(side), Mapping) and found.get("id"):
            return _id(found["id"])
    return _id(payload.get("user_id"))


def _media(attachment: Json) -> MediaReference | None:
    payload = attachment.get("payload")
    kind = KINDS.get(str(attachment.get("type")))
    if kind is None or not isinstance(payload, Mapping) or not isinstance(payload.get("url"), str):
        return None
    size = str(payload.get("size") or "")
    return MediaReference(
        kind, payload["url"], name=_words(payload.get("name")), size=int(size) if size.isdecimal() else None
    )


def _location(attachment: Json) -> Location | None:
    payload = attachment.get("payload")
    place = payload.get("coordinates") if isinstance(payload, Mapping) else None
    if attachment.get("type") != "location" or not isinstance(place, Mapping):
        return None
    try:
        found = Location(float(place["latitude"]), float(place["longitude"]))
    except (KeyError, TypeError, ValueError):
        return None
    return found if abs(found.latitude) <= 90 and abs(found.longitude) <= 180 else None


def _link(attachments: Sequence[Any]) -> str | None:
    """A page that was shared, as words."""
    for one in attachments:
        if (
            isinstance(one, Mapping)
            and one.get("type") == "link"
            and isinstance(payload := one.get("payload"), Mapping)
        ):
            return " ".join(words for key in ("title", "url") if (words := _words(payload.get(key)))) or None
    return None


def _words(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _id(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) and str(value) else None


def _fingerprint(payload: Json) -> str:
    """The same for the same event told again; with its own timestamp inside."""
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()[:32]
