"""The trained model of the present sources, and what it makes of texts, in a process of Rasa's own Python."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.dialogue.sources import source_hash
from bot.settings import PROJECT
from bot.supervisor.model import island_python

MODELS = Path(os.environ.get("MODEL_CACHE", PROJECT / "var" / "models"))

Parsed = dict[str, Any]
"""``{"text", "intent", "intent_ranking", "entities", "ms"}``."""


def trained() -> Path:
    """The model of the present sources, trained first when it is missing."""
    model = MODELS / f"{source_hash()}.tar.gz"
    if not model.exists():
        train(model)
    return model


def train(model: Path) -> float:
    """Train the present sources into that file; seconds, the start of the process included."""
    started = time.monotonic()
    model.parent.mkdir(parents=True, exist_ok=True)
    new = model.with_name(f"new-{model.name}")
    subprocess.run([*_island(), "train", "--out", str(new)], cwd=PROJECT, check=True, stdout=sys.stderr)
    new.replace(model)
    return time.monotonic() - started


def parsed(model: Path, texts: Sequence[str]) -> dict[str, Parsed]:
    """What the whole pipeline makes of each text, by text."""
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    command = [*_island(), "parse", "--model", str(model)]
    said = subprocess.run(command, cwd=PROJECT, input=lines, check=True, text=True, stdout=subprocess.PIPE).stdout
    found = [json.loads(line) for line in said.splitlines()]
    return dict(zip(texts, found, strict=True))


def _island() -> list[str]:
    return [str(island_python()), "-m", "bot.dialogue"]
