"""Recordings told by their content: what phones make is taken, what only calls itself so is not."""

import pytest

from knowledge_base.audio import MOST_BYTES, NotARecording, kind_of
from tests.knowledge_base.recorded import m4a, mp3, ogg, wav


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(wav(), "audio/wav"), (mp3(), "audio/mpeg"), (m4a(), "audio/mp4"), (ogg(), "audio/ogg")],
    ids=["wav", "mp3", "m4a", "ogg"],
)
def test_recordings(content: bytes, media_type: str) -> None:
    found, seconds = kind_of(content)
    assert found == media_type
    assert 0.5 < seconds < 10


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script></html>",
        b"MZ\x90\0" + b"\0" * 500,  # a program
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        b"OggS" + b"\0" * 100,  # only begins like one
        b"RIFF\0\0\0\0WAVE",
        b"RIFF\0\0\0\0AVI LIST",
        b"\0\0\0\x18ftypmp42" + b"\0" * 50,
        b"ID3" + b"<script>" * 20,
        b"\0" * (MOST_BYTES + 1),
    ],
)
def test_what_is_no_recording(content: bytes) -> None:
    with pytest.raises(NotARecording):
        kind_of(content)
