"""Days and weeks as residents say them; the value stays as typed, a service works out the day."""

from bot.dialogue.loose import loose

_THIS = "(?:nay|này|sau|trước|tới|rồi|qua|vừa rồi)"
_NUMBER = "(?:[0-9]{1,2}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
_PART = "(?:sáng|trưa|chiều|tối|đêm)"
_WEEKDAY = "(?:thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)|chủ nhật|cn)"
_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH = "(?:0?[1-9]|1[0-2])"
_YEAR = "(?:19|20)[0-9]{2}"
_PATTERNS = [
    rf"(?:{_PART} )?{_WEEKDAY}(?: tuần {_THIS})?(?: ngày {_DAY}[/.-]{_MONTH}(?:[/.-]{_YEAR})?)?",
    rf"(?:{_PART} )?(?:hôm nay|hôm qua|hôm kia|ngày mai|ngày kia|hôm trước|bữa nay|bữa trước)",
    rf"{_PART} (?:mai|nay|qua|kia)",
    rf"ngày {_DAY}[/.-]{_MONTH}(?:[/.-](?:{_YEAR}|[0-9]{{2}}))?",
    rf"{_DAY}/{_MONTH}(?:/{_YEAR})?|{_DAY}[.-]{_MONTH}[.-]{_YEAR}",
    rf"(?:ngày|mùng|mồng) {_DAY}(?: tháng {_MONTH})?(?: năm {_YEAR})?",
    rf"tháng {_MONTH}(?:(?: năm |/){_YEAR})?",
    rf"(?:(?:đầu|giữa|cuối) )?(?:tuần|tháng|năm) {_THIS}",
    r"năm ngoái",
    r"(?:đầu|giữa|cuối) (?:tuần|tháng|năm)",
    rf"{_NUMBER} (?:ngày|tuần|tháng|năm) (?:trước|qua|nay|rồi|nữa)",
    r"quý (?:[1-4]|một|hai|ba|tư)(?: năm [0-9]{4})?",
    r"mai",
]

DATE = loose("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
"""Longer phrases come first: “sáng thứ 6 tuần sau” is one date."""
