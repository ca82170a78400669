"""Conventions from files: layouts as villages write them, real Word and PDF files, and files that are refused."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from bot.language import clean
from bot.settings import PROJECT
from knowledge_base.conventions import files
from knowledge_base.conventions.files import Unreadable, text_of
from knowledge_base.conventions.splitting import split

FONTS = PROJECT / "bot/portal/assets/node_modules/@fontsource/be-vietnam-pro/files"
ARTICLES = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
QUY ƯỚC
CỦA BẢN NÀ NGẦN

Chương I
NHỮNG QUY ĐỊNH CHUNG
Điều 1. Phạm vi áp dụng
Quy ước này áp dụng cho mọi người sinh sống ở bản.
Chương II
NỘI DUNG
Điều 2. Việc cưới
Cưới gọn trong một ngày. Theo Điều 5 của Luật này, không ép cưới.
Điều 3. Việc tang
1. Báo trưởng bản.
2. Cả bản đến giúp.
Điều 4. Chăn thả gia súc
a) Không thả rông trâu bò.
b) Tối nhốt chuồng.
- 2 -
"""
ROMAN = """HƯƠNG ƯỚC THÔN BÌNH AN
I. VỆ SINH MÔI TRƯỜNG
Đổ rác đúng chỗ.
II. AN NINH TRẬT TỰ
1. Không đánh bạc.
2. Không gây mất trật tự.
III. KHUYẾN HỌC
Cho trẻ đi học đều.
"""
NUMBERS = """Quy ước tổ dân phố
1. Việc cưới: làm gọn, vui, không mời thuốc lá.
2. Việc tang: nghỉ nhạc lúc đêm khuya.
3) Đóng góp, thu quỹ: họp bàn trước khi thu.
"""
CAPITALS = """QUY ƯỚC BẢN MƯỜNG
VIỆC CƯỚI
Cưới đúng tuổi.
CHĂN THẢ TRÂU BÒ
Có người trông.
"""
LETTERS = """a) Giữ rừng
Không chặt cây đầu nguồn.
b) Giữ nguồn nước
Không thả trâu vào mó nước.
"""
NEXT_LINE = """Điều 1
Việc cưới
Cưới gọn.
Điều 2:
Việc tang
Cả bản giúp.
"""
PARTS = """Phần thứ nhất: Điều chung
Mọi nhà cùng theo.
Phần thứ hai: Khuyến học
Cho con đi học.
"""
PLAIN = "Bà con giữ vệ sinh chung, đổ rác đúng chỗ, không vứt xuống suối."


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        (
            ARTICLES,
            [
                ("Phần đầu", "general"),
                ("Phạm vi áp dụng", "general"),
                ("Việc cưới", "wedding"),  # “Theo Điều 5 của” is no heading
                ("Việc tang", "funeral"),  # 1. and 2. stay inside
                ("Chăn thả gia súc", "grazing"),
            ],
        ),
        (
            ROMAN,
            [
                ("Phần đầu", "general"),
                ("Vệ sinh môi trường", "environment"),
                ("An ninh trật tự", "security"),
                ("Khuyến học", "learning"),
            ],
        ),
        # heading and words in one line
        (
            NUMBERS,
            [
                ("Phần đầu", "general"),
                ("Việc cưới", "wedding"),
                ("Việc tang", "funeral"),
                ("Đóng góp, thu quỹ", "contribution"),
            ],
        ),
        (CAPITALS, [("Phần đầu", "general"), ("Việc cưới", "wedding"), ("Chăn thả trâu bò", "grazing")]),
        (LETTERS, [("Giữ rừng", "environment"), ("Giữ nguồn nước", "environment")]),
        (NEXT_LINE, [("Việc cưới", "wedding"), ("Việc tang", "funeral")]),
        (PARTS, [("Điều chung", "general"), ("Khuyến học", "learning")]),
        (PLAIN, [("Phần đầu", "general")]),  # no heading at all: one section, for an official to name
        ("", []),
    ],
    ids=["articles", "roman", "numbers", "capitals", "letters", "next line", "parts", "plain", "empty"],
)
def test_layouts(text: str, sections: list[tuple[str, str]]) -> None:
    assert [(part.heading, part.kind) for part in split(text)] == sections


def test_what_stands_under_a_heading_stays_with_it() -> None:
    parts = {part.heading: part.text for part in split(ARTICLES)}
    assert parts["Việc tang"] == "1. Báo trưởng bản.\n2. Cả bản đến giúp."
    assert parts["Việc cưới"].startswith("Chương II")  # a chapter's name goes with what it opens
    assert "- 2 -" not in parts["Chăn thả gia súc"]  # a page's number
    assert {part.heading: part.text for part in split(NUMBERS)}["Việc cưới"].startswith("Việc cưới: làm gọn")


LINES = (
    "Điều 1. Việc cưới",
    "Chương I",
    "I. AN NINH",
    "1. Việc tang",
    "a) Rác",
    "VIỆC CƯỚI",
    "Điều 2",
    "Có người trông.",
)


@given(st.lists(st.sampled_from(LINES) | st.text(alphabet="abc ăđ.1\n", max_size=30)))
def test_no_word_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    kept = " ".join(f"{part.heading} {part.text}" for part in split(text)).lower()
    for word in re.findall(r"\w+", clean(text).lower()):  # “11.a” is a number and a word
        assert word in kept or len(word) <= 3 or word in ("điều", "chương")


def _docx(text: str) -> bytes:
    document, stream = Document(), BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.add_table(rows=1, cols=2).rows[0].cells[0].text = "Trưởng bản"
    document.save(stream)
    return stream.getvalue()


def _pdf(text: str) -> bytes:
    page = FPDF()
    page.add_font("vn", fname=str(FONTS / "be-vietnam-pro-vietnamese-400-normal.woff"))
    page.add_font("latin", fname=str(FONTS / "be-vietnam-pro-latin-400-normal.woff"))
    page.add_font("ext", fname=str(FONTS / "be-vietnam-pro-latin-ext-400-normal.woff"))
    page.add_page()
    page.set_font("latin", size=12)
    page.set_fallback_fonts(["vn", "ext"], exact_match=False)
    for line in text.splitlines():
        page.multi_cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(page.output())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("quy-uoc.docx", _docx(ARTICLES)),
        ("QUY UOC.PDF", _pdf(ARTICLES)),
        ("quy-uoc.txt", ARTICLES.encode()),
        ("quy-uoc.txt", ARTICLES.encode("utf-8-sig")),
        ("quy-uoc.txt", ARTICLES.encode("utf-16")),  # Windows' Notepad, “Unicode”
    ],
    ids=["docx", "pdf", "txt", "txt with mark", "txt utf-16"],
)
def test_the_same_sections_from_every_kind_of_file(name: str, content: bytes) -> None:
    told = [(part.kind, part.heading) for part in split(text_of(name, content))]
    assert told == [(part.kind, part.heading) for part in split(ARTICLES)]


def test_numbers_that_word_adds_itself_are_kept() -> None:
    document, stream = Document(), BytesIO()
    for heading, words in (("Việc cưới", "Làm gọn, vui, tiết kiệm."), ("Việc tang", "Cả bản cùng đến giúp.")):
        numbered = document.add_paragraph(heading)._p.get_or_add_pPr().get_or_add_numPr()
        numbered.get_or_add_numId().val = document.styles["List Number"].element.pPr.numPr.numId.val
        numbered.get_or_add_ilvl().val = 0
        document.add_paragraph(words)
    document.save(stream)
    assert [part.heading for part in split(text_of("a.docx", stream.getvalue()))] == ["Việc cưới", "Việc tang"]


def _scanned() -> bytes:
    writer, stream = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(stream)
    return stream.getvalue()


def _locked() -> bytes:
    writer, stream = PdfWriter(clone_from=PdfReader(BytesIO(_pdf(PLAIN)))), BytesIO()
    writer.encrypt("mat-khau", algorithm="RC4-128")
    writer.write(stream)
    return stream.getvalue()


def _archive(**entries: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "says"),
    [
        ("a.pdf", _scanned, "chỉ có ảnh chụp"),
        ("a.pdf", _locked, "mật khẩu"),
        ("a.pdf", lambda: b"%PDF-1.7 broken", "hỏng"),
        ("a.docx", lambda: b"not a zip", "không phải là tệp Word"),
        ("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "mật khẩu"),  # as Word locks a file
        ("a.docx", lambda: _archive(word__document_xml=b"\0" * (files.MOST_UNPACKED + 1)), "bung ra quá lớn"),
        ("a.docx", lambda: _archive(word__document_xml=b"<broken"), "quá ít chữ|hỏng"),
        ("a.docx", lambda: _archive(xl__workbook_xml=b"<a/>"), "không phải là tệp Word"),
        ("a.txt", lambda: "Quy ước bản".encode("cp1258", "replace") + b"\xff\xfe", "không theo mã Unicode"),
        ("a.txt", lambda: b"  \n ", "quá ít chữ"),
        ("a.txt", lambda: b"", "trống"),
        ("a.txt", lambda: b"a" * (files.MOST_BYTES + 1), "lớn hơn"),
        ("a.txt", lambda: b"a " * files.MOST_CHARACTERS, "dài hơn"),
        ("a.xlsx", lambda: b"PK", "Chỉ nhập được"),
    ],
)
def test_what_is_refused(name: str, make: Callable[[], bytes], says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        text_of(name, make())
