"""Whether a picture is an identity card: by the code printed on it, or by what its sender says it is."""

import re
from collections.abc import Callable, Iterable

_CARD_CODE = re.compile(
    r"(?P<number>\d{12})\|(?P<old>\d{9}|\d{12}|)\|(?P<name>[^|\d]{2,80})\|(?P<born>\d{8})\|(?P<sex>[^|]{2,4})\|[^\n]*"
)
"""What the code on a chip card says: number, number of the older card, name, day of birth, sex, home, …"""
_CARD = (
    r"(?:cccd|cmnd|cmt|cmtnd|can cuoc(?: cong dan)?|chung minh(?: nhan dan| thu)?|the can cuoc|ho chieu|"
    r"giay to tuy than|bang lai(?: xe)?|the bhyt|the bao hiem y te)"
)
_OF_ONESELF = (
    r"(?:toi|em|minh|chau|con|cua|day|ay|a|nhe|gui|bac|xin|anh|chi|hinh|chup|mat|truoc|sau|hai|2|the|so|so do|la|va|"
    r"cho|can bo|bot|kem|theo|co|chong|vo|bo|me|nay)"
)
_ONLY_A_CARD = re.compile(rf"^(?:{_OF_ONESELF} )*{_CARD}(?: {_OF_ONESELF}| {_CARD})*$")
LONGEST_CAPTION = 10
"""Syllables: a longer caption tells a story in which a card may occur."""


def on_card(codes: Iterable[str]) -> bool:
    """Whether one of the codes read from a picture is that of an identity card."""
    return any(_CARD_CODE.fullmatch(code.strip()) for code in codes)


def says_so(caption: str | None, fold: Callable[[str], str]) -> bool:
    """Whether the caption says no more than that this is a card: “ảnh căn cước của tôi”, “cccd mặt trước”."""
    words = re.findall(r"\w+", fold(caption or ""))
    return len(words) <= LONGEST_CAPTION and bool(_ONLY_A_CARD.match(" ".join(words)))
