"""What a Telegram update tells: pure reading by the library's types. See ``bot.channels.arrivals``."""

from collections.abc import Sequence
from typing import Any

from telegram import Chat, ChatMember, ChatMemberUpdated, Message, Sticker, Update

from bot.channels.arrivals import Arrival, Location, MediaReference
from bot.channels.telegram.commands import is_start, words_of

CHANNEL = "telegram"
WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]
"""The kinds of updates that Telegram is asked to send."""
GROUP = {"what": "group", "waits": True}
GONE = frozenset({ChatMember.BANNED, ChatMember.LEFT})


def read_update(payload: dict[str, Any]) -> Sequence[Arrival]:
    """The one thing that an update tells; raises what the library raises on what is no update."""
    update = Update.de_json(payload, None)
    told = _told(update)
    about: dict[str, Any] = {"external_id": str(update.update_id), "channel": CHANNEL, "payload": payload}
    return [Arrival(**(about | told))]


def _told(update: Update) -> dict[str, Any]:
    if update.callback_query:
        return _press(update)
    if update.my_chat_member:
        return _membership(update.my_chat_member)
    if update.message:
        return _elsewhere(update.message.chat) or _message(update.message)
    if update.edited_message:
        return _edit(update.edited_message)
    return {"what": "unknown"}


def _elsewhere(chat: Chat) -> dict[str, Any] | None:
    """Groups are told that we talk one to one only."""
    return None if chat.type == Chat.PRIVATE else GROUP


def _press(update: Update) -> dict[str, Any]:
    query = update.callback_query
    if query is None or query.message is None or query.message.chat.type != Chat.PRIVATE:
        return {"what": "unknown", "waits": True}
    return {"what": "button", "user": str(query.message.chat.id), "button": query.data or "", "waits": True}


def _membership(changed: ChatMemberUpdated) -> dict[str, Any]:
    gone = changed.new_chat_member.status in GONE
    if changed.chat.type != Chat.PRIVATE:
        return {"what": "unknown"} if gone else GROUP
    return {"what": "blocked" if gone else "visit", "user": str(changed.chat.id)}


def _edit(message: Message) -> dict[str, Any]:
    words = message.text or message.caption
    if message.chat.type != Chat.PRIVATE or not words:
        return {"what": "unknown"}
    about = {"user": str(message.chat.id), "platform_id": str(message.message_id)}
    return {"what": "edit", "text": words_of(words), **about}


def _message(message: Message) -> dict[str, Any]:
    if message.from_user is not None and message.from_user.is_bot:
        return {"what": "unknown"}
    about = {"user": str(message.chat.id), "platform_id": str(message.message_id)}
    words = message.text or message.caption or ""
    if is_start(words):
        return {"what": "follow", **about}
    carried = _carried(message)
    if not words and not carried:
        return {"what": "unknown"}
    return {"what": "message", "text": words_of(words) or None, **about, **carried}


def _carried(message: Message) -> dict[str, Any]:
    """What came beside or instead of words."""
    if message.contact:
        name = " ".join(filter(None, (message.contact.first_name, message.contact.last_name)))
        return {"contact": {"name": name, "phone": message.contact.phone_number}}
    place = message.venue.location if message.venue else message.location
    if place:
        return {"location": Location(place.latitude, place.longitude)}
    media = _media(message)
    if media is None:
        other = message.effective_attachment
        return {"other": type(other).__name__.lower()} if other else {}
    return {"media": (media,), **({"album": message.media_group_id} if message.media_group_id else {})}


def _media(message: Message) -> MediaReference | None:
    """The one file of a message; of a photo the largest size."""
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return MediaReference("image", largest.file_id, size=largest.file_size)
    kinds = (
        ("voice", message.voice),
        ("animation", message.animation),  # before the document that comes with it
        ("video", message.video or message.video_note),
        ("file", message.audio or message.document),
        ("sticker", message.sticker),
    )
    for kind, found in kinds:
        if found is not None:
            return MediaReference(
                kind,  # type: ignore[arg-type]
                found.file_id,
                name=_name(found),
                size=found.file_size,
                mime=getattr(found, "mime_type", None),
            )
    return None


def _name(found: Any) -> str | None:
    name = found.emoji if isinstance(found, Sticker) else getattr(found, "file_name", None)
    return str(name) if name else None
