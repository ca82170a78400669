"""The text of a convention's file: Word (.docx), PDF with text in it, or plain text. Every refusal is in Vietnamese."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePath

from docx2python import docx2python
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from bot.language import nfc

MOST_BYTES = 10 * 2**20
MOST_UNPACKED = 60 * 2**20
MOST_ENTRIES = 2_000
MOST_PAGES = 200
MOST_CHARACTERS = 400_000
LEAST_LETTERS = 40
"""Fewer in a whole file: a scan without text."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NO_TEXT = (
    "Tệp PDF này chỉ có ảnh chụp trang giấy, không có chữ để đọc. Hãy dùng tệp Word gốc, hoặc đánh máy lại rồi nhập. "
    "Chưa có gì được lưu hay thay đổi."
)


NOT_UNICODE = "Tệp văn bản không theo mã Unicode (UTF-8). Hãy mở bằng Word rồi lưu lại thành .docx."


class Unreadable(ValueError):
    """The file cannot be read; the message says why and what to do."""


def text_of(name: str, content: bytes) -> str:
    """The words of the file, a line for each paragraph or line of the page; ``Unreadable``."""
    if not content:
        raise Unreadable("Tệp trống, không có gì để nhập.")
    if len(content) > MOST_BYTES:
        raise Unreadable(f"Tệp lớn hơn {MOST_BYTES // 2**20} MB. Hãy bỏ ảnh khỏi tệp rồi nhập lại.")
    reader = _READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise Unreadable("Chỉ nhập được tệp Word (.docx), PDF (.pdf) hoặc văn bản thuần (.txt).")
    text = nfc(reader(content)).strip()
    if sum(map(str.isalpha, text)) < LEAST_LETTERS:
        raise Unreadable(NO_TEXT if reader is _pdf else "Tệp có quá ít chữ, không phải văn bản quy ước.")
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(f"Văn bản dài hơn {MOST_CHARACTERS} ký tự, không phải một bản quy ước.")
    return text


def _docx(content: bytes) -> str:
    if content.startswith(_OLE):
        raise Unreadable("Tệp Word này có mật khẩu, hoặc là loại .doc cũ. Hãy lưu lại thành .docx không mật khẩu.")
    _check_archive(content)
    try:
        with docx2python(BytesIO(content)) as document:
            return "\n".join(line.strip() for line in document.text.splitlines())
    except (KeyError, ValueError, AttributeError, IndexError, SyntaxError, zipfile.BadZipFile) as error:
        raise Unreadable("Tệp Word bị hỏng, không đọc được.") from error


def _check_archive(content: bytes) -> None:
    """Refuse what would fill the memory when it is unpacked, before anything is."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable("Tệp không phải là tệp Word (.docx).") from error
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unreadable("Tệp Word bung ra quá lớn, không nhập.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("Tệp Word này có mật khẩu. Hãy lưu lại không mật khẩu.")
    if "word/document.xml" not in {entry.filename for entry in entries}:
        raise Unreadable("Tệp không phải là tệp Word (.docx).")


def _pdf(content: bytes) -> str:
    try:
        reader = PdfReader(BytesIO(content))
        _check_pages(reader)
        return "\n".join(page.extract_text() for page in reader.pages)
    except Unreadable:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise Unreadable("Tệp PDF bị hỏng, không đọc được.") from error


def _check_pages(reader: PdfReader) -> None:
    if reader.is_encrypted:
        raise Unreadable("Tệp PDF này có mật khẩu. Hãy lưu lại không mật khẩu.")
    if len(reader.pages) > MOST_PAGES:
        raise Unreadable(f"Tệp PDF dài hơn {MOST_PAGES} trang, không phải một bản quy ước.")


def _txt(content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeError as error:
        raise Unreadable(NOT_UNICODE) from error
    if "\0" in text:
        raise Unreadable(NOT_UNICODE)
    return text


_READERS: dict[str, Callable[[bytes], str]] = {".docx": _docx, ".pdf": _pdf, ".txt": _txt}
