"""The fixed draw: 1,500 sentences of nlu_data/nlu, a fifth of them held back."""

import hashlib
import json
import random
from dataclasses import dataclass
from pathlib import Path

import yaml

Sentence = tuple[str, str]
SIZE, HELD_BACK, SEED = 1_500, 0.2, 20_261_120


@dataclass(frozen=True)
class Draw:
    """(text, intent) pairs to learn from and to be judged on; no sentence is in both."""

    learn: list[Sentence]
    judge: list[Sentence]

    def key(self, extra: str = "") -> str:
        """16 hexadecimal digits for these sentences and ``extra``."""
        return hashlib.sha256((json.dumps([self.learn, self.judge]) + extra).encode()).hexdigest()[:16]


def draw(folder: Path) -> Draw:
    """Shuffle all sentences with a fixed seed and take SIZE (fewer where there are fewer)."""
    sentences = sorted({sentence for path in folder.glob("*.yml") for sentence in _sentences(path)})
    random.Random(SEED).shuffle(sentences)  # noqa: S311  a fixed draw, no secret
    chosen = sentences[:SIZE]
    held = int(len(chosen) * HELD_BACK)
    known = {intent for _, intent in chosen[held:]}
    return Draw(learn=chosen[held:], judge=[sentence for sentence in chosen[:held] if sentence[1] in known])


def as_nlu_file(sentences: list[Sentence], path: Path) -> Path:
    """Write the sentences in Rasa's format; returns the path."""
    said = {intent: "".join(f"- {text}\n" for text, of in sentences if of == intent) for _, intent in sentences}
    entries = [{"intent": intent, "examples": examples} for intent, examples in sorted(said.items())]
    path.write_text(yaml.safe_dump({"version": "3.1", "nlu": entries}, allow_unicode=True), "utf-8")
    return path


def _sentences(path: Path) -> list[Sentence]:
    entries = [entry for entry in (yaml.safe_load(path.read_text("utf-8")) or {}).get("nlu") or [] if "intent" in entry]
    return [(line, entry["intent"]) for entry in entries for line in _lines(entry["examples"])]


def _lines(examples: str) -> list[str]:
    return [line.strip()[2:].strip() for line in examples.splitlines() if line.strip()]
