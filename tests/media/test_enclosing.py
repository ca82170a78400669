"""What an official may send a resident, and what is done to it first."""

import io
from pathlib import Path

import pytest
from PIL import Image

from bot.console.enclosing import WHY
from bot.media import enclosing
from bot.media.enclosing import enclosure
from bot.media.kinds import FILE, PHOTO
from bot.media.preparing import Unfit
from bot.media.storage import Files
from tests.media import made


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (made.picture(), "cầu.jpg", PHOTO),
        (made.picture("PNG"), "bản đồ.png", PHOTO),  # goes as a JPEG
        (made.HEIC, "IMG_1.HEIC", PHOTO),  # so does an iPhone's
        (made.pdf(), "quyết định.pdf", FILE),
        (made.OLD_WORD, "mẫu đơn.doc", FILE),
        (made.office("word/document.xml"), "mẫu đơn.docx", FILE),
    ],
)
async def test_what_every_channel_carries_may_go(content: bytes, name: str, kind: str, tmp_path: Path) -> None:
    found = await enclosure(content, name, Files(tmp_path))
    assert (found.prepared.type.kind, found.name) == (kind, name)
    assert Files(tmp_path).open(found.shown_key) == found.prepared.shown
    assert (kind == FILE) == (found.prepared.shown == content)


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "a.jpg", "empty"),
        (made.PROGRAM, "a.jpg", "kind"),  # by content, not by name
        (made.office("xl/workbook.xml"), "thu chi.xlsx", "kind"),  # Zalo does not take it
        (made.mp3(), "a.mp3", "kind"),
        (made.picture()[:200], "a.jpg", "broken"),
        (made.card_photo(), "a.jpg", "identity"),
    ],
)
async def test_what_may_not_go_is_told_why(content: bytes, name: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(Unfit) as refused:
        await enclosure(content, name, Files(tmp_path))
    assert (refused.value.reason, why in WHY) == (why, True)
    assert not list(Files(tmp_path).older_than(made.LATER)), "nothing is kept of what may not go"


async def test_a_heavy_document_may_not_go(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(enclosing, "MOST_FILE", 10)
    with pytest.raises(Unfit, match="too_large"):
        await enclosure(made.pdf(), "a.pdf", Files(tmp_path))


async def test_no_photo_is_too_heavy_for_zalo_or_tells_where_it_was_taken(tmp_path: Path) -> None:
    noise = Image.effect_noise((3_000, 2_000), 120)
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=95)
    assert len(out.getvalue()) > 4_000_000
    found = await enclosure(out.getvalue(), "nhiễu.jpg", Files(tmp_path))
    assert len(found.prepared.shown) <= 1_000_000
    placed = await enclosure(made.photo_with_place(), "a.jpg", Files(tmp_path))
    assert b"Exif" not in placed.prepared.shown
