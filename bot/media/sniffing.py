"""What a file really is, by its content; its name and what its sender calls it count for nothing."""

import io
import zipfile

import filetype

from bot.media.kinds import TYPES, Type

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""Word and Excel files of before 2007; which of the two, only their name tells, and both are only downloaded."""
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})
_3GP = (b"3gp", b"3g2")
_NAMES = {
    "audio/x-wav": "audio/wav",
    "audio/x-m4a": "audio/mp4",
    "audio/m4a": "audio/mp4",
    "image/heif": "image/heic",
    "video/x-m4v": "video/mp4",
}
_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_MOST_ENTRIES = 5_000


def sniffed(content: bytes, name: str = "") -> Type | None:
    """The type of these bytes, or None when it is none of those that are taken."""
    if content[4:8] == b"ftyp":
        return TYPES.get(_iso(content[8:12]))
    if content.startswith(_OLE):
        return TYPES["application/vnd.ms-excel" if name.lower().endswith(".xls") else "application/msword"]
    if content.startswith(b"PK"):
        return _office(content)
    guess = filetype.guess(content[:8192]) if content else None
    return TYPES.get(_NAMES.get(guess.mime, guess.mime)) if guess else None


def _iso(brand: bytes) -> str:
    """Of the family of MP4: photos of iPhones, voice notes, videos."""
    if brand in _HEIF_BRANDS:
        return "image/heic"
    if brand.startswith(_3GP):
        return "video/3gpp"
    if brand in (b"M4A ", b"M4B "):
        return "audio/mp4"
    if brand == b"qt  ":
        return "video/quicktime"
    return "image/avif" if brand in (b"avif", b"avis") else "video/mp4"


def _office(content: bytes) -> Type | None:
    """A Word or Excel file without macros; other archives are not taken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if len(names) > _MOST_ENTRIES or any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    extension = next((found for path, found in _OFFICE.items() if path in names), None)
    return next((found for found in TYPES.values() if found.extension == extension), None)
