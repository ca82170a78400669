"""What typed words say about sealed ones: that they are a denunciation, that they are not, or nothing."""

from collections.abc import Callable

_YES = frozenset(
    "dung|dung roi|dung the|phai|phai roi|u|uh|vang|da|da dung|dung la to cao|dung, la to cao|la to cao|to cao".split(
        "|"
    )
)
_NO = frozenset("khong|khong phai|khong a|khong dau|da khong|da khong phai".split("|"))
_NO_PHRASES = "khong phai to cao|khong to cao|chi phan anh|la phan anh|chi gop y|phan anh thoi|khong to ai".split("|")


def reading(words: str, fold: Callable[[str], str]) -> str | None:
    """``confirm_denunciation``, ``deny_denunciation`` or None."""
    folded = fold(words).strip(" .,!?")
    if folded in _NO or any(phrase in folded for phrase in _NO_PHRASES):
        return "deny_denunciation"
    return "confirm_denunciation" if folded in _YES else None
