"""Which kinds of files are taken, and how each may be shown; nothing else is let in."""

from collections.abc import Mapping
from dataclasses import dataclass

PHOTO, VOICE, VIDEO, FILE, LOCATION = "photo", "voice", "video", "file", "location"
KINDS = frozenset({PHOTO, VOICE, VIDEO, FILE, LOCATION})


@dataclass(frozen=True)
class Type:
    """A media type that is taken: what it is to people, and how its files end."""

    kind: str
    media_type: str
    extension: str

    @property
    def inline(self) -> bool:
        """Whether a browser may show it in the page; documents are only ever downloaded."""
        return self.kind in (PHOTO, VOICE, VIDEO)


_WORD, _SHEET = "wordprocessingml.document", "spreadsheetml.sheet"
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
TYPES: Mapping[str, Type] = {
    found.media_type: found
    for found in (
        Type(PHOTO, "image/jpeg", "jpg"),
        Type(PHOTO, "image/png", "png"),
        Type(PHOTO, "image/webp", "webp"),
        Type(PHOTO, "image/gif", "gif"),
        Type(PHOTO, "image/heic", "heic"),
        Type(VOICE, "audio/ogg", "ogg"),
        Type(VOICE, "audio/aac", "aac"),
        Type(VOICE, "audio/mp4", "m4a"),
        Type(VOICE, "audio/mpeg", "mp3"),
        Type(VOICE, "audio/amr", "amr"),
        Type(VOICE, "audio/wav", "wav"),
        Type(VIDEO, "video/mp4", "mp4"),
        Type(VIDEO, "video/quicktime", "mov"),
        Type(VIDEO, "video/3gpp", "3gp"),
        Type(VIDEO, "video/webm", "webm"),
        Type(FILE, "application/pdf", "pdf"),
        Type(FILE, "application/msword", "doc"),
        Type(FILE, "application/vnd.ms-excel", "xls"),
        Type(FILE, _OPEN_XML + _WORD, "docx"),
        Type(FILE, _OPEN_XML + _SHEET, "xlsx"),
    )
}

CALLED = {PHOTO: "ảnh", VOICE: "tin thoại", VIDEO: "video", FILE: "tệp", LOCATION: "vị trí"}
"""What residents and officials read."""


def spoken(kinds: Mapping[str, int]) -> str:
    """How many of what came: “2 ảnh và 1 tệp”; one alone without its number: “ảnh”."""
    told = [(count, CALLED[kind]) for kind, count in kinds.items() if count]
    if len(told) == 1 and told[0][0] == 1:
        return told[0][1]
    parts = [f"{count} {name}" for count, name in told]
    return " và ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""
