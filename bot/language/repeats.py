"""Letters held down: “khôngggg”, “ơiiii”, “ááá” become “không”, “ơi”, “á”."""

import re

from bot.language.tones import parts, toneless

_RUN = re.compile(r"(?P<letter>[^\W\d_])(?P=letter)+")


def squeezed(word: str) -> str:
    """The lower-case word with each run of one letter as a single one, its first marked form kept.

    A pair is let be where that makes no syllable (“google”), in “app” and “xoong”, and as “ưu” typed bare. “dd” is đ.
    """
    if word.startswith("dd") and not word.startswith("ddd"):
        word = "đ" + word[2:]
    plain = "".join(toneless(letter)[0] for letter in word)
    runs = [match.span() for match in _RUN.finditer(plain)]
    if not runs:
        return word
    single = "".join(_single(word, plain, index, runs) for index in range(len(word)))
    longest = max(end - start for start, end in runs)
    return single if longest > 2 or (parts(toneless(single)[0]) and not _meant(word)) else word


def _single(word: str, plain: str, index: int, runs: list[tuple[int, int]]) -> str:
    for start, end in runs:
        if start <= index < end:
            marked = next((i for i in range(start, end) if word[i] != plain[i]), start)
            return word[index] if index == marked else ""
    return word[index]


def _meant(word: str) -> bool:
    return re.search("oo(?:ng|c)$|uu$|pp", toneless(word)[0]) is not None
