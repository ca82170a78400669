"""What is seen of a text when its act is judged: words and pairs, pieces of words, and small words by kind.

All folded. Unlike for topics, words never learnt do not make a text fainter: a story in new words is still a story.
"""

from collections import Counter
from math import sqrt
from typing import Any, Dict, List, Sequence, Text, Tuple

from rasa.nlu.tokenizers.tokenizer import Token

from bot.dialogue.cues import COUNT, cues
from bot.dialogue.ngrams import counted
from bot.dialogue.weights import Vector, Weights

_WORDS = {"typed_words": (0, 0), "folded_words": (1, 2), "folded_characters": (0, 0)}
_PIECES = {"typed_words": (0, 0), "folded_words": (0, 0), "folded_characters": (2, 5)}
_PIECES_COUNT, _CUES_COUNT = 0.7, 0.3
"""Weight of each beside the words."""


class ActFeatures:
    """Rows of one width; what it was learnt from is kept as two tables of weights."""

    def __init__(self, words: Weights, pieces: Weights) -> None:
        self._words, self._pieces = words, pieces

    @classmethod
    def learnt(cls, texts: Sequence[Sequence[Token]]) -> "ActFeatures":
        """From the tokens of every example; a piece of a word counts from its second example on."""
        words = Weights.learnt([_counted(tokens, _WORDS) for tokens in texts], 1)
        return cls(words, Weights.learnt([_counted(tokens, _PIECES) for tokens in texts], 2))

    @classmethod
    def of_dict(cls, kept: Dict[Text, Dict[Text, float]]) -> "ActFeatures":
        """From what ``as_dict`` gave."""
        return cls(Weights(kept["words"]), Weights(kept["pieces"]))

    def as_dict(self) -> Dict[Text, Dict[Text, float]]:
        """JSON that ``of_dict`` takes."""
        return {"words": self._words.as_dict(), "pieces": self._pieces.as_dict()}

    @property
    def width(self) -> int:
        """Columns of a vector."""
        return len(self._words) + len(self._pieces) + COUNT

    def vector(self, tokens: Sequence[Token], typed: Text) -> Vector:
        """One text, or a window of it; ``typed`` as it was typed, for its question mark."""
        told = cues(" ".join(token.lemma for token in tokens), typed)
        return _side_by_side(
            (_unit(self._words.vector(_counted(tokens, _WORDS))), 1.0, len(self._words)),
            (_unit(self._pieces.vector(_counted(tokens, _PIECES))), _PIECES_COUNT, len(self._pieces)),
            (([n for n, heard in enumerate(told) if heard], [heard for heard in told if heard]), _CUES_COUNT, COUNT),
        )


def _counted(tokens: Sequence[Token], ranges: Any) -> "Counter[str]":
    return counted([], [syllable for token in tokens for syllable in token.lemma.split()], ranges)


def _unit(vector: Vector) -> Vector:
    columns, values = vector
    length = sqrt(sum(value * value for value in values)) or 1.0
    return columns, [value / length for value in values]


def _side_by_side(*parts: Tuple[Vector, float, int]) -> Vector:
    """Vectors one after another, each with what it counts and how wide it is."""
    columns: List[int] = []
    values: List[float] = []
    begin = 0
    for (places, amounts), counts, width in parts:
        columns.extend(begin + place for place in places)
        values.extend(counts * amount for amount in amounts)
        begin += width
    return columns, values


UNLEARNT = ActFeatures(Weights({}), Weights({}))
