"""What a trained model is made of: its source files, and one hash over them that names the model."""

import hashlib
from pathlib import Path
from typing import Iterator, Optional

PROJECT = Path(__file__).resolve().parent.parent.parent

CONFIG = PROJECT / "config.yml"
DOMAIN = PROJECT / "nlu_data" / "domain"
TRAINING_DATA = (PROJECT / "nlu_data" / "nlu", PROJECT / "nlu_data" / "rules")
HELD_OUT = PROJECT / "nlu_data" / "held_out"
"""Judges a model and never trains one, so it is no source."""

ANSWERS = PROJECT / "knowledge_base" / "content" / "answers"
"""Each answer's ways of asking are examples of its topic's intent."""

TAUGHT = "ways.json"
"""Beside the models: ways of asking that officials approved, exported from the database before each start."""

_CODE = ("bot/dialogue/*.py", "bot/dialogue/uv.lock", "bot/language/*.py", "bot/language/*.txt")


def source_files(project: Path = PROJECT) -> list[Path]:
    """Every file a model is trained from, in a fixed order."""
    return sorted(_found(project))


def source_hash(project: Path = PROJECT, taught: Optional[Path] = None) -> str:
    """16 hexadecimal digits that change when a name or a byte of any source changes, or of the ways ``taught``."""
    digest = hashlib.sha256()
    for path in source_files(project):
        digest.update(path.relative_to(project).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    if taught and taught.exists():
        digest.update(taught.read_bytes())
    return digest.hexdigest()[:16]


def _found(project: Path) -> Iterator[Path]:
    yield from project.glob("config.yml")
    yield from (project / ANSWERS.relative_to(PROJECT)).glob("*.yml")
    yield from (path for path in (project / "nlu_data").rglob("*.yml") if HELD_OUT.name not in path.parts)
    for pattern in _CODE:
        yield from project.glob(pattern)
