"""Days and weeks as residents say them; the value stays as typed, a service works out the day."""

import re
from typing import Iterator, Tuple

from bot.dialogue.loose import loose

_THIS = "(?:nay|này|ni|sau|trước|tới|rồi|qua|vừa rồi|sau nữa)"
_ONE = "(?:một|mốt|hai|ba|bốn|lăm|sáu|bảy|tám|chín)"
_SAID = f"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười(?: {_ONE})?|hai mươi|ba mươi|hăm {_ONE}|giêng|chạp)"
_NUMBER = f"(?:[0-9]{{1,2}}|vài|mấy|{_SAID})"
_PART = "(?:sáng|trưa|chiều|tối|đêm)"
_WEEKDAY = "(?:thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)|t[2-7]|chủ nhật|cn)"
_DAY = f"(?:0?[1-9]|[12][0-9]|3[01]|{_SAID})"
_DIGIT_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
_DIGIT_MONTH = "(?:0?[1-9]|1[0-2])"
_MONTH = f"(?:{_DIGIT_MONTH}|tư|{_SAID})"
_YEAR = "(?:19|20)[0-9]{2}"
_LUNAR = "(?: âm(?: lịch)?| ta| dương(?: lịch)?)"
_OF_MONTH = f"(?: tháng (?:{_MONTH}|{_THIS}))"
_PATTERNS = [
    rf"(?:{_PART} )?{_WEEKDAY}(?: (?:tuần )?{_THIS}| hàng tuần| hằng tuần)?"
    rf"(?:,? (?:ngày )?{_DIGIT_DAY}[/.-]{_DIGIT_MONTH}(?:[/.-]{_YEAR})?"
    rf"|,? (?:ngày|mùng|mồng) {_DAY}{_OF_MONTH}?{_LUNAR}?)?",
    rf"(?:{_PART} )?(?:hôm|bữa|ngày) (?:nay|ni|qua|kia|kìa|trước|mai|mốt)",
    rf"{_PART} (?:mai|nay|qua|kia|mốt)",
    rf"(?:ngày |hôm )?{_DIGIT_DAY}[/.-]{_DIGIT_MONTH}[/.-](?:{_YEAR}|[0-9]{{2}}){_LUNAR}?",
    rf"(?:ngày |hôm ){_DIGIT_DAY}[/.-]{_DIGIT_MONTH}{_LUNAR}?|{_DIGIT_DAY}/{_DIGIT_MONTH}{_LUNAR}?",
    rf"(?:{_PART} )?(?:ngày|mùng|mồng|hôm) {_DAY}(?:{_OF_MONTH}| tết)?{_LUNAR}?(?: năm {_YEAR})?",
    rf"{_DIGIT_DAY} âm(?: lịch)?",
    rf"{_DIGIT_DAY} tháng {_DIGIT_MONTH}{_LUNAR}?(?: năm {_YEAR})?",
    rf"(?:ngày |hôm )?rằm(?:{_OF_MONTH})?",
    rf"(?:(?:đầu|giữa|cuối) )?tháng (?:{_DIGIT_MONTH}|giêng|chạp|mười hai|mười một|mười|tám|chín|bảy|sáu)"
    rf"(?:(?: năm |/){_YEAR})?{_LUNAR}?",
    rf"(?:(?:đầu|giữa|cuối) )?(?:tuần|tháng|năm|quý) {_THIS}",
    r"năm ngoái|cuối tuần|hàng tuần|hằng tuần|hàng tháng|hằng tháng",
    r"(?:đầu|giữa|cuối) (?:tuần|tháng|năm)",
    rf"{_NUMBER} (?:ngày|tuần|tháng|năm|hôm) (?:trước|qua|nay|rồi|nữa|tới)",
    r"quý (?:[1-4]|một|hai|ba|tư)(?: năm [0-9]{4})?",
    r"mai mốt|mai|mốt|nay",
]

DATE = loose("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
"""Longer phrases come first: “sáng thứ 6 tuần sau” is one date."""

_ALONE = {"mai", "mốt", "nay", "thu tu"}
"""The last is also “thư từ” and “thu từ”."""
_OPENS = loose(
    "có|xã|phường|chủ|ctx|pctx|ct|ubnd|ubx|bt|ủy|uỷ|họp|tiếp|bác|tôi|em|cháu|con|cán|ai|bí|trưởng|gặp|lên|mấy|thì|phó|là|không|k|ko|ạ|nhé"
)
_NEVER_AFTER = loose(
    "đợi|chờ|nói|hỏi|tìm|đọc|hiện|đến|lâu|hoài|ngày|tới|khai|một|từ|xưa|trước|mất|kéo|cứ|vẫn|còn|làm|đi|hoa|cành|xem|gọi"
    "|kêu|gửi|thu|đơn"
)
_SINGLE_WORD = re.compile(r"[^\W\d_]+$")


def dates(low: str) -> Iterator[Tuple[int, int]]:
    """Spans of dates in lower-case NFC text; a bare “nay”, “mai” or “mốt” counts only where it opens what is asked."""
    for found in DATE.finditer(low):
        if found.group() in ("mot", "toi nay") and not _meant_stripped(found.group(), low[: found.start()]):
            continue
        if found.group() not in _ALONE or _meant_alone(found.group(), low[: found.start()], low[found.end() :]):
            yield found.span()


def _meant_alone(word: str, before: str, after: str) -> bool:
    last = _SINGLE_WORD.search(before.rstrip())
    if last and _NEVER_AFTER.fullmatch(last.group()):
        return False
    opens = not after.strip(" ?.!,") or bool(_OPENS.match(after.lstrip()))
    return opens and (word in ("mai", "thu tu") or not last)


def _meant_stripped(words: str, before: str) -> bool:
    """“mot” is “một” far more often than “mốt”; “truoc toi nay” is no evening."""
    return words == "toi nay" and not before.rstrip().endswith(("truoc", "den", "tu"))
