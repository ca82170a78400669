"""Abusive words, masked where others read them; what was written stays, and is never a reason to drop the matter.

Without accents most of them are the commonest words there are (“lợn”, “buổi”, “các”, “đi”): a word is masked as it
is written with its accents, without them only in phrases that mean nothing else. Standard library only.
"""

import re
from collections.abc import Callable

_WRITTEN = (
    "địt|đụ má|đụ mẹ|đéo|lồn|cặc|buồi|con đĩ|đồ đĩ|mất dạy|khốn nạn|khốn kiếp|chó đẻ|óc chó|ngu xuẩn|ngu như bò|"
    "ngu như chó|vô học|súc sinh|súc vật|thằng chó|đồ chó|lũ chó|bọn chó|thằng ngu|đồ ngu|con ngu|lũ ngu|bọn ngu|"
    "thằng khốn|con mẹ mày|mẹ mày|bố mày|mả mẹ|tổ sư mày|tiên sư mày|đm|đmm|đcm|đkm"
)
_BARE = (
    "dit me|dit con me|dit cu|du ma may|deo me|khon nan|khon kiep|con me may|vai ca lon|dkm|dcm|dmm|dcmm|vcl|vkl|clgt|"
    "cmnr"
)
"""Folded: these mean nothing else however they are typed."""
_SPARED = ("hạt óc chó", "cây óc chó", "quả óc chó", "dầu óc chó")
"""Walnuts."""
_WRITTEN_PATTERN = re.compile(rf"(?<!\w)(?:{_WRITTEN})(?!\w)", re.IGNORECASE)
_BARE_PATTERN = re.compile(rf"(?<!\w)(?:{_BARE})(?!\w)")


def softened(text: str, fold: Callable[[str], str]) -> str:
    """The text (NFC) with dots for all but the first letters of abusive words: “đ…”; ``fold`` keeps the length."""
    spared = [m.span() for words in _SPARED for m in re.finditer(words, text, re.IGNORECASE)]
    found = [m.span() for m in _WRITTEN_PATTERN.finditer(text)] + [m.span() for m in _BARE_PATTERN.finditer(fold(text))]
    for start, end in sorted(_outermost(found), reverse=True):
        if not any(a <= start and end <= b for a, b in spared):
            text = text[:start] + re.sub(r"\w+", lambda word: word[0][0] + "…", text[start:end]) + text[end:]
    return text


def _outermost(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without those that another one holds or begins before."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
