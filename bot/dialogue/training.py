"""Training and checking the model. Import after ``light.lighten()``."""

import os
import tempfile
import time
from pathlib import Path

from rasa.model_training import train as rasa_train
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.validator import Validator

from bot.dialogue.sources import CONFIG, DOMAIN, TRAINING_DATA, source_hash


def train(out: Path) -> float:
    """Train a model from the sources into the file ``out``, whole or not at all; seconds it took. RuntimeError when Rasa refuses."""
    started = time.monotonic()
    out.parent.mkdir(parents=True, exist_ok=True)
    print(f"Đang huấn luyện mô hình {source_hash()} …", flush=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        result = rasa_train(
            str(DOMAIN), str(CONFIG), _data(), output=folder, force_training=True, fixed_model_name="model"
        )
        if result.code or not result.model:
            raise RuntimeError("Rasa did not train a model; its messages are above")
        os.replace(result.model, out)
    seconds = time.monotonic() - started
    print(f"Xong sau {seconds:.0f} giây: {out}", flush=True)
    return seconds


def validate() -> bool:
    """What ``rasa data validate`` checks: domain, intents, responses, rules and forms; True when all hold."""
    importer = TrainingDataImporter.load_from_config(str(CONFIG), str(DOMAIN), _data())
    validator = Validator.from_importer(importer)
    checks = (
        validator.verify_domain_validity(),
        validator.verify_nlu(ignore_warnings=False),
        validator.verify_actions_in_stories_rules(),
        validator.verify_forms_in_stories_rules(),
        validator.verify_form_slots(),
        validator.verify_slot_mappings(),
        validator.verify_story_structure(ignore_warnings=False),
    )
    return all(checks)


def _data() -> "list[str]":
    return [str(path) for path in TRAINING_DATA if path.exists()]
