"""Finding known names in what a resident typed, with or without diacritics, with or without the kind of place.

“ban bo” finds “xã Bản Bo”, “bàn bỏ” does not. Without its kind a name counts when it stands alone, after “ở, tại …”, or
carries its own diacritics; a name of one syllable always needs its kind.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from bot.language import fold, nfc

KINDS = {
    "xã": ("xa", "x"),
    "phường": ("phuong", "p"),
    "thị trấn": ("thi tran", "tt"),
    "đặc khu": ("dac khu",),
    "tỉnh": ("tinh",),
    "thành phố": ("thanh pho", "tp"),
    "huyện": ("huyen", "h"),
    "quận": ("quan", "q"),
    "thị xã": ("thi xa", "tx"),
    "thôn": ("thon", "ban"),
    "bản": ("ban", "thon"),
    "tổ dân phố": ("to dan pho", "tdp", "to", "to so", "to dan pho so"),
    "khu phố": ("khu pho", "kp", "khu pho so"),
    **{
        kind: (folded,)
        for kind, folded in zip(
            "ấp xóm buôn làng khu phum sóc".split(), "ap xom buon lang khu phum soc".split(), strict=True
        )
    },
}
"""Each kind as it is said, folded."""

_WORD = re.compile(r"\w+")
_BEFORE = frozenset("o tai thuoc ve ben que trong tu".split())
_KIND_ENDINGS = frozenset(said.split()[-1] for forms in KINDS.values() for said in forms)


@dataclass(frozen=True, slots=True)
class Named[Key: Hashable]:
    """A name to look for, “xã Khun Há”, and what it stands for."""

    key: Key
    label: str


@dataclass(frozen=True, slots=True)
class Found[Key: Hashable]:
    """A name that was said: words ``start`` to ``end`` of the text."""

    key: Key
    start: int
    end: int
    with_kind: bool
    exact: bool
    """Whether it was typed with its own diacritics."""


@dataclass(frozen=True, slots=True)
class _Entry[Key: Hashable]:
    key: Key
    words: tuple[str, ...]
    with_kind: bool


class Finder[Key: Hashable]:
    """Finds names; building it costs once, finding only as much as the text is long."""

    def __init__(self, names: Iterable[Named[Key]]) -> None:
        self._entries: defaultdict[tuple[str, ...], list[_Entry[Key]]] = defaultdict(list)
        for named in names:
            self._add(named)
        self._longest = max(map(len, self._entries), default=0)

    def find(self, said: str) -> list[Found[Key]]:
        """What is named, the longest of overlapping names only; with diacritics typed, those that carry the same."""
        typed = _WORD.findall(nfc(said).lower())
        found = list(self._found(typed, tuple(map(fold, typed))))
        return _told_apart([one for one in found if not any(_covers(other, one) for other in found)])

    def _add(self, named: Named[Key]) -> None:
        kind, words = kind_of(named.label), tuple(_WORD.findall(nfc(bare(named.label)).lower()))
        folded = tuple(map(fold, words))
        for said in KINDS.get(kind, ()):
            self._entries[(*said.split(), *folded)].append(_Entry(named.key, words, with_kind=True))
        if len(words) > 1 or not kind:
            self._entries[folded].append(_Entry(named.key, words, with_kind=not kind))

    def _found(self, typed: list[str], folded: tuple[str, ...]) -> Iterator[Found[Key]]:
        for start in range(len(folded)):
            for end in range(start + 1, min(start + self._longest, len(folded)) + 1):
                for entry in self._entries.get(folded[start:end], ()):
                    said = typed[end - len(entry.words) : end]
                    if not all(map(_may_be, said, entry.words)):
                        continue
                    exact = any(word != fold(word) for word in said)
                    if entry.with_kind or _stands_alone(folded, start, end, exact):
                        yield Found(entry.key, start, end, entry.with_kind, exact)


def kind_of(label: str) -> str:
    """The kind a label begins with, “xã” of “xã Khun Há”; empty for none."""
    low = nfc(label).lower()
    return max((kind for kind in KINDS if low.startswith(f"{kind} ")), key=len, default="")


def bare(label: str) -> str:
    """A label without its kind."""
    label = nfc(label).strip()
    return label[len(kind_of(label)) :].strip()


def _stands_alone(folded: tuple[str, ...], start: int, end: int, exact: bool) -> bool:
    """Whether a name without its kind is meant as one; after another kind, “huyện …”, it is another's name."""
    before = folded[start - 1] if start else ""
    return before not in _KIND_ENDINGS and (exact or before in _BEFORE or end - start == len(folded))


def _may_be(said: str, name: str) -> bool:
    """Typed without diacritics, or with the same ones, wherever the tone was put (hoà, hòa)."""
    return said == fold(said) == fold(name) or sorted(_letters(said)) == sorted(_letters(name))


def _letters(word: str) -> str:
    return unicodedata.normalize("NFD", word)


def _covers[Key: Hashable](longer: Found[Key], one: Found[Key]) -> bool:
    return longer.start <= one.start and one.end <= longer.end and longer.end - longer.start > one.end - one.start


def _told_apart[Key: Hashable](found: list[Found[Key]]) -> list[Found[Key]]:
    """Of names said in the same words, those with the typed diacritics where there are any."""
    exact = {(one.start, one.end) for one in found if one.exact}
    kept = [one for one in found if one.exact or (one.start, one.end) not in exact]
    return list({one.key: one for one in kept}.values())
