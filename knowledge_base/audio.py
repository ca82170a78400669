"""Telling by its content whether a file is a recording that phones play: mp3, m4a, ogg or wav."""

from io import BytesIO

from tinytag import TinyTag, TinyTagException

MOST_BYTES = 5 * 2**20


class NotARecording(ValueError):
    """The file is no recording we take; the message says why, in Vietnamese."""


def kind_of(content: bytes) -> tuple[str, float]:
    """The media type and length in seconds; ``NotARecording``. A file's name is not believed."""
    if len(content) > MOST_BYTES:
        raise NotARecording(f"Tệp ghi âm lớn hơn {MOST_BYTES // 2**20} MB. Hãy ghi ngắn hơn hoặc nén lại.")
    media_type = _by_first_bytes(content)
    try:
        seconds = TinyTag.get(file_obj=BytesIO(content), tags=False).duration if media_type else None
    except (TinyTagException, ValueError, IndexError, OverflowError) as error:
        raise NotARecording("Tệp ghi âm bị hỏng, không nghe được.") from error
    if media_type is None or not seconds:
        raise NotARecording("Tệp không phải ghi âm mp3, m4a, ogg hoặc wav.")
    return media_type, seconds


def _by_first_bytes(content: bytes) -> str | None:
    if content[:4] == b"OggS":
        return "audio/ogg"
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return "audio/wav"
    if content[4:8] == b"ftyp":
        return "audio/mp4"
    frame = content[:1] == b"\xff" and len(content) > 1 and content[1] & 0xE6 == 0xE2
    return "audio/mpeg" if frame or content[:3] == b"ID3" else None
