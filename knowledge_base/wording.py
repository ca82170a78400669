"""What an answer's words claim: quantities, articles, document numbers; and whether Vietnamese lost its marks."""

import re
from dataclasses import dataclass

from bot.language import fold, nfc

_DOCUMENT = re.compile(r"\b\d+(?:/\d{4}(?:/[A-ZĐ][\w-]*)?|[-/][A-ZĐ][\w-]*(?:[-/][A-ZĐ]\w*)*)")
_DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_PLACE = re.compile(r"\b(điều|khoản)\s+(\d+[a-z]?(?:(?:\s*(?:,|–|-|và)\s*)\d+[a-z]?)*)\b", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)\s*[–-]\s*(\d+)")
_NUMBERING = re.compile(r"(?m)^\s*\d+[.)]\s|\(\d+\)")
_UNITS = "ngày làm việc|ngày|tháng|năm|giờ|lần|phút|phần trăm|%|triệu|nghìn|đồng|tuổi|người|hộ|nhóm|cách"
_QUANTITY = re.compile(rf"(?<![\w/.,])(\d+(?:[.,/]\d+)*)(?:\s*(?=({_UNITS})(?!\w)))?", re.IGNORECASE)
_DIGITS = {w: n for n, w in enumerate(("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"))}
_ONES = _DIGITS | {"mốt": 1, "tư": 4, "lăm": 5}
_SPELLED = re.compile(
    rf"\b((?:(?:{'|'.join(_DIGITS)})\s+mươi(?:\s+(?:{'|'.join(_ONES)}))?)"
    rf"|mười(?:\s+(?:{'|'.join(_ONES)}))?|hai|ba|bốn|năm|sáu|bảy|tám|chín)\s+"
    r"(?=(ngày làm việc|ngày|tháng|năm|giờ|lần|phần trăm|tuổi)\b)",
    re.IGNORECASE,
)
_MARKED = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written without leading zeros, and the unit after it, if any."""

    number: str
    unit: str | None

    def __str__(self) -> str:
        return f"{self.number} {self.unit}" if self.unit else self.number


def documents(text: str) -> set[str]:
    """Document numbers: “10/2022/QH15”, “154/2026”, “11-QĐi/TW”."""
    return {found for found in _DOCUMENT.findall(_DATE.sub(" ", text)) if re.search(r"[A-ZĐ]|/\d{4}", found)}


def places(text: str, name: str) -> set[str]:
    """Numbers after “Điều” or “khoản”, ranges spelled out: “Điều 22–24, 30” → 22, 23, 24, 30."""
    return {n for kind, listed in _PLACE.findall(nfc(text)) if kind.lower() == name for n in numbers_of(listed)}


def numbers_of(listed: str | None) -> set[str]:
    """The numbers of a list as citations write it: “1, 2”, “22–24”, “2 đoạn 2”."""
    between = {str(n) for a, b in _RANGE.findall(listed or "") for n in range(int(a), int(b) + 1)}
    return between | set(re.findall(r"\d+[a-z]?\b", listed or ""))


def dates(text: str) -> set[str]:
    """Full dates without leading zeros: “01/7/2026” → 1/7/2026."""
    return {"/".join(str(int(part)) for part in found) for found in _DATE.findall(text)}


def quantities(text: str) -> set[Quantity]:
    """Every other number with its unit; numbers written in words only before a unit of time or share."""
    rest = nfc(text)
    for pattern in (_DATE, _DOCUMENT, _PLACE, _NUMBERING):
        rest = pattern.sub(" ; ", rest)
    digits = {Quantity(_plain(n), unit.lower() or None) for n, unit in _QUANTITY.findall(rest)}
    return digits | {Quantity(str(_spelled(words)), unit.lower()) for words, unit in _SPELLED.findall(rest)}


def borne_out(claim: Quantity, known: set[Quantity]) -> bool:
    """Whether a fact says the number with the same unit, or one of the two has no unit beside it."""
    units = {q.unit for q in known if q.number == claim.number}
    return claim.unit in units or None in units or (bool(units) and claim.unit is None)


def lacks_marks(text: str) -> bool:
    """Whether a sentence of six words or more looks typed without Vietnamese marks."""
    sentences = (re.findall(r"[^\W\d]+", sentence) for sentence in re.split(r"[.;:!?\n]", nfc(text)))
    return any(len(words) >= 6 and _marked(words) < 0.25 for words in sentences)


def same_question(way: str) -> frozenset[str]:
    """What is left of a way of asking without order, marks and words of politeness."""
    polite = {"a", "oi", "vay", "the", "nhi", "ha", "xin", "hoi", "cho", "toi", "minh", "em", "voi", "thi", "nhe"}
    return frozenset(re.findall(r"\w+", fold(way))) - polite


def _marked(words: list[str]) -> float:
    return sum(bool(_MARKED.search(word)) for word in words) / len(words)


def _plain(number: str) -> str:
    return re.sub(r"\b0+(?=\d)", "", number) if "/" in number else number.lstrip("0") or "0"


def _spelled(words: str) -> int:
    """“mười lăm” → 15, “hai mươi” → 20, “hai” → 2."""
    parts = words.lower().split()
    if "mươi" in parts:
        return 10 * _DIGITS[parts[0]] + (_ONES[parts[2]] if len(parts) > 2 else 0)
    return 10 + (_ONES[parts[1]] if len(parts) > 1 else 0) if parts[0] == "mười" else _DIGITS[parts[0]]
