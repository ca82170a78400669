"""How stored bytes are handed to a browser: never sniffed, never cached, never able to run anything."""

import re
from dataclasses import dataclass
from urllib.parse import quote

_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")
GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; img-src 'self'; media-src 'self'",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True)
class Answer:
    """What an HTTP answer is made of."""

    status: int
    content: bytes
    media_type: str
    headers: dict[str, str]


def answer(content: bytes, media_type: str, name: str, *, inline: bool, wanted: str | None = None) -> Answer:
    """The content under that name, or the part that a player asks for (the ``Range`` header)."""
    how = "inline" if inline else "attachment"
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    headers = GUARDS | {
        "Content-Disposition": f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Accept-Ranges": "bytes",
    }
    part = part_of(wanted, len(content))
    if part is None:
        return Answer(200, content, media_type, headers)
    headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{len(content)}"
    return Answer(206, content[part.start : part.stop], media_type, headers)


def part_of(wanted: str | None, size: int) -> range | None:
    """The bytes of “bytes=0-99”, “bytes=100-” or “bytes=-99”; None for all of them, and for what makes no sense."""
    found = _RANGE.fullmatch(wanted or "")
    if not found or not (found[1] or found[2]):
        return None
    start = int(found[1]) if found[1] else max(size - int(found[2]), 0)
    stop = min(int(found[2]) + 1, size) if found[1] and found[2] else size
    return range(start, stop) if start < stop else None
