"""Training and checking the model. Import after ``light.lighten()``."""

import tempfile
import time
from pathlib import Path
from typing import List, Optional

from rasa.model_training import train as rasa_train
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.validator import Validator

from bot.dialogue.cheaper import train_cheaply
from bot.dialogue.sources import ANSWERS, CONFIG, DOMAIN, TRAINING_DATA, source_hash
from bot.dialogue.ways import as_training_file, asked_in, intents_in


def train(out: Path, taught: Optional[Path] = None) -> float:
    """Train into the file ``out``, whole or not at all; seconds taken. RuntimeError when Rasa refuses.

    ``taught``: a file of ways of asking approved in the database, which may be missing.
    """
    started = time.monotonic()
    train_cheaply()
    out.parent.mkdir(parents=True, exist_ok=True)
    print(f"Đang huấn luyện mô hình {source_hash(taught=taught)} …", flush=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as name:
        folder = Path(name)
        data = training_files(folder, taught)
        print("Đã đọc dữ liệu; đang học cách hiểu và các quy tắc hội thoại …", flush=True)
        result = rasa_train(str(DOMAIN), str(CONFIG), data, output=name, force_training=True, fixed_model_name="model")
        if result.code or not result.model:
            raise RuntimeError("Rasa did not train a model; its messages are above")
        Path(result.model).replace(out)
    seconds = time.monotonic() - started
    print(f"Xong sau {seconds:.0f} giây: {out}", flush=True)
    return seconds


def training_files(folder: Path, taught: Optional[Path] = None) -> List[str]:
    """What Rasa trains from: nlu_data/, and the ways of asking of all answers, also ``taught``, kept in ``folder``."""
    kept = [path for path in TRAINING_DATA if path.exists()]
    intents = intents_in(sorted(file for path in kept for file in path.rglob("*.yml")))
    answers = [*sorted(ANSWERS.glob("*.yml")), *([taught] if taught and taught.exists() else [])]
    ways = as_training_file(asked_in(answers, intents), folder / "ways.yml")
    return [*map(str, kept), str(ways)]


def validate() -> bool:
    """What ``rasa data validate`` checks: domain, intents, responses, rules and forms; True when all hold."""
    importer = TrainingDataImporter.load_from_config(str(CONFIG), str(DOMAIN), [str(path) for path in TRAINING_DATA])
    validator = Validator.from_importer(importer)
    checks = (
        validator.verify_domain_validity(),
        validator.verify_nlu(ignore_warnings=True),
        validator.verify_actions_in_stories_rules(),
        validator.verify_forms_in_stories_rules(),
        validator.verify_form_slots(),
        validator.verify_slot_mappings(),
        validator.verify_story_structure(ignore_warnings=True),
    )
    return all(checks)
