"""What may tell who somebody is, taken out of words that are kept for learning: names, addresses, numbers, e-mails.

Rules only, and rather too much than too little: a name in a question is of no use to an answer.
"""

import re
from collections.abc import Callable, Iterable

NAME, ADDRESS, NUMBER, EMAIL, LINK, BIRTH, PLACE = (
    "[tên]", "[địa chỉ]", "[số]", "[e-mail]", "[liên kết]", "[ngày sinh]", "[nơi]",
)  # fmt: skip
MASKS = (NAME, ADDRESS, NUMBER, EMAIL, LINK, BIRTH, PLACE)

_CAPITAL = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAMED = rf"[{_CAPITAL}]\w*"
_OFFICE = r"(?!(?:UBND|HĐND|MTTQ|Chủ|Bí|Phó|Trưởng|Cán|Công|Giám|Ủy|Uỷ|Hội|Mặt|Ban|Sở|Phòng|Xã|Phường|Thôn|Bản|Tổ)\b)"
_BEFORE_NAMES = (
    "ông|bà|anh|chị|em|cô|chú|bác|cháu|dì|cậu|mợ|thím|thầy|cụ|đồng chí|đ/c|tên|tên là|tôi là|em là|cháu là|mình là|"
    "chủ tịch|bí thư|trưởng bản|trưởng thôn|trưởng xóm|tổ trưởng|cán bộ|công chức|con trai|con gái|vợ|chồng"
)
_SURNAMES = (
    "nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|giàng|lò|vàng|sùng|thào|mùa|tẩn|chẻo|"
    "tráng|hảng|hạng|cứ|hà|quàng|lù|tòng|cà|điêu|khoàng|mã|vi|lương|cao|mai|lưu|triệu|nông|bế|đàm|chu|quách|lục|má"
)
_BARE_SURNAMES = "nguyen|tran|pham|hoang|huynh|dang|giang|vang|sung|thao|mua|tan|cheo|quang|trieu|nong|ly|lo|luong"
_FULL_NAME = (
    rf"\b(?:(?:{_SURNAMES})\s+(?:văn|thị|a)|(?:{_BARE_SURNAMES}|le|phan|vu|bui|do|ho|ha)\s+van|(?:{_BARE_SURNAMES})\s+thi)"
    r"\s+\w+(?:\s+\w+(?=\s*(?:[,.;:!?]|$)))?"
)
"""In small letters, with marks or without, by the words that stand in the middle of most names."""
_GIVEN = (
    "tuấn|hùng|dũng|cường|thắng|hoàng|huy|khánh|khoa|kiên|lâm|phúc|quân|quang|sơn|thành|thịnh|toàn|trung|tùng|việt|vinh|"
    "páo|chử|sử|dế|dính|pá|tủa|chớ|mỷ|dợ|ngọc|lan|hồng|huệ|hằng|hạnh|liên|linh|loan|mai|nga|nhung|oanh|phượng|thảo|thủy|"
    "thúy|trang|tuyết|vân|yến|xuân"
)
_NUMBERED = r"(?:số\s+nhà|nhà\s+số|số)\s*\d+\w*(?![/\w])|(?:ngõ|ngách|hẻm|kiệt|hẽm)\s*(?:số\s*)?\d+[\w/]*"
_STREET = rf"(?:(?:đường|phố)\s+{_NAMED}(?:\s+{_NAMED}){{0,3}}|(?:quốc lộ|tỉnh lộ)\s+\d+\w*)"
_HAMLET = r"thôn|bản|xóm|ấp|buôn|làng|phum|sóc|tổ dân phố|tổ|khu phố|khu|xã|phường|thị trấn|huyện"

_BIRTHDAY = r"(?i:\bsinh\s+(?:ngày|năm)?\s*)\d[\d/.\- ]*\d"
_MONEY = r"(?:đồng|đ|k|tr|vnđ|vnd|triệu|nghìn|tỷ)\b"
_SIX_DIGITS = rf"(?<![\w/.,])\+?\d(?:[ .\-]?\d){{5,}}(?![\w/]|\s*{_MONEY})"
"""However they are spaced; a sum of money tells nothing of its owner."""
_MIXED = (
    rf"(?<![\w/.-])(?!\d+{_MONEY})(?=[\w.-]*[A-Za-zĐđ])(?=(?:[\w.-]*?\d){{4}})"
    r"[A-Za-zĐđ\d][\w.-]*\w(?![\w/])"
)
"""Letters and digits: a number plate, a case, an insurance card; never the number of a document."""
_AT_HOME = rf"(?i:\b(?:{_NUMBERED}))(?:,?\s+(?i:{_NUMBERED}))*(?:,?\s+(?i:đường|phố)?\s*{_NAMED}(?:\s+{_NAMED})*)?"
_COUNTED = "(?:hộ|nóc|nhà|người|dân|%|phần|cây|km|năm|ngày|tháng)"
_AT_PLACE = rf"\b((?i:{_HAMLET}))\s+{_OFFICE}(?:{_NAMED}(?:\s+{_NAMED}){{0,3}}|\d+\b(?!\s*{_COUNTED}))"
_CALLED = rf"\b((?i:{_BEFORE_NAMES}))\s+{_OFFICE}{_NAMED}(?:\s+{_NAMED}){{0,3}}"
_CALLED_IN_SMALL_LETTERS = rf"\b((?i:ông|bà|anh|chị|em|cô|chú|thầy))\s+(?:{_GIVEN})\b(?!\s+(?:với|ước|bản))"
_OWN_NAME = (
    r"(?<!đặt )(?<!gọi )(?<!ghi )(?<!nêu )"
    r"\b((?i:(?:họ )?tên (?:tôi|em|cháu|mình|tui|là|tôi là|em là)(?: là)?))\s+\w+(?:\s+\w+){1,3}"
)
_RULES = tuple(
    (re.compile(pattern, flags), mask)
    for pattern, mask, flags in (
        (r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+", EMAIL, re.NOFLAG),
        (r"(?:https?://|www\.)\S+|\b(?:facebook|fb|zalo)\.(?:com|me)/\S+", LINK, re.IGNORECASE),
        (_BIRTHDAY, f"sinh {BIRTH}", re.NOFLAG),
        (_SIX_DIGITS, NUMBER, re.IGNORECASE),
        (_MIXED, NUMBER, re.NOFLAG),
        (_AT_HOME, ADDRESS, re.NOFLAG),
        (_STREET, ADDRESS, re.NOFLAG),
        (_AT_PLACE, rf"\1 {PLACE}", re.NOFLAG),
        (_CALLED, rf"\1 {NAME}", re.NOFLAG),
        (_CALLED_IN_SMALL_LETTERS, rf"\1 {NAME}", re.NOFLAG),
        (_OWN_NAME, rf"\1 {NAME}", re.NOFLAG),
    )
)
_NAME_IN_SMALL_LETTERS = re.compile(_FULL_NAME)
_CAPITAL_NAME = re.compile(rf"{_NAMED}(?:\s+{_NAMED}){{1,3}}")
_MANY_MASKS = re.compile(r"(\[[^\]]+\])(?:[\s,]+\1)+")


def masked(text: str, fold: Callable[[str], str], places: Iterable[str] = ()) -> str:
    """The text (NFC) with a mask in place of all that may tell who is meant.

    ``fold`` keeps the length of NFC text. ``places`` are names of places that the text is known to name, without kind.
    """
    for name in places:
        text = _without_place(text, fold, fold(name))
    for pattern, mask in _RULES:
        text = pattern.sub(mask, text)
    text = _CAPITAL_NAME.sub(lambda found: NAME if _is_surname(found[0], fold) else found[0], text)
    text = _replaced(text, _NAME_IN_SMALL_LETTERS, str.lower, NAME)
    return _MANY_MASKS.sub(r"\1", text)


def without_masks(text: str) -> str:
    """The text with its masks left out."""
    for mask in MASKS:
        text = text.replace(mask, " ")
    return re.sub(r"\s+([,.;:!?])", r"\1", " ".join(text.split()))


def _is_surname(name: str, fold: Callable[[str], str]) -> bool:
    first = name.split()[0].lower()
    known = fold(_SURNAMES) if first == fold(first) else _SURNAMES
    return re.fullmatch(known, first) is not None


def _without_place(text: str, fold: Callable[[str], str], name: str) -> str:
    """A place's name goes where its kind stands before it, in whatever case it was typed."""
    return _replaced(text, re.compile(rf"\b(?:{fold(_HAMLET)}) ({re.escape(name)})\b"), fold, PLACE)


def _replaced(text: str, pattern: re.Pattern[str], fold: Callable[[str], str], mask: str) -> str:
    """What the pattern's group holds in the text once folded, or all of it where it has none, as the mask."""
    for found in reversed(list(pattern.finditer(fold(text)))):
        start, end = found.span(pattern.groups)
        text = f"{text[:start]}{mask}{text[end:]}"
    return text
