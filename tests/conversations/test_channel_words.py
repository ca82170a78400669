"""What residents say about channels, accented and plain; and what sounds like it but is about something else."""

import pytest

from bot.conversations import link_codes
from bot.conversations.channel_words import HERE, JOIN, JOIN_NOT, LINK, OFF, ON, UNLINK, WHERE, Wish, agreed, wish
from bot.language import fold, syllables


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Liên kết", Wish(LINK)),
        ("lien ket", Wish(LINK)),
        ("cho tôi mã liên kết với", Wish(LINK)),
        ("tôi muốn liên kết với Zalo", Wish(LINK)),
        ("em muốn nối sang Telegram ạ", Wish(LINK)),
        ("liên kết tài khoản zalo được không", Wish(LINK)),
        ("kết nối với kênh khác", Wish(LINK)),
        ("bỏ liên kết", Wish(UNLINK)),
        ("huy lien ket di", Wish(UNLINK)),
        ("ngắt kết nối với zalo", Wish(UNLINK)),
        ("tôi nhận tin ở đâu", Wish(WHERE)),
        ("nhan thong bao qua kenh nao", Wish(WHERE)),
        ("xem các kênh đã liên kết", Wish(WHERE)),
        ("cài đặt thông báo", Wish(WHERE)),
        ("nhận tin ở đây", Wish(HERE)),
        ("gui tin bao ve day", Wish(HERE)),
        ("tắt nhắc lịch", Wish(OFF, "reminder")),
        ("thôi đừng nhắc nữa", None),  # two verbs: left to the dialogue engine
        ("đừng nhắc nữa", Wish(OFF, "reminder")),
        ("tắt tin phiếu", Wish(OFF, "case")),
        ("tôi không muốn nhận tin nhắn nhắc lịch nữa đâu", Wish(OFF, "reminder")),
        ("không nhận cảnh báo nữa", Wish(OFF, "warning")),
        ("tắt tin đổi, hủy lịch hẹn", Wish(OFF, "change")),
        ("tat thong bao", Wish(OFF)),
        ("tắt thông báo giúp tôi được không", Wish(OFF)),
        ("bật nhắc lịch hẹn", Wish(ON, "reminder")),
        ("bat lai tin phieu", Wish(ON, "case")),
        ("bật tin đổi, hủy lịch hẹn", Wish(ON, "change")),
        ("nhận lại thông báo", Wish(ON)),
        # not about channels
        ("đường nối hai bản hỏng", None),
        ("xã có liên kết với doanh nghiệp không", None),
        ("ai được nhận thông báo thu hồi đất", None),
        ("bỏ phiếu", None),  # voting
        ("không tin", None),  # disbelief
        ("tắt điện", None),
        ("nhắn tin", None),
        ("tôi nhận tin ở đâu về quy hoạch", None),
        ("thông báo", None),
        ("nối", None),
        ("", None),
    ],
)
def test_wishes(said: str, expected: Wish | None) -> None:
    assert wish(syllables(said)) == expected
    assert wish(syllables(fold(said))) == expected


def test_every_name_of_a_kind_turns_it_off_and_on() -> None:
    """What a reply says to write is understood when written so."""
    from bot.conversations.notice_kinds import KINDS

    for kind, name in KINDS.items():
        assert wish(syllables(f"tắt {name}")) == Wish(OFF, kind)
        assert wish(syllables(f"bật {name}")) == Wish(ON, kind)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("đồng ý", Wish(JOIN)),
        ("Nối", Wish(JOIN)),
        ("có ạ", Wish(JOIN)),
        ("không", Wish(JOIN_NOT)),
        ("đừng nối", Wish(JOIN_NOT)),
        ("thôi", Wish(JOIN_NOT)),
        ("đường hỏng", None),
        ("", None),
    ],
)
def test_answers_to_whether_to_link(said: str, expected: Wish | None) -> None:
    assert agreed(syllables(said)) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("LK-7K3-M9Q", "LK-7K3-M9Q"),
        ("lk 7k3 m9q", "LK-7K3-M9Q"),
        ("lk7k3m9q", "LK-7K3-M9Q"),
        ("Mã LK-7K3-M9Q", "LK-7K3-M9Q"),
        ("mã liên kết là lk 7k3m9q", "LK-7K3-M9Q"),
        ("/start LK7K3M9Q", "LK-7K3-M9Q"),  # the address of Telegram carries it so
        ("start lk7k3m9q", "LK-7K3-M9Q"),
        ("LK-OI3-M9L", "LK-013-M91"),  # letters like digits
        ("LK-7K3-M9", None),  # too short
        ("LK-7K3-M9QQ", None),  # too long
        ("LK-7K3-M9U", None),  # no such symbol
        ("XH-7K3M-9Q2F", None),  # a case's code
        ("tôi có mã LK-7K3-M9Q đây", None),  # said about it, not given
        ("lk", None),
        ("", None),
    ],
)
def test_codes(typed: str, expected: str | None) -> None:
    assert link_codes.read(fold(typed)) == expected


def test_a_made_code_reads_as_itself() -> None:
    from random import Random

    below = Random(4).randrange
    for _ in range(500):
        code = link_codes.make(below)
        assert link_codes.read(fold(code)) == code
