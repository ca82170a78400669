"""Small recordings of silence, as phones and computers make them."""

import struct
import wave
from io import BytesIO


def wav() -> bytes:
    stream = BytesIO()
    with wave.open(stream, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(b"\0\0" * 8_000)
    return stream.getvalue()


def mp3() -> bytes:
    """Frames of MPEG 1 layer 3, 128 kbit/s, 44.1 kHz."""
    return (b"\xff\xfb\x90\x00" + b"\0" * 413) * 80


def m4a() -> bytes:
    def box(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content) + 8) + name + content

    header = struct.pack(">IIIII", 0, 0, 0, 1_000, 3_000) + b"\0" * 80
    decoder = b"\x04\x0d\x40\x15\0\0\0" + struct.pack(">II", 16_000, 16_000)
    stream = box(b"esds", b"\0\0\0\0\x03\x12\0\0\0" + decoder)
    entry = b"\0" * 16 + struct.pack(">HHIHH", 1, 16, 0, 8_000, 0) + stream
    samples = box(b"stsd", struct.pack(">II", 0, 1) + box(b"mp4a", entry))
    track = box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", samples))))
    return box(b"ftyp", b"M4A \0\0\0\0") + box(b"moov", box(b"mvhd", header) + track)


def ogg() -> bytes:
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, 1, 0, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 0) + struct.pack("<I", 0)

    def page(number: int, granule: int, content: bytes, kind: int = 0) -> bytes:
        fields = struct.pack("<BBqIIIB", 0, kind, granule, 1, number, 0, 1)
        return b"OggS" + fields + bytes([len(content)]) + content

    return page(0, 0, head, 2) + page(1, 0, tags) + page(2, 96_000, b"\0" * 50, 4)
