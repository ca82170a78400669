"""TF-IDF of a text in two channels: words as typed, words and characters as folded."""

import json
from collections import Counter
from typing import Any, Dict, List, Sequence, Text, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.cores import each
from bot.dialogue.ngrams import counted
from bot.dialogue.weights import UNTRAINED, Vector, Weights, mean
from bot.dialogue.windows import WINDOWS, windows
from bot.language import fold

VECTOR = "vector"
"""The key of a message under which its columns and values lie."""
_RANGES = ("typed_words", "folded_words", "folded_characters")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class TwoChannelFeaturizer(GraphComponent):
    """Sets ``vector``, one sparse vector per message; what training never saw lengthens it, so nonsense stays faint.

    A message is the mean of itself as typed and as it would be without diacritics, so that both are judged alike.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            "typed_words": [1, 2],
            "folded_words": [1, 2],
            "folded_characters": [2, 4],
            "least_examples": 2,
        }

    @classmethod
    def required_components(cls) -> List[Type[Any]]:
        return [Tokenizer]

    def __init__(
        self,
        config: Dict[Text, Any],
        storage: ModelStorage,
        resource: Resource,
        weights: Weights = UNTRAINED,
    ) -> None:
        self._config = config
        self._ranges = {key: (config[key][0], config[key][1]) for key in _RANGES}
        self._storage, self._resource, self._weights = storage, resource, weights

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "TwoChannelFeaturizer":
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "TwoChannelFeaturizer":
        with model_storage.read_from(resource) as folder:
            weights = Weights(json.loads((folder / "weights.json").read_text("utf-8")))
        return cls(config, model_storage, resource, weights)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn which features there are and how rare each is."""
        examples = (self._counted(_words(message)) for message in training_data.training_examples if message.get(TEXT))
        self._weights = Weights.learnt(examples, self._config["least_examples"])
        with self._storage.write_to(self._resource) as folder:
            (folder / "weights.json").write_text(json.dumps(self._weights.as_dict(), ensure_ascii=False), "utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        examples = [message for message in training_data.training_examples if message.get(TEXT)]
        for message, vector in zip(examples, each(self._learnt_from, examples), strict=True):
            message.set(VECTOR, vector)
        return training_data

    def _learnt_from(self, message: Message) -> Vector:
        return self._weights.vector(self._counted(_words(message)))

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            tokens = _words(message)
            message.set(VECTOR, self._as_typed_and_stripped(tokens))
            if parts := windows(tokens):
                message.set(WINDOWS, [self._as_typed_and_stripped(part) for part in parts])
        return messages

    def _as_typed_and_stripped(self, tokens: Sequence[Token]) -> Vector:
        as_typed, as_stripped = self._counted(tokens), self._counted(tokens, stripped=True)
        return mean(self._weights.vector(as_typed), self._weights.vector(as_stripped))

    def _counted(self, tokens: Sequence[Token], stripped: bool = False) -> "Counter[str]":
        folded = [syllable for token in tokens for syllable in token.lemma.split()]
        if stripped:
            return counted(
                [syllable for token in tokens for syllable in fold(token.text).split()], folded, self._ranges
            )
        return counted([" ".join(token.text.lower().split()) for token in tokens], folded, self._ranges)


def _words(message: Message) -> List[Token]:
    return [token for token in message.get(TOKENS_NAMES[TEXT]) or [] if any(c.isalnum() for c in token.text)]
