"""Rasa without TensorFlow: neural parts that config.yml does not use are replaced before Rasa is imported.

Rasa imports every component it ships when a recipe is loaded, and with them TensorFlow. ``lighten()`` puts an import
finder in front that supplies a placeholder for exactly the modules below. Using a placeholder raises
``NeuralPartUsed``; naming one in config.yml is refused by Rasa itself, since it is not a registered component.
"""

import importlib.abc
import importlib.machinery
import sys
from types import ModuleType
from typing import Dict, Optional, Sequence, Tuple

PLACEHOLDERS: Dict[str, Tuple[str, ...]] = {
    "rasa.nlu.classifiers.diet_classifier": ("DIETClassifier",),
    "rasa.nlu.selectors.response_selector": ("ResponseSelector",),
    "rasa.nlu.featurizers.dense_featurizer.convert_featurizer": ("ConveRTFeaturizer",),
    "rasa.nlu.featurizers.dense_featurizer.lm_featurizer": ("LanguageModelFeaturizer",),
    "rasa.core.policies.ted_policy": ("TEDPolicy",),
    "rasa.core.policies.unexpected_intent_policy": ("UnexpecTEDIntentPolicy",),
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator",),
    "rasa.utils.tensorflow.environment": ("setup_tf_environment", "check_deterministic_ops"),
}


class NeuralPartUsed(RuntimeError):
    """A part of Rasa that needs TensorFlow was used although this process runs without it."""


class _Placeholder:
    def __init__(self, *_args: object, **_kwargs: object) -> None:
        raise NeuralPartUsed(
            f"{type(self).__module__}.{type(self).__name__} needs TensorFlow; see bot/dialogue/light.py"
        )


class _PlaceholderFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, path: Optional[Sequence[str]] = None, target: Optional[ModuleType] = None
    ) -> Optional[importlib.machinery.ModuleSpec]:
        return importlib.machinery.ModuleSpec(fullname, self) if fullname in PLACEHOLDERS else None

    def exec_module(self, module: ModuleType) -> None:
        for name in PLACEHOLDERS[module.__name__]:
            setattr(module, name, type(name, (_Placeholder,), {"__module__": module.__name__}))


def lighten() -> None:
    """Install the placeholders; call it before the first import of Rasa. RuntimeError when it came too late."""
    loaded = [name for name in PLACEHOLDERS if name in sys.modules]
    if loaded:
        raise RuntimeError(f"already imported: {', '.join(loaded)}")
    sys.meta_path.insert(0, _PlaceholderFinder())
