"""What may tell who somebody is, is found and shown; nothing is masked in silence."""

import pytest

from bot.conversations.masking import MASKS, masked
from bot.language import fold
from bot.publications.redaction import left_in, propose

FOUND = [
    ("Ông Lò Văn Tính ở số nhà 12 nói vậy", {"[tên]", "[địa chỉ]"}),  # a person and a house
    ("gọi 0912 345 678 giúp tôi", {"[số]"}),  # a telephone
    ("căn cước 012345678901 của tôi", {"[số]"}),  # an identity number
    ("thư về lan.nguyen@example.com", {"[e-mail]"}),
    ("đường vào bản hỏng từ tháng 5", set()),  # nobody is named
    ("theo Luật 10/2022/QH15 thì sao", set()),  # a document is no person
    ("mỗi hộ đóng 200.000 đồng", set()),  # nor is a sum
]


def mask(text: str) -> str:
    return masked(text, fold)


@pytest.mark.parametrize(("text", "kinds"), FOUND)
def test_what_is_found(text: str, kinds: set[str]) -> None:
    proposal = propose(text, mask, MASKS)
    assert {find.mask for find in proposal.finds} == kinds
    assert all(find.words in text and find.words not in proposal.text for find in proposal.finds)
    assert left_in(proposal.text, mask, MASKS) == ()
