"""What is taken for what, what is an identity card, which addresses may be fetched, what of a payload stays."""

import pytest

from bot.language import fold
from bot.media.cleaning import cleaned
from bot.media.identity import on_card, says_so
from bot.media.kinds import spoken
from bot.media.links import may_fetch, without_links
from bot.media.service import named
from bot.media.serving import answer, part_of
from bot.media.sniffing import sniffed
from tests.media import made


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (made.picture("JPEG"), "anh.jpg", "image/jpeg"),
        (made.picture("PNG"), "anh.jpg", "image/png"),  # a wrong ending changes nothing
        (made.picture("WEBP"), "", "image/webp"),
        (made.picture("GIF"), "a.exe", "image/gif"),
        (made.mp4(b"heic"), "IMG_1.HEIC", "image/heic"),  # iPhones
        (made.mp4(b"mif1"), "", "image/heic"),  # other makers' name for the same
        (made.ogg(), "", "audio/ogg"),  # Telegram's voice notes
        (made.aac(), "", "audio/aac"),  # Zalo's
        (made.mp3(), "", "audio/mpeg"),
        (made.mp3(made.id3(b"x")), "", "audio/mpeg"),
        (made.amr(), "", "audio/amr"),
        (made.wav(), "", "audio/wav"),
        (made.mp4(b"M4A "), "", "audio/mp4"),
        (made.mp4(b"isom"), "", "video/mp4"),
        (made.mp4(b"qt  "), "", "video/quicktime"),
        (made.mp4(b"3gp4"), "", "video/3gpp"),
        (made.pdf(), "don.txt", "application/pdf"),
        (made.OLD_WORD, "don.doc", "application/msword"),
        (made.OLD_WORD, "BANG.XLS", "application/vnd.ms-excel"),
        (
            made.office("word/document.xml"),
            "",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (made.office("xl/workbook.xml"), "", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (made.office("word/document.xml", "word/vbaProject.bin"), "a.docx", None),  # with macros
        (made.office("a.txt"), "a.docx", None),  # any other archive
        (b"PK\3\4 not really", "a.docx", None),
        (made.mp4(b"avif"), "a.avif", None),
        (made.picture("BMP"), "a.jpg", None),
        (made.picture("TIFF"), "a.jpg", None),
        (made.PROGRAM, "anh.jpg", None),
        (made.PAGE, "anh.jpg", None),
        (made.DRAWING, "anh.png", None),  # a picture that runs scripts
        (b"xin chao", "chao.txt", None),
        (b"", "anh.jpg", None),
    ],
)
def test_content_decides_what_a_file_is(content: bytes, name: str, media_type: str | None) -> None:
    found = sniffed(content, name)
    assert (found.media_type if found else None) == media_type


@pytest.mark.parametrize(
    ("code", "card"),
    [
        (made.CARD, True),
        ("012345678901|123456789|Lò Thị Mẫu|31121985|Nữ|Bản Pá Hốc|05062021", True),  # with the older card's number
        ("012345678901||Giàng A Mẫu|01011990|Nam|Bản Hon|01012024|||", True),  # the card of 2024 ends otherwise
        ("https://example.vn/012345678901", False),
        ("00020101021138540010A00000072701240006970436", False),  # a bank's code to be paid by
        ("012345678901", False),
        ("2|99|0912345678|Tên|email|0|0|50000", False),  # a wallet's
    ],
)
def test_the_code_of_a_card_is_unmistakable(code: str, card: bool) -> None:
    assert on_card(["something else", code]) is card


@pytest.mark.parametrize(
    ("caption", "card"),
    [
        ("ảnh căn cước của tôi", True),
        ("CCCD mặt trước", True),
        ("cccd mat sau day a", True),
        ("gửi bác căn cước công dân của em nhé", True),
        ("chứng minh thư", True),
        ("Hộ chiếu của tôi", True),
        ("đi làm căn cước bị đòi tiền", False),  # a story in which a card occurs
        ("cán bộ giữ cccd của tôi không trả", False),
        ("đường hỏng", False),
        ("", False),
        (None, False),
    ],
)
def test_a_caption_that_says_no_more_than_that_it_is_a_card(caption: str | None, card: bool) -> None:
    assert says_so(caption, fold) is card


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://f6.photo.talk.zdn.vn/a/b.jpg", True),
        ("http://voice-aac-dl.zdn.vn/x.aac", True),  # Zalo still tells http
        ("https://api.telegram.org/file/botTOKEN/photos/1.jpg", True),
        ("http://127.0.0.1:8142/file/1", True),  # a stand-in, with its port
        ("http://127.0.0.1:8143/file/1", False),
        ("http://127.0.0.1/file/1", False),
        ("https://zdn.vn.evil.example/a.jpg", False),
        ("https://evilzdn.vn/a.jpg", False),
        ("https://zdn.vn/a.jpg", False),  # no host of files
        ("https://photo.zdn.vn:8443/a.jpg", False),
        ("https://user:pw@photo.zdn.vn/a.jpg", False),  # pragma: allowlist secret
        ("https://photo.zdn.vn@169.254.169.254/latest", False),
        ("http://169.254.169.254/latest/meta-data", False),
        ("file:///etc/passwd", False),
        ("ftp://photo.zdn.vn/a", False),
        ("https://[::1]/a", False),
        ("https://photo.zdn.vn:99999/a", False),
        ("", False),
    ],
)
def test_only_the_platforms_own_hosts_are_asked(url: str, may: bool) -> None:
    hosts = ("*.zdn.vn", "*.zadn.vn", "api.telegram.org", "127.0.0.1:8142")
    assert may_fetch(url, hosts, ("https", "http")) is may


def test_links_leave_a_payload_and_words_stay() -> None:
    payload = {
        "event_name": "user_send_image",
        "message": {
            "text": "https://vnexpress.net có đúng không",
            "attachments": [
                {"type": "image", "payload": {"url": "https://f.zdn.vn/?token=s", "thumbnail": "HTTP://t"}}
            ],
        },
        "n": 3,
    }
    kept = without_links(payload)
    assert kept["message"]["text"] == payload["message"]["text"]  # type: ignore[index]
    assert "zdn.vn" not in str(kept)
    assert "HTTP" not in str(kept)
    assert kept["message"]["attachments"][0]["type"] == "image"


@pytest.mark.parametrize("kind", [b"isom", b"M4A ", b"qt  "])
def test_a_film_no_longer_tells_where_it_was_made(kind: bytes) -> None:
    film = made.mp4(kind)
    found = sniffed(film)
    assert found
    plain = cleaned(film, found.media_type)
    assert b"+21.0285" not in plain
    assert (len(plain), plain.count(b"pictures")) == (len(film), 20)  # nothing moved


@pytest.mark.parametrize("cut", [10, 40, 150])
def test_a_film_cut_short_is_no_trouble(cut: int) -> None:
    assert len(cleaned(made.mp4()[:cut], "video/mp4")) == cut


def test_a_sound_loses_its_tag_and_nothing_else() -> None:
    assert cleaned(made.mp3(made.id3("Nhà bác Mẫu".encode())), "audio/mpeg") == made.mp3()
    assert cleaned(made.mp3() + b"TAG" + bytes(125), "audio/mpeg") == made.mp3()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\ảnh\\đường hỏng.jpg", "đường hỏng.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\0b\n.jpg", "ab .jpg"),
        ("x" * 300 + ".jpg", "x" * 116 + ".jpg"),
        ("", None),
        (None, None),
    ],
)
def test_names_are_made_harmless(given: str | None, kept: str | None) -> None:
    assert named(given) == kept


def test_what_came_in_words() -> None:
    assert spoken({"photo": 1}) == "ảnh"
    assert spoken({"photo": 3}) == "3 ảnh"
    assert spoken({"photo": 2, "voice": 1, "file": 1}) == "2 ảnh, 1 tin thoại và 1 tệp"


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=0-1", range(2)),
        ("bytes=5-", range(5, 10)),
        ("bytes=-3", range(7, 10)),
        ("bytes=0-999", range(10)),
        ("bytes=10-", None),
        ("bytes=4-2", None),
        ("bytes=-", None),
        ("lines=1-2", None),
        (None, None),
    ],
)
def test_parts_that_players_ask_for(wanted: str | None, part: range | None) -> None:
    assert part_of(wanted, 10) == part


def test_a_browser_gets_nothing_to_run() -> None:
    found = answer(b"x", "application/pdf", 'đơn "a".pdf\r\nX: 1', inline=False)
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert found.headers["Content-Security-Policy"].startswith("sandbox")
    assert found.headers["Cache-Control"] == "no-store"
    assert found.headers["Content-Disposition"].startswith('attachment; filename="__n__a_.pdf__X__1"')
    assert "\r" not in found.headers["Content-Disposition"]
