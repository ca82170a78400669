"""Training sentences from the knowledge base: each answer's ways of asking are examples of its topic's intent."""

from pathlib import Path
from typing import Any, Dict, Iterable, List, Set

import yaml

from bot.language import clean


def intents_in(files: Iterable[Path]) -> Set[str]:
    """The intents that the NLU files give examples of."""
    return {entry["intent"] for path in files for entry in _loaded(path).get("nlu") or [] if "intent" in entry}


def ways_by_intent(answers: Iterable[Path], intents: Set[str]) -> Dict[str, List[str]]:
    """Intent → ways of asking, for topics that have an intent; in file order, each once."""
    ways: Dict[str, Dict[str, None]] = {}
    for path in answers:
        for answer in _loaded(path) or []:
            intent = f"ask_{answer['topic']}"
            if intent in intents:
                ways.setdefault(intent, {}).update(dict.fromkeys(_plain(way) for way in answer.get("ways") or []))
    return {intent: list(sentences) for intent, sentences in ways.items()}


def as_training_file(ways: Dict[str, List[str]], path: Path) -> Path:
    """Write the ways in Rasa's format and return the path."""
    entries = [
        {"intent": intent, "examples": "".join(f"- {way}\n" for way in said)} for intent, said in sorted(ways.items())
    ]
    path.write_text(yaml.safe_dump({"version": "3.1", "nlu": entries}, allow_unicode=True), "utf-8")
    return path


def _plain(way: str) -> str:
    """One line without the brackets and leading slash that Rasa's format would read as markup."""
    return clean(" ".join(str(way).split())).translate(str.maketrans("[]{}", "()()")).lstrip("/- ")


def _loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))
