"""Sums of money as residents say them: “50k”, “1tr5”, “hai triệu rưỡi”, “năm chục”; the value is in đồng."""

import re
from typing import Iterator, Optional, Tuple

from bot.dialogue.loose import loose
from bot.language import fold

_DIGITS = "[0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]+(?:[.,][0-9]+)?"
_WORDS = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|mốt|lăm|trăm|chục|vài|mấy"
_UNIT = "nghìn|ngàn|triệu|tỷ|tỉ|chục|trăm|đồng|lít|xị"
_SHORT = "k|tr|trđ|đ|d|vnđ|vnd|ng|ngđ"
_TAIL = r"(?: (?:rưỡi|đồng|nghìn|ngàn|triệu))*"
_SUM = loose(
    rf"(?:{_DIGITS})\s?(?:{_SHORT})[0-9]*(?: đồng)?|(?:{_DIGITS}) (?:{_UNIT}){_TAIL}"
    rf"|(?:(?:{_WORDS}) )+(?:{_UNIT}){_TAIL}(?: (?:{_WORDS}|nghìn|ngàn)(?= (?:nghìn|ngàn|đồng)))*"
    rf"|[0-9]{{1,3}}(?:[.,]000)+"
)
_NO_SUM_BEFORE = loose(
    "hộ|người|nhà|dân|cây|con|cân|ki lô|kg|bao|phần trăm|mét|m|ngày|năm|tuổi|phiếu|thôn|bản|khẩu|ý|chí|bào"
    "|thuận|tình|tập|lệ|vụ|danh|y tế|bơm|biến|kiểm|quả|bước|lần|câu|việc|trang|tờ|bộ|cái|chữ|gia|hội|nóc|đảng|cán"
)
_SCALES = {"k": 1_000, "ng": 1_000, "ngd": 1_000, "nghin": 1_000, "ngan": 1_000, "tr": 10**6, "trd": 10**6,
           "trieu": 10**6, "ty": 10**9, "ti": 10**9}  # fmt: skip
_ONES = dict(zip("mot hai ba bon nam sau bay tam chin muoi lam".split(), [*range(1, 11), 5], strict=True))
_NUMBERS = re.compile(r"([0-9][0-9.,]*)|([a-z]+)")


def sums(low: str) -> Iterator[Tuple[int, int, str]]:
    """Start, end and the value in đồng (as typed where no number is said) of each sum in lower-case NFC text."""
    for found in _SUM.finditer(low):
        if not _counts_something_else(low, found.end()):
            value = _dong(fold(found.group()))
            yield found.start(), found.end(), str(value) if value else found.group()


def _counts_something_else(low: str, end: int) -> bool:
    """“năm chục hộ”, “20 đồng ý”; “300 nghìn một khẩu” is a sum all the same."""
    rest = low[end:].lstrip(" ")
    return bool(_NO_SUM_BEFORE.match(rest)) and not re.match(r"(?:m[oỗộ]t|1)\b", fold(rest))


def _dong(said: str) -> Optional[int]:
    """“1tr5” is 1 500 000; “nam chuc” alone means thousands; None where no number is said."""
    total, hundreds, number, scale, half = 0.0, 0.0, 0.0, 1, False
    for digits, word in _NUMBERS.findall(said):
        if digits:
            following = _plain(digits)
            total, number = (total + following * scale / 10, 0) if total else (total, following)
        elif word in _SCALES:
            scale = _SCALES[word]
            total, hundreds, number = total + (hundreds + number or 1) * scale, 0, 0
        elif word == "tram":
            hundreds, number = (number or 1) * 100, 0
        elif word in ("chuc", "muoi") and number:
            number *= 10
        elif word in _ONES:
            number += _ONES[word]
        half = half or word == "ruoi"
    rest = hundreds + number
    thousands = not total and rest < 1_000 and "dong" not in said and not said.endswith("d")
    return round(total + rest * (1_000 if thousands else 1) + (scale / 2 if half else 0)) or None


def _plain(digits: str) -> float:
    """“1.500.000” has thousands, “1,5” a fraction."""
    digits = digits.rstrip(".,")
    if re.fullmatch(r"[0-9]{1,3}(?:[.,][0-9]{3})+", digits):
        return float(re.sub("[.,]", "", digits))
    return float(digits.replace(",", "."))
