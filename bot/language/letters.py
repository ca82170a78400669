"""Letters typed for others that sound alike: “fường”, “wá”, “zân”, “jấy”, “khôg”, “đượk”."""

from collections.abc import Iterator

_INITIALS = (
    ("fh", "ph"), ("f", "ph"), ("w", "qu"), ("dz", "d"), ("z", "d"), ("z", "gi"), ("z", "v"), ("j", "gi"), ("j", "ch"),
    ("ngk", "ng"), ("kw", "qu"), ("q", "qu"), ("k", "kh"), ("c", "ch"),
)  # fmt: skip
_FINALS = (("g", "ng"), ("k", "ch"), ("k", "c"), ("p", "p"), ("nk", "nh"), ("f", "p"))
_MIDDLES = (("j", "i"), ("0", "o"), ("w", "ư"))


def standard_spellings(word: str) -> Iterator[str]:
    """What the lower-case word may stand for, likeliest first; not all of it is a word."""
    for typed, meant in _INITIALS:
        if word.startswith(typed):
            yield meant + word[len(typed) :]
            yield from _endings(meant + word[len(typed) :])
    yield from _endings(word)
    for typed, meant in _MIDDLES:
        if typed in word[1:]:
            yield word[0] + word[1:].replace(typed, meant)


def _endings(word: str) -> Iterator[str]:
    for typed, meant in _FINALS:
        if word.endswith(typed) and not word.endswith("n" + typed):
            yield word[: -len(typed)] + meant
