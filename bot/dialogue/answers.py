"""Which answers a question's words speak for: a linear support vector machine over the ways of asking of each.

Folded words and pairs of words only: characters and words as typed made it worse on questions new to it.
"""

import json
from collections import Counter
from typing import Any, Dict, List, Text, Tuple, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.linear import UNTRAINED, Linear, fitted
from bot.dialogue.ngrams import counted
from bot.dialogue.ways import answer_of
from bot.dialogue.weights import UNTRAINED as UNWEIGHED
from bot.dialogue.weights import Weights, matrix
from bot.language import fold

ANSWERS = "answer_ranking"
"""The key of a message under which the answers lie, best first."""
_RANGES = {"typed_words": (0, 0), "folded_words": (1, 2), "folded_characters": (0, 0)}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AnswerClassifier(GraphComponent):
    """Sets ``answer_ranking``: each answer with a score of 0 (nothing speaks for it) to about 2 (asked just so)."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"C": 1.0, "ranking_length": 20}

    @classmethod
    def required_components(cls) -> List[Type[Any]]:
        return [Tokenizer]

    def __init__(
        self,
        config: Dict[Text, Any],
        storage: ModelStorage,
        resource: Resource,
        weights: Weights = UNWEIGHED,
        model: Linear = UNTRAINED,
    ) -> None:
        self._config, self._storage, self._resource = config, storage, resource
        self._weights, self._model = weights, model

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "AnswerClassifier":
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "AnswerClassifier":
        with model_storage.read_from(resource) as folder, np.load(folder / "model.npz", allow_pickle=False) as arrays:
            learnt = json.loads((folder / "learnt.json").read_text("utf-8"))
            model = Linear(learnt["labels"], arrays["weights"], arrays["bias"], 1.0)
        return cls(config, model_storage, resource, Weights(learnt["weights"]), model)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on every way of asking, each once: its stripped copies fold alike."""
        ways = {
            (answer, fold(message.get(TEXT))): _counted(message)
            for message in training_data.intent_examples
            if message.get(TEXT) and (answer := answer_of(message.get("metadata")))
        }
        names = sorted({answer for answer, _ in ways})
        if len(names) > 1:
            self._weights = Weights.learnt(ways.values(), 1)
            truth = np.array([names.index(answer) for answer, _ in ways])
            rows = matrix([self._weights.vector(said) for said in ways.values()], len(self._weights))
            weights, bias = fitted(rows, truth, len(names), self._config["C"], balanced=False)
            self._model = Linear(names, weights.astype(np.float16), bias.astype(np.float32), 1.0)
        self._persist()
        return self._resource

    def _persist(self) -> None:
        learnt = {"labels": self._model.labels, "weights": self._weights.as_dict()}
        with self._storage.write_to(self._resource) as folder:
            (folder / "learnt.json").write_text(json.dumps(learnt, ensure_ascii=False), "utf-8")
            np.savez(folder / "model.npz", weights=self._model.weights, bias=self._model.bias)

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            ranking = [{"name": name, "score": score} for name, score in self._ranked(message)]
            message.set(ANSWERS, ranking, add_to_output=True)
        return messages

    def _ranked(self, message: Message) -> List[Tuple[str, float]]:
        columns, values = self._weights.vector(_counted(message))
        if not columns:
            return []
        scores = 1 + self._model.margins(columns, np.array(values, dtype=np.float32))
        best = np.argsort(-scores, kind="stable")[: self._config["ranking_length"]]
        return [(self._model.labels[i], round(float(scores[i]), 4)) for i in best if scores[i] > 0]


def _counted(message: Message) -> "Counter[str]":
    folded = [word for token in message.get(TOKENS_NAMES[TEXT]) or [] for word in token.lemma.split()]
    return counted([], [word for word in folded if any(map(str.isalnum, word))], _RANGES)
