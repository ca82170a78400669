"""Whether a question is about the text of a village's convention or about the law on conventions; no database."""

import re

from bot.language import fold, syllables
from knowledge_base.conventions.kinds import kinds_in

_NAMES = (
    "quy uoc",
    "huong uoc",
    "le ban",
    "le lang",
    "le thon",
    "luat ban",
    "luat tuc",
    "noi quy ban",
    "quy dinh cua ban",
)
_VILLAGE = r"(?:ban|thon|to|to dan pho|tdp|xom|ap|lang|buon|khu)"
_OWN = re.compile(
    rf"\b{_VILLAGE} (?:(?:cua )?(?:toi|minh|ta|tui|em|con|nha|chung toi|chung minh|tao|bac|ong|day|nay|o day))\b"
    r"|\b(?:o|cua) ban\b|\bban co (?:phat|cam)\b"
)
_LAW = re.compile(
    r"\b(?:bao nhieu (?:ho|phan tram|nguoi|ngay)|may (?:ho|phan tram|ngay)|qua nua|hai phan ba|soan|du thao|niem yet"
    r"|ho so|mau so|thu tuc|sua|bo sung|bai bo|huy bo|trai luat|trai phap luat|dung (?:phap )?luat|dung quy dinh"
    r"|co quyen|duoc phep|co duoc (?:quy dinh|dat|phat|cam|ghi|bat|han che)|duoc (?:quy dinh|ghi) (?:nhung )?gi"
    r"|nghi dinh|phap luat|theo luat|ai ky|chu ky|dong dau|dich ra|dich sang|hieu luc|phe duyet"
    r"|(?:huong|quy) uoc la gi|khac (?:gi )?nhau|khac gi|xay dung|lam moi|lap quy uoc|lap huong uoc|de xuat|de nghi"
    r"|khieu nai|khong (?:duoc )?cong nhan|xin cong nhan|(?:huyen|xa) hay (?:xa|huyen)|ai lam ra|lam the nao de)\b"
)
_FINE_RIGHT = re.compile(r"\bphat\b.*\b(?:\d\S*|tram|nghin|ngan|trieu|tien|k)\b.*\bdung\b")
_WHEN_MADE = re.compile(
    r"\bcong nhan (?:ngay|khi|hom|luc|nam)|ai cong nhan|thong qua (?:ngay|khi|hom|luc|nam)|phien ban\b"
)
_ONE_THING = re.compile(r"\b(?:co|duoc|bi) (?:cam|phat|bat|cho|duoc|phai|noi)\b|\bve (?:chuyen|viec)\b|\bphat\b")
_FOLLOWS = re.compile(
    r"^(?:the|vay|thi|con|the con|vay con|the thi)\b|\bthi sao\b|\bthi the nao\b|\b(?:thi )?sao\s*\??$"
)
_SHORT = 10


def names_convention(words: str) -> bool:
    """Whether a convention is spoken of: quy ước, hương ước, lệ bản …"""
    said = f" {' '.join(syllables(words))} "
    return any(f" {name} " in said for name in _NAMES)


def own_village(words: str) -> bool:
    """Whether the speaker means where they live: “bản tôi”, “thôn mình”, “ở bản”."""
    return bool(_OWN.search(fold(words)))


def asks_law(words: str) -> bool:
    """Whether the rules on making, recognising or limiting conventions are asked for, not what one of them says."""
    said = fold(words)
    return not _WHEN_MADE.search(said) and bool(_LAW.search(said) or _FINE_RIGHT.search(said))


def tells_of_the_making(words: str) -> bool:
    """A story about a convention that names no matter of its text: how it came to be or whether it counts is asked."""
    return len(syllables(words)) > _SHORT and not kinds_in(words)


def follows_up(words: str) -> bool:
    """Whether this only makes sense after something: “thế còn đám ma thì sao”."""
    return len(syllables(words)) <= _SHORT and bool(_FOLLOWS.search(fold(words).strip()))


def asks_one_thing(words: str) -> bool:
    """Whether one matter is asked for, “có cấm bắn chim không”, and not the whole text."""
    return bool(_ONE_THING.search(fold(words)))
