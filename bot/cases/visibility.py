"""The three meanings of “anonymous”, asked plainly; the default is that only officials see."""

from collections.abc import Callable

LEVELS = {
    "nobody": "không ai biết bác là ai, kể cả cán bộ",
    "officials": "chỉ cán bộ xử lý thấy cuộc trò chuyện của bác",
    "public": "nội dung có thể công khai cho bà con cùng đọc",
}

_PHRASES = (
    ("nobody", ("khong ai", "an danh", "giau ten", "giau", "ke ca can bo", "khong de lo", "kin", "bi mat")),
    ("officials", ("can bo", "chi xa", "chi ubnd", "khong cong khai", "xa biet", "xa thoi")),
    ("public", ("cong khai", "ai cung", "moi nguoi", "ba con", "dang len", "cho biet het")),
)

_SURE = (("nobody", ("an danh", "khong ai biet", "giau ten")), ("officials", ("chi can bo",)))
"""Phrases that mean nothing else, wherever they are said."""


def named(said: str, fold: Callable[[str], str]) -> str | None:
    """The level somebody names without being asked; “công khai” alone is no such wish: reports are about it."""
    folded = fold(said)
    return next((level for level, phrases in _SURE if any(p in folded for p in phrases)), None)


def read(said: str, fold: Callable[[str], str]) -> str | None:
    """The level somebody names, or its number in the order above; None when unclear."""
    folded = fold(said).strip(" .,!")
    if folded in ("1", "2", "3"):
        return list(LEVELS)[int(folded) - 1]
    return next((level for level, phrases in _PHRASES if any(p in folded for p in phrases)), None)
