"""What words and buttons ask about channels: link, unlink, where notices go, turn a kind of them off or on.

Words count only when nothing else is said, polite ones aside: “đường nối hai bản hỏng” asks nothing of the kind.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

LINK, UNLINK, WHERE, HERE, OFF, ON = "link", "unlink", "notices_where", "notices_here", "notices_off", "notices_on"
JOIN, JOIN_NOT = "link_join", "link_join_not"
INTENTS = frozenset({LINK, UNLINK, WHERE, HERE, OFF, ON, JOIN, JOIN_NOT})
"""What a pressed button may mean here."""


@dataclass(frozen=True)
class Wish:
    """One of ``INTENTS``; of ``OFF`` and ``ON`` the kind of notice, None where it was not said which."""

    intent: str
    kind: str | None = None


_POLITE = frozenset(
    "toi minh em con chau bac a ah oi cho xin nho giup gium voi nhe nha di nua lai muon can ve la".split()
)
_CHANNELS = r"(?: (?:voi|va|qua|sang|tai khoan|cac|kenh|khac|zalo|tele|telegram|web|trang|dien thoai))"
_PATTERNS = (
    (UNLINK, re.compile(rf"(?:bo|huy|go|ngat|xoa|thoi|tach) (?:lien ket|ket noi){_CHANNELS}*")),
    (LINK, re.compile(rf"(?:(?:lay )?ma )?lien ket{_CHANNELS}*|(?:ket noi|noi){_CHANNELS}+")),
    (WHERE, re.compile(r"(?:xem |cac )*kenh (?:da )?lien ket|xem (?:cac )?lien ket|cai dat (?:thong bao|tin bao)")),
    (
        WHERE,
        re.compile(
            r"nhan (?:tin|tin bao|thong bao) (?:o|qua|tren|kenh) (?:dau|nao|kenh nao)|tin bao (?:gui )?(?:o )?dau"
        ),
    ),
    (HERE, re.compile(r"(?:nhan|gui|bao) (?:tin|tin bao|thong bao) (?:o day|tai day|day|kenh nay|o kenh nay)")),
)
_OFF_VERBS = "tat|ngung|dung|thoi|khong nhan|khong gui|ngung nhan|ngung gui|dung nhan|dung gui".split("|")
_ON_VERBS = "bat|mo|nhan".split("|")
_KINDS = {
    "reminder": "nhac lich|nhac hen|nhac lich hen|tin nhac lich|tin nhac lich hen|tin nhac hen|tin nhan nhac lich",
    "case": "tin phieu|tin bao phieu|bao tin phieu|thong bao phieu|tin vu viec",
    "change": "tin doi lich|bao doi lich|tin huy lich|tin doi huy lich hen|bao doi lich hen",
    "warning": "canh bao|tin canh bao",
    "": "thong bao|tin bao|tin nhan bao",
}
_SWITCHES = {
    f"{verb} {words}": Wish(intent, kind or None)
    for intent, verbs in ((OFF, _OFF_VERBS), (ON, _ON_VERBS))
    for verb, (kind, said) in product(verbs, _KINDS.items())
    for words in said.split("|")
} | {words: Wish(OFF, "reminder") for words in ("dung nhac", "thoi nhac", "khong nhac")}
_YES = frozenset("noi|co|dong y|dong y noi|noi hai kenh|dung|dung roi|ok|oke|u|uh|vang|phai|noi luon".split("|"))
_NO = frozenset("khong|khong noi|khong phai|thoi|dung noi|huy".split("|"))


def wish(said: Sequence[str]) -> Wish | None:
    """What folded syllables ask about channels; None where they are about anything else."""
    line = " ".join(word for word in said if word not in _POLITE).removesuffix(" duoc khong")
    if line.startswith("khong "):
        line = line.removesuffix(" dau")
    if line in _SWITCHES:
        return _SWITCHES[line]
    return next((Wish(intent) for intent, pattern in _PATTERNS if pattern.fullmatch(line)), None)


def agreed(said: Sequence[str]) -> Wish | None:
    """What folded syllables answer when asked whether to link."""
    line = " ".join(word for word in said if word not in _POLITE) or " ".join(said)
    if line in _NO:
        return Wish(JOIN_NOT)
    return Wish(JOIN) if line in _YES else None
