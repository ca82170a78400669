"""Replies as Telegram messages: lengths after its HTML is read, nothing escapes, buttons fit."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.platform import Choice, Outgoing
from bot.channels.splitting import utf16_units
from bot.channels.telegram.writing import LONGEST, TelegramPiece, pieces_of, rows_of

TAG = re.compile(r"</?(?:code|i|blockquote)(?: expandable)?>")


def written(text: str, *labels: str, kind: str = "answer", **body: object) -> list[TelegramPiece]:
    choices = tuple(Choice(label, f"token-{number}") for number, label in enumerate(labels))
    return pieces_of(Outgoing(1, kind, text, body, choices), "https://x.vn")


def test_a_short_reply_is_one_message_with_its_buttons() -> None:
    (piece,) = written("Có ạ.", "Xem thêm", "Gặp cán bộ", "Việc này chưa đúng ý tôi")
    assert (piece.text, piece.html) == ("Có ạ.", "Có ạ.")
    assert [[choice.label for choice in row] for row in piece.rows] == [
        ["Xem thêm", "Gặp cán bộ"],
        ["Việc này chưa đúng ý tôi"],
    ]


@pytest.mark.parametrize(
    ("said", "html"),
    [
        ("giá < 5 & > 3", "giá &lt; 5 &amp; &gt; 3"),
        ("<b>đậm</b>", "&lt;b&gt;đậm&lt;/b&gt;"),  # nobody's words become markup
        ('“trích” và "trích"', '“trích” và "trích"'),
        ("Phiếu XH-7K3M-9Q2F: đã gửi", "Phiếu <code>XH-7K3M-9Q2F</code>: đã gửi"),
        ("mã LK-7K3-M9Q", "mã <code>LK-7K3-M9Q</code>"),
        ("Lịch LH-7K3M-9Q2F", "Lịch <code>LH-7K3M-9Q2F</code>"),
    ],
)
def test_html(said: str, html: str) -> None:
    assert written(said)[0].html == html


def test_the_rest_is_folded_and_the_law_is_quiet() -> None:
    (piece,) = written("Có.", more="Ba việc.", citations=[{"document": "Luật A", "article": "1"}])
    assert piece.html == "Có.\n\n<blockquote expandable>Ba việc.</blockquote>\n\n<i>Căn cứ: Điều 1 Luật A</i>"


def test_a_long_reply_is_cut_at_sentences_and_buttons_stand_under_the_last() -> None:
    pieces = written("Một câu dài vừa phải. " * 400, "Gặp cán bộ")
    assert len(pieces) == 3
    assert all(piece.text.endswith("phải.") for piece in pieces)
    assert [bool(piece.rows) for piece in pieces] == [False, False, True]


@given(
    st.text(st.sampled_from("a<>&🙂ệ. \n"), min_size=1, max_size=9000), st.text(st.sampled_from("b<&. "), max_size=5000)
)
def test_every_message_fits_and_its_html_reads_as_its_text(text: str, more: str) -> None:
    for piece in written(text, more=more):
        assert utf16_units(piece.text) <= LONGEST
        assert unescape(TAG.sub("", piece.html)) == piece.text
        assert re.sub(r"&(?:amp|lt|gt);", "", TAG.sub("", piece.html)).count("<") == 0


def test_long_labels_are_cut_and_not_more_than_a_hundred_buttons() -> None:
    rows = rows_of([Choice("Một nhãn rất dài " * 9, "t")] * 130)
    assert sum(len(row) for row in rows) == 100
    assert len(rows[0][0].label) == 60
    assert rows[0][0].label.endswith("…")
