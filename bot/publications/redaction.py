"""What in a text may tell who somebody is: found and proposed for masking; a person decides. Standard library only.

The patterns are those of ``bot.conversations.masking``; here they are shown, not applied in silence.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\[[^\[\]\n]*\]\S*|\S+")
"""A word, or a mask with what clings to it."""

Mask = Callable[[str], str]
"""Gives the text with a mask such as “[tên]” in place of all that may tell who is meant."""


@dataclass(frozen=True)
class Find:
    """Words of the text and the mask proposed for them."""

    words: str
    mask: str


@dataclass(frozen=True)
class Proposal:
    """The text with masks, and what they would stand for."""

    text: str
    finds: tuple[Find, ...]


def propose(text: str, mask: Mask, masks: Sequence[str]) -> Proposal:
    """Every find in the text, in its order; the text itself where nothing was found."""
    masked = mask(text)
    before, after = _WORD.findall(text), _WORD.findall(masked)
    found: list[Find] = []
    for kind, i, j, k, end in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        stands = [word for word in after[k:end] if any(name in word for name in masks)]
        if kind != "equal" and stands:
            found.append(Find(" ".join(before[i:j]).strip(" ,.;:!?"), _only_mask(stands[0], masks)))
    return Proposal(masked, tuple(found))


def left_in(text: str, mask: Mask, masks: Sequence[str]) -> tuple[Find, ...]:
    """What a text that is to be published still tells."""
    return propose(text, mask, masks).finds


def _only_mask(word: str, masks: Sequence[str]) -> str:
    return next(name for name in masks if name in word)
