"""A text in standard words that still knows where each of its words was typed."""

from bisect import bisect_right
from typing import List

from bot.dialogue.alignment import Span
from bot.language import rewritten


class Standard:
    """``text`` is what the classifier reads; spans of it lead back to the NFC text it was made from."""

    def __init__(self, typed: str) -> None:
        pieces: List[str] = []
        self._starts: List[int] = []
        self._typed: List[Span] = []
        at = length = 0
        for start, end, words in rewritten(typed):
            length = self._add(pieces, typed[at:start], (at, start), length)
            length = self._add(pieces, words, (start, end), length)
            at = end
        self._add(pieces, typed[at:], (at, len(typed)), length)
        self.text = "".join(pieces)

    def typed(self, span: Span) -> Span:
        """Where the words of a span of ``text`` were typed; rewritten words count whole."""
        first, last = self._piece(span[0]), self._piece(span[1] - 1)
        start = self._typed[first][0] + (span[0] - self._starts[first] if self._kept(first) else 0)
        end = self._typed[last][0] + span[1] - self._starts[last] if self._kept(last) else self._typed[last][1]
        return start, end

    def _add(self, pieces: List[str], words: str, typed: Span, length: int) -> int:
        if words:
            pieces.append(words)
            self._starts.append(length)
            self._typed.append(typed)
        return length + len(words)

    def _piece(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _kept(self, piece: int) -> bool:
        """Whether the piece has its typed length, so that offsets within it hold."""
        starts = [*self._starts[piece : piece + 2], len(self.text)]
        return starts[1] - starts[0] == self._typed[piece][1] - self._typed[piece][0]
