"""What comes before everything else is judged once more, apart from the topics of questions."""

import json
from typing import Any, Dict, List, Optional, Text, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.act_features import UNLEARNT, ActFeatures
from bot.dialogue.acts import FIRST_OF_ALL, QUESTION, UNSURE, Bounds, act_of, pooled, settled
from bot.dialogue.cores import each
from bot.dialogue.cues import tells
from bot.dialogue.linear import UNTRAINED, Linear, trained
from bot.dialogue.weights import matrix
from bot.dialogue.windows import judged, windows
from bot.language import fold


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SafetyJudge(IntentClassifier, GraphComponent):
    """Corrects ``intent`` after all classifiers by what the text does: ask, report, denounce, cry for help …

    Among forty intents a denunciation loses to the topic whose words it shares; among a few acts it does not.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"C": 1.0, "held_back": 0.2, "bounds": {}}

    @classmethod
    def required_components(cls) -> List[Type[Any]]:
        return [Tokenizer]

    def __init__(
        self,
        config: Dict[Text, Any],
        storage: ModelStorage,
        resource: Resource,
        features: ActFeatures = UNLEARNT,
        model: Linear = UNTRAINED,
    ) -> None:
        self._config, self._storage, self._resource = config, storage, resource
        self._features, self._model = features, model
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
            learnt = json.loads((folder / "acts.json").read_text("utf-8"))
            model = Linear(learnt["labels"], arrays["weights"], arrays["bias"], float(arrays["scale"]))
            return cls(config, model_storage, resource, ActFeatures.of_dict(learnt["features"]), model)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on all intent examples, each once (stripped copies fold alike) and labelled with the act it is.

        A question that only tells a story would teach that stories ask: it is left out.
        """
        examples = {
            (fold(message.get(TEXT)), message.get(INTENT)): message
            for message in training_data.intent_examples
            if message.get(INTENT) and message.get(TEXT) and not _only_tells(message)
        }
        self._features = ActFeatures.learnt([_words(message) for message in examples.values()])
        vectors = each(lambda m: self._features.vector(_words(m), m.get(TEXT)), list(examples.values()))
        rows = matrix(vectors, self._features.width)
        labels = [act_of(intent) for _, intent in examples]
        groups = [text for text, _ in examples]
        self._model = trained(rows, labels, groups, self._config["C"], self._config["held_back"])
        self._persist()
        return self._resource

    def _persist(self) -> None:
        with self._storage.write_to(self._resource) as folder:
            learnt = {"labels": self._model.labels, "features": self._features.as_dict()}
            (folder / "acts.json").write_text(json.dumps(learnt, ensure_ascii=False), "utf-8")
            np.savez(
                folder / "acts.npz",
                weights=self._model.weights,
                bias=self._model.bias,
                scale=np.float64(self._model.scale),
            )

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            acts = pooled(self._chances(message), _heard(message))
            understood = dict(message.get(INTENT) or {})
            intent = settled(understood.get("name"), acts, self._bounds)
            message.set("acts", acts, add_to_output=True)
            if intent != understood.get("name"):
                _put_right(message, intent, max(acts.values()))
        return messages

    def _chances(self, message: Message) -> Dict[str, float]:
        words = _words(message)
        vectors = [self._features.vector(part, "") for part in windows(words)]
        vectors = vectors or [self._features.vector(words, message.get(TEXT) or "")]
        return judged([dict(self._model.ranked(columns, np.array(values, np.float32))) for columns, values in vectors])


def _heard(message: Message) -> Dict[str, float]:
    """What the classifier made of the text, whether or not it was sure."""
    ranking = message.get("intent_ranking") or []
    return {entry["name"]: entry["confidence"] for entry in ranking if entry["name"] not in (None, UNSURE)}


def _put_right(message: Message, intent: Optional[Text], chance: float) -> None:
    """Set the intent; what it is not, though it was taken for it, is left out of the ranking."""
    misheard = [entry for entry in message.get("intent_ranking") or [] if entry["name"] not in (*FIRST_OF_ALL, intent)]
    message.set(INTENT, {"name": intent, "confidence": chance}, add_to_output=True)
    message.set("intent_ranking", [{"name": intent, "confidence": chance}, *misheard], add_to_output=True)


def _only_tells(message: Message) -> bool:
    folded = " ".join(token.lemma for token in _words(message))
    return act_of(message.get(INTENT)) == QUESTION and tells(folded, message.get(TEXT))


def _words(message: Message) -> List[Token]:
    return [token for token in message.get(TOKENS_NAMES[TEXT]) or [] if any(c.isalnum() for c in token.text)]
