"""From what came to what may be shown, with the real program that opens pictures."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from bot.media import preparing
from bot.media.identity import on_card
from bot.media.preparing import Unfit, prepare
from bot.settings import PROJECT
from tests.media import made

MOST = 20_000_000


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


async def test_a_photo_is_turned_upright_and_tells_no_place() -> None:
    prepared = await prepare(made.photo_with_place(), "a.jpg", MOST)
    shown = opened(prepared.shown)
    assert (shown.format, shown.size) == ("JPEG", (400, 600))  # it lay on its side
    assert shown.getpixel((200, 50))[0] > 200  # type: ignore[index]  # red on top
    assert shown.getpixel((200, 550))[2] > 200  # type: ignore[index]  # blue below
    assert dict(shown.getexif()) == {}
    for told in (b"Exif", "Điện thoại".encode(), b"made at home", b"GPS"):
        assert told not in prepared.shown
        assert prepared.thumbnail is not None
        assert told not in prepared.thumbnail


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
async def test_every_picture_is_shown_as_jpeg(kind: str) -> None:
    prepared = await prepare(made.picture(kind), "", MOST)
    assert prepared.media_type == "image/jpeg"
    assert opened(prepared.shown).format == "JPEG"


async def test_a_photo_of_an_iphone_is_shown_to_everybody() -> None:
    prepared = await prepare(made.HEIC, "IMG_0001.HEIC", MOST)
    shown = opened(prepared.shown)
    assert (shown.format, shown.size, shown.getpixel((9, 9))[0] > 200) == ("JPEG", (64, 48), True)  # type: ignore[index]


async def test_a_large_photo_is_shown_smaller() -> None:
    prepared = await prepare(made.picture(size=(5_000, 3_000), quality=30), "", MOST)
    assert (prepared.width, prepared.height) == (2_560, 1_536)
    assert prepared.thumbnail is not None
    assert opened(prepared.thumbnail).size == (480, 288)


async def test_what_hangs_behind_a_picture_is_not_passed_on() -> None:
    prepared = await prepare(made.picture() + made.PAGE + made.office("word/document.xml"), "", MOST)
    assert b"script" not in prepared.shown
    assert b"PK\3\4" not in prepared.shown


async def test_a_card_is_known_by_its_code() -> None:
    assert on_card((await prepare(made.card_photo(), "", MOST)).codes)
    assert not on_card((await prepare(made.card_photo("https://example.vn"), "", MOST)).codes)
    assert not on_card((await prepare(made.picture(), "", MOST)).codes)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (made.PAGE, "kind"),
        (made.PROGRAM, "kind"),
        (made.bomb(), "too_many_pixels"),
        (made.picture("PNG")[:120], "broken"),  # cut short
        (made.picture("JPEG")[:30], "broken"),
        (b"\xff\xd8\xff\xe0" + made.PAGE * 20, "broken"),  # begins as a JPEG, is a page
        (b"GIF89a/*" + bytes(30) + b"*/=1;alert(1)", "broken"),  # a GIF that is a script
        (made.mp4(b"heic"), "broken"),  # no picture inside
        (made.picture(size=(50, 50)) + bytes(MOST), "too_large"),
    ],
)
async def test_what_cannot_be_taken_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(Unfit) as refused:
        await prepare(content, "anh.jpg", MOST)
    assert refused.value.reason == reason


async def test_documents_stay_as_they_came() -> None:
    prepared = await prepare(made.pdf(), "đơn.pdf", MOST)
    assert (prepared.shown, prepared.thumbnail, prepared.type.inline) == (made.pdf(), None, False)


async def test_a_decoder_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "PATIENCE_SECONDS", 0.0)
    with pytest.raises(Unfit) as refused:
        await prepare(made.picture(), "", MOST)
    assert refused.value.reason == "broken"


def test_the_program_that_opens_pictures_may_not_take_the_memory(tmp_path: Path) -> None:
    greedy = "from bot.media.picturing import bound; bound(); bytearray(2_000_000_000)"
    done = subprocess.run([sys.executable, "-c", greedy], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert "MemoryError" in done.stderr
