"""Training sentences from the knowledge base: each answer's ways of asking are examples of its topic's intent.

The content's files and what was approved in the database have the same form; the latter brings ways only, no title.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Iterable, List, Optional, Set, Tuple

import yaml

from bot.language import clean

_ANSWER = "answer"


def intents_in(files: Iterable[Path]) -> Set[str]:
    """The intents that the NLU files give examples of."""
    return {entry["intent"] for path in files for entry in _loaded(path).get("nlu") or [] if "intent" in entry}


@dataclass(frozen=True)
class Asked:
    """How people ask for one answer: its title where given and its ways of asking, in file order, each once."""

    intent: str
    answer: str
    ways: Tuple[str, ...]


def asked_in(answers: Iterable[Path], intents: Set[str]) -> List[Asked]:
    """The answers of these files whose topic has an intent."""
    rows = (answer for path in answers for answer in _loaded(path) or [] if f"ask_{answer['topic']}" in intents)
    return [Asked(f"ask_{row['topic']}", row["id"], _said(row)) for row in rows]


def as_training_file(asked: Iterable[Asked], path: Path) -> Path:
    """Write the ways in Rasa's format, each answer an entry of its topic's intent, and return the path."""
    entries = [
        {"intent": of.intent, "metadata": {_ANSWER: of.answer}, "examples": "".join(f"- {way}\n" for way in of.ways)}
        for of in asked
    ]
    path.write_text(yaml.safe_dump({"version": "3.1", "nlu": entries}, allow_unicode=True), "utf-8")
    return path


def answer_of(metadata: Optional[Dict[str, Any]]) -> Optional[str]:
    """The answer that an example from ``as_training_file`` asks for, by the metadata Rasa read with it."""
    return ((metadata or {}).get("intent") or {}).get(_ANSWER)


def _said(answer: Dict[str, Any]) -> Tuple[str, ...]:
    said = [*([answer["title"]] if "title" in answer else []), *(answer.get("ways") or [])]
    return tuple(dict.fromkeys(map(_plain, said)))


def _plain(way: str) -> str:
    """One line without the brackets and leading slash that Rasa's format would read as markup."""
    return clean(" ".join(str(way).split())).translate(str.maketrans("[]{}", "()()")).lstrip("/- ")


def _loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))
