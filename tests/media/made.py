"""Real files, made here: pictures with places in them, sounds, documents, and what pretends to be one of them."""

import base64
import io
import struct
import wave
import zipfile
import zlib
from datetime import UTC, datetime
from typing import Any

from PIL import Image

CARD = "012345678901||Nguyễn Văn Mẫu|01011990|Nam|Bản Hon, xã Nậm Lúa|01012022"
"""What the code on a chip card says; the person is invented."""
LATER = datetime(2100, 1, 1, tzinfo=UTC)
GPS_IFD, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), colour: str = "red", **options: Any) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **options)
    return out.getvalue()


def photo_with_place() -> bytes:
    """As a phone takes it: lying on its side, with place and maker in it; left half red, right half blue."""
    lying = Image.new("RGB", (600, 400), "red")
    lying.paste(Image.new("RGB", (300, 400), "blue"), (300, 0))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = 6, "Điện thoại của bác Mẫu"
    exif.get_ifd(GPS_IFD).update({1: "N", 2: (21.0, 1.0, 42.0), 3: "E", 4: (105.0, 51.0, 15.0)})
    out = io.BytesIO()
    lying.save(out, "JPEG", exif=exif, comment=b"made at home")
    return out.getvalue()


def card_photo(text: str = CARD) -> bytes:
    """A card in a larger picture, turned a little, the code in its corner."""
    import numpy as np
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=3)
    card = Image.new("RGB", (856, 540), "#cfe3d8")
    card.paste(Image.fromarray(np.array(code)).convert("RGB"), (660, 30))
    table = Image.new("RGB", (1400, 1000), "#6b4f3a")
    table.paste(card.rotate(7, expand=True, fillcolor="#6b4f3a"), (180, 160))
    out = io.BytesIO()
    table.save(out, "JPEG", quality=80)
    return out.getvalue()


def bomb(side: int = 30_000) -> bytes:
    """A PNG of a few kilobytes that unpacks to nearly a thousand million pixels."""
    row = b"\0" + b"\0" * (side // 8 + 1)
    packer, packed = zlib.compressobj(9), b""
    for _ in range(side):
        packed += packer.compress(row)
    packed += packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def wav(seconds: float = 0.2) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8_000)
        sound.writeframes(bytes(int(16_000 * seconds)))
    return out.getvalue()


def ogg() -> bytes:
    """The first page of an Opus stream, as voice notes of Telegram begin."""
    return b"OggS\0\2" + bytes(8) + b"\1\0\0\0" + bytes(8) + b"\1\x13OpusHead\1\1" + bytes(200)


def aac() -> bytes:
    """Frames as voice notes of Zalo have them."""
    return (b"\xff\xf1\x50\x80\x02\x1f\xfc" + bytes(60)) * 4


def amr() -> bytes:
    return b"#!AMR\n" + bytes(100)


def mp3(tag: bytes = b"") -> bytes:
    return tag + (b"\xff\xfb\x90\x64" + bytes(413)) * 3


def id3(words: bytes) -> bytes:
    """A tag before the sound, with words in it."""
    frame = b"TIT2" + struct.pack(">I", len(words) + 1) + b"\0\0\3" + words
    size = len(frame)
    return b"ID3\4\0\0" + bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0)) + frame


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + kind + body


def mp4(brand: bytes = b"isom", told: bytes = b"+21.0285+105.8542/") -> bytes:
    """A film of no pictures, whose place is told twice, as phones do."""
    place = box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7" + told))
    track = box(b"trak", box(b"tkhd", bytes(84)) + box(b"udta", b"name " + told))
    film = box(b"moov", box(b"mvhd", bytes(100)) + track + place)
    return box(b"ftyp", brand + bytes(4) + b"isom" + brand) + film + box(b"mdat", b"pictures" * 20)


def pdf() -> bytes:
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def office(path: str, *others: str) -> bytes:
    """A Word or Excel file: an archive with that file in it, written last as some programs do."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "_rels/.rels", *others, path):
            archive.writestr(name, "<x/>")
    return out.getvalue()


OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2_000)
PROGRAM = b"MZ" + bytes(500)
PAGE = b"<!doctype html><script>alert(1)</script>"
DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"

HEIC = base64.b85decode(
    "0000SW^{RQXk}?*00000ZE0pPXk}?*ZE0a<0004fZDn*}000000000XXk=`10000000000aA{+700000000000000000000B57=I"
    "V*mgE07O6l0RRC200001p#T8@00000000{R001LtX>Mi!000000RR916=`l}WdZ;I000310BCk&F#rGn01j|zbZr0t000010002}"
    "X>f9I0002pX>en20001XXm(>m0RwOV0058x000009`FGC{rLC*01pFT0096PKmiN^|NjGU00093kN^M!000939=ZZRVE_RDDnbDP"
    "18@KU0|1Z!00RI30{|YNAb|yz>g1-mxCm%4AOHXZ10VnZ0{|gn00967L;=Bbz=;3=025<xY;ta6Y<K_x01W^JfB*mh6lrsCWdHyG"
    "00000KmY&$KmY&$C}V74Z~y=RKmY&$0RR91FaQ7m0RR91000000{{R2@Bjb+0ssI25O8UDX#fBK00RgJ2mk;87-?{AVE_OC00000"
    "0RRC7fdT^sga7~lBW+}1bN~PV7bpR*8G!FerN95;h9CK@YyQ8jX^)$L"
)
"""A red picture of 64 × 48, as iPhones write them; nothing here can make one."""
