"""What comes before everything else is judged once more, apart from the topics of questions."""

import json
from typing import Any, Dict, List, Optional, Sequence, Text, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack, vstack

from bot.dialogue.acts import FIRST_OF_ALL, Bounds, act_of, settled
from bot.dialogue.cues import cues
from bot.dialogue.linear import UNTRAINED, Linear, trained
from bot.dialogue.windows import WINDOWS, judged, windows
from bot.language import fold


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SafetyJudge(IntentClassifier, GraphComponent):
    """Corrects ``intent`` after all classifiers by what the text does: ask, report, denounce, cry for help …

    Among forty intents a denunciation loses to the topic whose words it shares; among a few acts it does not.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"C": 1.0, "held_back": 0.2, "cues": 0.3, "bounds": {}}

    @classmethod
    def required_components(cls) -> List[Type[Any]]:
        return [Featurizer]

    def __init__(
        self, config: Dict[Text, Any], storage: ModelStorage, resource: Resource, model: Linear = UNTRAINED
    ) -> None:
        self._config, self._storage, self._resource, self._model = config, storage, resource, model
        self._bounds = Bounds(**config["bounds"])

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SafetyJudge":
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "SafetyJudge":
        with model_storage.read_from(resource) as folder, np.load(folder / "acts.npz", allow_pickle=False) as arrays:
            labels = json.loads((folder / "acts.json").read_text("utf-8"))
            model = Linear(labels, arrays["weights"], arrays["bias"], float(arrays["scale"]))
            return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on all intent examples, each labelled with the act it is."""
        examples = [message for message in training_data.intent_examples if message.get(INTENT) and message.get(TEXT)]
        rows = vstack([_rows(message, self._config["cues"])[0] for message in examples]).tocsr()
        labels = [act_of(message.get(INTENT)) for message in examples]
        groups = [fold(message.get(TEXT)) for message in examples]
        self._model = trained(rows, labels, groups, self._config["C"], self._config["held_back"])
        self._persist()
        return self._resource

    def _persist(self) -> None:
        with self._storage.write_to(self._resource) as folder:
            (folder / "acts.json").write_text(json.dumps(self._model.labels), "utf-8")
            np.savez(
                folder / "acts.npz",
                weights=self._model.weights,
                bias=self._model.bias,
                scale=np.float64(self._model.scale),
            )

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            acts = self._chances(message)
            understood = dict(message.get(INTENT) or {})
            intent = settled(understood.get("name"), acts, self._bounds)
            message.set("acts", acts, add_to_output=True)
            if intent != understood.get("name"):
                _put_right(message, intent, max(acts.values()))
        return messages

    def _chances(self, message: Message) -> Dict[str, float]:
        parts = _rows(message, self._config["cues"])
        return judged([dict(self._model.ranked(row.indices, row.data)) for row in parts])


def _put_right(message: Message, intent: Optional[Text], chance: float) -> None:
    """Set the intent; what it is not, though it was taken for it, is left out of the ranking."""
    misheard = [entry for entry in message.get("intent_ranking") or [] if entry["name"] not in (*FIRST_OF_ALL, intent)]
    message.set(INTENT, {"name": intent, "confidence": chance}, add_to_output=True)
    message.set("intent_ranking", [{"name": intent, "confidence": chance}, *misheard], add_to_output=True)


def _rows(message: Message, weight: float) -> List[csr_matrix]:
    """The features of the text, or of each of its windows, with what its small words tell beside them."""
    words = [token for token in message.get(TOKENS_NAMES[TEXT]) or [] if any(c.isalnum() for c in token.text)]
    parts = message.get(WINDOWS)
    if not parts:
        _, sentence = message.get_sparse_features(TEXT)
        return [_beside(sentence.features, words, message.get(TEXT) or "", weight)]
    return [_beside(row, part, "", weight) for row, part in zip(parts, windows(words), strict=True)]


def _beside(row: csr_matrix, words: Sequence[Token], typed: Text, weight: float) -> csr_matrix:
    told = cues(" ".join(token.lemma for token in words), typed)
    return hstack([row, csr_matrix([told]) * weight], format="csr")
