"""The entity extractor of the pipeline: our rules, with the place names of the training data's lookup table."""

import json
from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.entity_rules import entities_in
from bot.dialogue.places import PlaceNames


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class RuleEntityExtractor(EntityExtractorMixin, GraphComponent):
    """Adds place, date, role, money, fund and case_code; “training” keeps the names listed under ``lookup: place``."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {}

    def __init__(self, storage: ModelStorage, resource: Resource, places: PlaceNames) -> None:
        self._storage, self._resource, self._places = storage, resource, places

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "RuleEntityExtractor":
        return cls(model_storage, resource, PlaceNames())

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "RuleEntityExtractor":
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, PlaceNames(json.loads((folder / "places.json").read_text("utf-8"))))

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the lookup table's names; none is fine."""
        tables = [table["elements"] for table in training_data.lookup_tables if table["name"] == "place"]
        self._places = PlaceNames(name for names in tables if isinstance(names, list) for name in names)
        with self._storage.write_to(self._resource) as folder:
            (folder / "places.json").write_text(json.dumps(self._places.names, ensure_ascii=False), "utf-8")
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            found = [dict(entity._asdict()) for entity in entities_in(message.get(TEXT) or "", self._places)]
            message.set(ENTITIES, message.get(ENTITIES, []) + self.add_extractor_name(found), add_to_output=True)
        return messages
