"""What typed words say about sealed ones: that they are a denunciation, a report, a question, or nothing."""

from collections.abc import Callable

_YES = frozenset(
    "dung|dung roi|dung the|phai|phai roi|u|uh|vang|da|da dung|dung la to cao|dung, la to cao|la to cao|to cao".split(
        "|"
    )
)
_NO = frozenset("khong|khong phai|khong a|khong dau|da khong|da khong phai".split("|"))
_NO_PHRASES = "khong phai to cao|khong to cao|chi phan anh|la phan anh|chi gop y|phan anh thoi|khong to ai".split("|")
LONGEST_REMARK = 8
"""Words; what is longer tells of something else."""
_ASKED_PHRASES = "chi hoi|hoi thoi|hoi cho biet|la cau hoi|toi hoi ma".split("|")


def reading(words: str, fold: Callable[[str], str]) -> str | None:
    """``confirm_denunciation``, ``deny_denunciation``, ``only_asking`` or None."""
    folded = fold(words).strip(" .,!?")
    if len(folded.split()) <= LONGEST_REMARK and any(phrase in folded for phrase in _ASKED_PHRASES):
        return "only_asking"
    if folded in _NO or any(phrase in folded for phrase in _NO_PHRASES):
        return "deny_denunciation"
    return "confirm_denunciation" if folded in _YES else None
