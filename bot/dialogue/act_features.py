"""What is seen of a text when its act is judged: words and pairs, pieces of words, and small words by kind.

All folded. Unlike for topics, words never learnt do not make a text fainter: a story in new words is still a story.
"""

from collections import Counter
from math import sqrt
from typing import Any, Dict, Sequence, Text

import numpy as np
from rasa.nlu.tokenizers.tokenizer import Token
from scipy.sparse import csr_matrix, hstack

from bot.dialogue.cues import cues
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

    def row(self, tokens: Sequence[Token], typed: Text) -> csr_matrix:
        """One text, or a window of it; ``typed`` as it was typed, for its question mark."""
        words = _unit(self._words.vector(_counted(tokens, _WORDS)), len(self._words))
        pieces = _unit(self._pieces.vector(_counted(tokens, _PIECES)), len(self._pieces))
        told = csr_matrix([cues(" ".join(token.lemma for token in tokens), typed)])
        return hstack([words, pieces * _PIECES_COUNT, told * _CUES_COUNT], format="csr", dtype=np.float32)


def _counted(tokens: Sequence[Token], ranges: Any) -> "Counter[str]":
    return counted([], [syllable for token in tokens for syllable in token.lemma.split()], ranges)


def _unit(vector: Vector, width: int) -> csr_matrix:
    columns, values = vector
    length = sqrt(sum(value * value for value in values)) or 1.0
    row = ([value / length for value in values], columns, [0, len(columns)])
    return csr_matrix(row, shape=(1, max(1, width)), dtype=np.float32)


UNLEARNT = ActFeatures(Weights({}), Weights({}))
