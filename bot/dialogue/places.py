"""Communes and villages in a message: “xã X”, “bản Y”, “tổ dân phố 3”, and names that are known.

Residents type without capitals and diacritics, so “ban hon” may be a village and “ban hanh” is not. A name after a kind
of place counts when it is known, capitalised, a number, or follows “ở, tại, thuộc, về”; it ends before the first
word that names do not hold.
"""

import re
from typing import Iterable, Iterator, Optional

from bot.dialogue.loose import loose, lowered
from bot.language import nfc

Span = tuple[int, int]

_KINDS = loose("xã|phường|đặc khu|thị trấn|thôn|bản|ấp|xóm|buôn|làng|khu phố|khu|tổ dân phố|tổ|phum|sóc|tdp|kp|p|x")
_NUMBERED_ONLY = loose("tổ|khu|p|x|kp|tdp|khu phố|tổ dân phố")
_BEFORE = re.compile(loose("ở|tại|thuộc|về|bên|quê").pattern + r"\s+$")
_NUMBER = re.compile(r"\s+(?:số\s+|so\s+)?([0-9]{1,3}[a-z]?|[ivx]{1,4})(?!\w)")
_NAME_WORD = re.compile(r"[\s]+([^\W_]+)")
_NOT_IN_NAMES = loose(
    "có|bị|ở|thì|là|đã|đang|sẽ|không|chưa|cho|và|với|đến|từ|này|tôi|nhờ|xin|hỏi|làm|gì|nào|phải|được|của|mà|hỏng|hư|bao|mới|khi|những"
    "|người|dân|cán|bộ|chủ|tịch|tỉnh|huyện|xã|phường|thôn|bản|ấp|xóm|mình|em|anh|chị|bà|ông|cháu|con|ạ|nhé|nha|rồi|nữa|thế|sao"
    "|vẫn|cũng|hay|hoặc|để|đi|về|ra|vào|lên|xuống|trên|dưới|trong|ngoài|tại|thuộc|công|ủy|ban|nhân|trưởng|phó|bí|gặp|thăm|chơi|quản|lý|kêu|báo|xem|nói|trình|nộp|lấy|xác|chứng|giải"
    "|đường|cầu|cống|điện|nước|nhà|đất|rác|trường|trạm|chợ|mương|kênh|ta|các|mấy|toàn|cả|nhiều|lắm|quá|bây|giờ|hôm|ngày|mai|tuần|tháng"
    "|năm|lúc|trước|sau|hành|bạc|đầu|thu|chi|tiền|nên|nếu|vì|do|bằng|theo|về|họp|bầu|chia|sáp|nhập|cấp|khác|kia|ấy|đó|đây|k|ko|dc"
)

_MOST_OFTEN_NAMES = {"muong", "nam"}
"""Stripped “Mường” and “Nậm”, “Nam”, though “mương” and “năm” end a name."""
_TIME = re.compile(r"\s+(?:nay|ngoai|nao|sau|toi|truoc|roi|qua|thang|ngay|[0-9])(?!\w)")


class PlaceNames:
    """The rules, knowing the names of some places (a lookup table; it may be empty)."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = sorted({nfc(name).strip() for name in names if name.strip()}, key=lambda name: (-len(name), name))
        self._known = loose("|".join(_escaped(name) for name in self.names)) if self.names else None
        bare = sorted({_without_kind(name) for name in self.names} - {""}, key=lambda name: (-len(name), name))
        self._bare = loose("|".join(_escaped(name) for name in bare)) if bare else None

    def spans(self, typed: str, low: str) -> list[Span]:
        """Spans of places in the NFC text (``low``: in lower case); neighbours, “bản Hon, xã Y”, are one span."""
        found = [m.span() for m in self._known.finditer(low)] if self._known else []
        found += [(kind.start(), end) for kind in _KINDS.finditer(low) if (end := self._end(kind, typed, low))]
        return list(_joined(sorted(_longest(found)), typed))

    def _end(self, kind: "re.Match[str]", typed: str, low: str) -> Optional[int]:
        if number := _NUMBER.match(low, kind.end()):
            return number.end()
        if _NUMBERED_ONLY.fullmatch(kind.group()):
            return None
        if known := self._bare and self._bare.match(low, _skip_spaces(low, kind.end())):
            return known.end()
        words = list(_name_words(typed, low, kind.end()))
        capitals = _leading_capitals(words)
        if capitals:
            return capitals[-1].end(1)
        if words and _BEFORE.search(low[: kind.start()]):
            return words[:2][-1].end(1)
        return None


def _name_words(typed: str, low: str, at: int) -> Iterator["re.Match[str]"]:
    for _ in range(4):
        word = _NAME_WORD.match(typed, at)
        if not word or (_ends_name(low, word.span(1)) and not word[1][0].isupper()):
            return
        yield word
        at = word.end()


def _ends_name(low: str, span: Span) -> bool:
    word = low[span[0] : span[1]]
    if word in _MOST_OFTEN_NAMES and not _TIME.match(low, span[1]):
        return False
    return bool(_NOT_IN_NAMES.fullmatch(word))


def _leading_capitals(words: "list[re.Match[str]]") -> "list[re.Match[str]]":
    leading = []
    for word in words:
        if not word[1][0].isupper():
            break
        leading.append(word)
    return leading


def _longest(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
        if all(end <= other[0] or start >= other[1] for other in kept):
            kept.append((start, end))
    return kept


def _joined(spans: list[Span], typed: str) -> Iterator[Span]:
    current: Optional[Span] = None
    for span in spans:
        if current and re.fullmatch(r"\s*[,;–-]?\s*", typed[current[1] : span[0]]):
            current = (current[0], span[1])
            continue
        if current:
            yield current
        current = span
    if current:
        yield current


def _escaped(name: str) -> str:
    return re.sub(r"[^\w\s]", lambda sign: "\\" + sign.group(), lowered(name))


def _without_kind(name: str) -> str:
    low = lowered(name)
    kind = _KINDS.match(low)
    return name[kind.end() :].strip() if kind else name


def _skip_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
