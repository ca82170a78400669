"""What people call “đối thoại”: with the commune, over a complaint, at work. Told apart by words, else asked."""

import re
from collections.abc import Sequence
from typing import Literal

Sense = Literal["people", "complaint", "workplace"]

WHICH = "Bác hỏi đối thoại nào? “Đối thoại” có ba loại, quy định khác nhau, bác bấm chọn giúp tôi."
CHOICES: dict[Sense, str] = {
    "people": "Xã họp đối thoại với dân",
    "complaint": "Đối thoại khi giải quyết đơn khiếu nại",
    "workplace": "Đối thoại ở công ty, xưởng",
}
ANSWERS: dict[Sense, str] = {
    "people": "dialogue-how-often",
    "complaint": "procedure_rights-complaint-dialogue",
    "workplace": "workplace-dialogue-how-often",
}
"""What a choice leads to where nothing nearer is asked."""
TOPICS: dict[str, Sense] = {"dialogue": "people", "procedure_rights": "complaint", "workplace": "workplace"}
_SAID: dict[Sense, str] = {
    "complaint": r"khieu nai|khieu kien|xac minh|don cua|don thu|vu viec|giai quyet don|nguoi bi kien|luat su",
    "workplace": (
        r"cong ty|xuong|nha may|doanh nghiep|nguoi lao dong|lao dong|cong nhan|cong doan|giam doc|ong chu|noi lam viec|"
        r"cho lam|luong|phu cap|nhan su|sep|co quan|vien chuc|cua hang|tap doan|hop tac xa"
    ),
    "people": (
        r"xa|phuong|thi tran|dan|nhan dan|ba con|chu tich|bi thu|lanh dao|thon|(?<!bien )(?<!van )ban|"
        r"ap|xom|to dan pho|hoi nghi|cu tri|mat tran|uy ban|ubnd|chinh quyen|hoi truong|can bo|dac khu"
    ),
}
_WHOLE = re.compile(r"\b(la gi|nghia la|la sao|may loai|loai nao|cac loai|khac (nhau|gi)|phan biet|ba kieu)\b")
"""Asks about all of them."""


def is_dialogue(said: Sequence[str]) -> bool:
    """Whether folded syllables speak of a dialogue."""
    return "doi thoai" in " ".join(said)


def sense(said: Sequence[str], topic_before: str | None = None) -> Sense | None:
    """Which dialogue is meant, by the words, else by what the talk was about; None where that is unclear."""
    line = " ".join(said)
    for meant, words in _SAID.items():
        if re.search(rf"\b({words})\b", line):
            return meant
    return TOPICS.get(topic_before or "")


def is_unclear(said: Sequence[str], topic_before: str | None = None) -> bool:
    """Whether one of the dialogues is asked about and nothing tells which."""
    whole = len(said) <= 2 or _WHOLE.search(" ".join(said))
    return is_dialogue(said) and not whole and sense(said, topic_before) is None
