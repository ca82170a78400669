"""The intent of a message: a linear support vector machine whose margins are calibrated into probabilities."""

import json
from typing import Any, Dict, List, Text, Tuple, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.featurizer import VECTOR, TwoChannelFeaturizer
from bot.dialogue.linear import UNTRAINED, Linear, trained
from bot.dialogue.weights import Vector, matrix
from bot.dialogue.windows import WINDOWS, judged
from bot.language import fold


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """Sets ``intent`` and ``intent_ranking``; kept as arrays and JSON, never as pickles."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"C": 1.0, "held_back": 0.2, "ranking_length": 0}

    @classmethod
    def required_components(cls) -> List[Type[Any]]:
        return [TwoChannelFeaturizer]

    def __init__(
        self, config: Dict[Text, Any], storage: ModelStorage, resource: Resource, model: Linear = UNTRAINED
    ) -> None:
        self._config, self._storage, self._resource, self._model = config, storage, resource, model

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LinearIntentClassifier":
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "LinearIntentClassifier":
        with model_storage.read_from(resource) as folder, np.load(folder / "model.npz", allow_pickle=False) as arrays:
            labels = json.loads((folder / "labels.json").read_text("utf-8"))
            return cls(
                config,
                model_storage,
                resource,
                Linear(labels, arrays["weights"], arrays["bias"], float(arrays["scale"])),
            )

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on all intent examples; an example's folded copies stay on its side when confidence is calibrated."""
        examples = [message for message in training_data.intent_examples if message.get(INTENT) and message.get(TEXT)]
        vectors = [message.get(VECTOR) for message in examples]
        rows = matrix(vectors, 1 + max((max(columns, default=0) for columns, _ in vectors), default=0))
        labels = [message.get(INTENT) for message in examples]
        groups = [fold(message.get(TEXT)) for message in examples]
        self._model = trained(rows, labels, groups, self._config["C"], self._config["held_back"])
        self._persist()
        return self._resource

    def _persist(self) -> None:
        with self._storage.write_to(self._resource) as folder:
            (folder / "labels.json").write_text(json.dumps(self._model.labels), "utf-8")
            np.savez(
                folder / "model.npz",
                weights=self._model.weights,
                bias=self._model.bias,
                scale=np.float64(self._model.scale),
            )

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            ranking = [{"name": name, "confidence": value} for name, value in self._ranked(message)]
            message.set(INTENT, dict(ranking[0]), add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _ranked(self, message: Message) -> List[Tuple[str, float]]:
        parts = message.get(WINDOWS)
        ranking = self._by_windows(parts) if parts else self._of(message.get(VECTOR))
        return ranking[: self._config["ranking_length"] or None]

    def _by_windows(self, parts: List[Vector]) -> List[Tuple[str, float]]:
        chances = judged([dict(self._of(part)) for part in parts])
        return sorted(chances.items(), key=lambda item: -item[1])

    def _of(self, vector: Vector) -> List[Tuple[str, float]]:
        columns, values = vector
        return self._model.ranked(columns, np.array(values, dtype=np.float32))
