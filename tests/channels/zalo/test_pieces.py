"""A reply in Zalo's form: nothing too long, and no word or choice lost."""

import pytest

from bot.channels.platform import Choice, Outgoing
from bot.channels.zalo.pieces import ZaloPiece, pieces_of

BASE = "https://xahoi.vn"


def reply(text: str = "Dạ.", kind: str = "answer", choices: int = 0, **body: object) -> Outgoing:
    return Outgoing(1, kind, text, body, tuple(Choice(f"Chọn {n}", f"token-{n}") for n in range(choices)))


def tokens(pieces: list[ZaloPiece]) -> list[str]:
    return [str(button["payload"]) for piece in pieces for button in piece.buttons]


@pytest.mark.parametrize(
    ("choices", "rows"),
    [(0, [0]), (1, [1]), (5, [5]), (6, [5, 1]), (12, [5, 5, 2])],
)
def test_five_choices_under_each_message(choices: int, rows: list[int]) -> None:
    pieces = pieces_of(reply(choices=choices), BASE)
    assert [len(piece.buttons) for piece in pieces] == rows
    assert tokens(pieces) == [f"token-{n}" for n in range(choices)]


def test_long_words_are_cut_at_sentences_and_the_choices_stand_under_the_last() -> None:
    sentence = "Xã phải niêm yết công khai tại trụ sở trong ba mươi ngày liên tục. "
    pieces = pieces_of(reply(sentence * 70, choices=2), BASE)
    assert len(pieces) == 3
    assert all(len(piece.text) <= 2_000 and piece.text.endswith(".") for piece in pieces)
    assert [len(piece.buttons) for piece in pieces] == [0, 0, 2]
    assert "".join("".join(piece.text.split()) for piece in pieces) == "".join((sentence * 70).split())


def test_a_button_is_hidden_words_of_ours() -> None:
    [piece] = pieces_of(reply(choices=1), BASE)
    [button] = piece.message()["attachment"]["payload"]["buttons"]
    assert button == {"title": "Chọn 0", "type": "oa.query.hide", "payload": "token-0"}


def test_a_long_label_is_cut_at_a_hundred() -> None:
    outgoing = Outgoing(1, "answer", "Dạ.", {}, (Choice("Đ" * 150, "t"),))
    [button] = pieces_of(outgoing, BASE)[0].buttons
    assert len(button["title"]) == 100


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("Bác gọi ngay 114, sau đó 115.", ["114", "115"]),
        ("Theo Điều 113 Luật 115/2024 thì…", []),  # articles and documents are no numbers to call
        ("Gọi 113 hoặc 113.", ["113"]),
    ],
)
def test_numbers_in_danger_can_be_dialled(text: str, calls: list[str]) -> None:
    pieces = pieces_of(reply(text, "emergency", choices=1), BASE)
    dialled = [b["payload"]["phone_code"] for p in pieces for b in p.buttons if b["type"] == "oa.open.phone"]
    assert dialled == calls
    assert "token-0" in tokens(pieces)


def test_plain_words_have_no_attachment() -> None:
    assert pieces_of(reply("Dạ."), BASE)[0].message() == {"text": "Dạ."}


def test_asking_for_name_and_phone() -> None:
    message = ZaloPiece("Cho tôi xin tên và số điện thoại\nđể cán bộ gọi lại", asks_contact=True).message()
    payload = message["attachment"]["payload"]
    assert payload["template_type"] == "request_user_info"
    assert payload["elements"] == [{"title": "Cho tôi xin tên và số điện thoại", "subtitle": "để cán bộ gọi lại"}]
