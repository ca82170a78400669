"""What residents sent, as pages show it: what it is, and in words why it cannot be seen where it cannot."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from bot.media.kinds import CALLED, LOCATION, TYPES
from bot.media.models import Media
from bot.media.serving import Answer, answer
from bot.media.storage import Storage

_REFUSED = {
    "too_large": "quá nặng nên không nhận",
    "kind": "loại tệp không được nhận",
    "empty": "tệp rỗng",
    "broken": "không mở được",
    "too_many_pixels": "ảnh quá lớn nên không nhận",
    "unreachable": "không lấy được từ ứng dụng",
    "too_many": "quá số lượng trong ngày nên không nhận",
}


@dataclass(frozen=True)
class Attachment:
    """One thing as a page shows it; ``note`` says why it is not ``shown``."""

    id: UUID
    kind: str
    called: str
    name: str
    shown: bool
    note: str
    has_thumbnail: bool
    playable: bool
    size: str
    place: str
    """“21.02850, 105.85420”, of a location."""


def attachments(media: Iterable[Media]) -> list[Attachment]:
    """As pages show them, in their order."""
    return [_attachment(one) for one in media]


def is_shown(media: Media) -> bool:
    """Whether there is something to see and nobody hid it."""
    return media.state == "kept" and media.hidden_as is None


def served(
    media: Media, storage: Storage, *, thumbnail: bool, original: bool = False, wanted: str | None = None
) -> Answer:
    """The bytes as a browser gets them: the copy to show, its thumbnail, or what came; ``FileNotFoundError``."""
    key = media.original_key if original else media.thumbnail_key if thumbnail else media.shown_key
    if key is None:
        raise FileNotFoundError(media.id)
    content = storage.open(key)
    if original:
        return answer(content, "application/octet-stream", name_of(media), inline=False)
    found = TYPES.get(media.media_type or "")
    media_type = found.media_type if found else "application/octet-stream"
    return answer(content, media_type, name_of(media), inline=bool(found and found.inline), wanted=wanted)


def _attachment(media: Media) -> Attachment:
    shown = is_shown(media)
    return Attachment(
        id=media.id,
        kind=media.kind,
        called=CALLED[media.kind],
        name=name_of(media),
        shown=shown,
        note="" if shown else _note(media),
        has_thumbnail=media.thumbnail_key is not None,
        playable=media.kind in ("voice", "video") and media.media_type != "audio/amr",
        size=_size(media.size),
        place=f"{media.latitude:.5f}, {media.longitude:.5f}" if shown and media.kind == LOCATION else "",
    )


def _note(media: Media) -> str:
    if media.state == "waiting":
        return "đang nhận"
    if media.state == "refused":
        return _REFUSED[media.reason or "broken"]
    return "giấy tờ tùy thân, đã cất đi" if media.state == "kept" else "đã xóa"


def name_of(media: Media) -> str:
    """The sender's name for it with the ending of what it is; a made-up one where it has none."""
    found = TYPES.get(media.media_type or "")
    stem = (media.name or "").rsplit(".", 1)[0] or f"{media.kind}-{media.message_id}-{media.position + 1}"
    return f"{stem}.{found.extension}" if found else stem


def _size(size: int | None) -> str:
    if not size:
        return ""
    return f"{size / 1_000_000:.1f} MB".replace(".", ",") if size >= 1_000_000 else f"{max(size // 1_000, 1)} KB"
