"""Voice notes and videos without what they tell of their maker: places, names, devices. Sound and picture stay."""

from collections.abc import Iterator
from typing import NamedTuple

_HOLDERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf"})
_TELLING = frozenset({b"udta", b"meta", b"uuid", b"loci", b"ilst"})
"""Boxes that hold places, titles, devices; not needed to play."""
_ID3_FOOTER, _ID3_V1 = 0x10, 128


class _Box(NamedTuple):
    kind: bytes
    start: int
    body: int
    end: int


def cleaned(content: bytes, media_type: str) -> bytes:
    """The bytes as officials get them: MP4 boxes and ID3 tags that tell are blanked or cut, the rest is untouched."""
    if media_type in ("audio/mp4", "video/mp4", "video/quicktime", "video/3gpp"):
        return _without_boxes(content)
    if media_type in ("audio/mpeg", "audio/aac"):
        return _without_tags(content)
    return content


def _without_boxes(content: bytes) -> bytes:
    """Telling boxes become free space of the same size, so that no offset in the file changes."""
    blank = bytearray(content)
    for box in _boxes(content, 0, len(content)):
        if box.kind in _TELLING:
            blank[box.start + 4 : box.start + 8] = b"free"
            blank[box.body : box.end] = bytes(box.end - box.body)
    return bytes(blank)


def _boxes(content: bytes, start: int, end: int) -> Iterator[_Box]:
    """Every box, those that hold others gone into; what makes no sense ends the walk."""
    while start + 8 <= end:
        size, kind, body = int.from_bytes(content[start : start + 4]), content[start + 4 : start + 8], start + 8
        if size == 1:
            size, body = int.from_bytes(content[start + 8 : start + 16]), start + 16
        stop = start + size if size else end
        if stop > end or stop < body:
            return
        yield _Box(kind, start, body, stop)
        if kind in _HOLDERS:
            yield from _boxes(content, body, stop)
        start = stop


def _without_tags(content: bytes) -> bytes:
    while content[:3] == b"ID3" and len(content) > 10:
        length = sum((byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
        content = content[10 + length + (10 if content[5] & _ID3_FOOTER else 0) :]
    return content[:-_ID3_V1] if content[-_ID3_V1 : -_ID3_V1 + 3] == b"TAG" else content
