"""``.venv/bin/python -m knowledge_base.vocabulary``: count the words of all shipped texts for bot.language.

To be run after many texts have changed; what understanding puts right is put right towards these words.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.language import nfc
from bot.language.vocabulary import FILE, counted, written
from knowledge_base.loader import load

_NLU = Path(__file__).resolve().parent.parent / "nlu_data" / "nlu"
_SENTENCE_END = re.compile(r"[.,;:!?()\n\[\]{}“”\"/–-]+")
_WORD = re.compile(r"[^\W_]+")
_MARKED = re.compile("[à-ỹăđơư]")


def main() -> None:
    """Write the vocabulary file."""
    words, pairs = counted(map(words_of, sentences()))
    FILE.write_text(written(words, pairs), "utf-8")


def sentences() -> Iterator[str]:
    """Every stretch between two signs of the shipped texts that is written with its diacritics."""
    for text in texts():
        for sentence in _SENTENCE_END.split(nfc(text).lower()):
            if _written_out(sentence):
                yield sentence


def _written_out(sentence: str) -> bool:
    """Most of Vietnamese carries marks; where few words do, it was typed in a hurry."""
    words = words_of(sentence)
    return 2 * sum(bool(_MARKED.search(word)) for word in words) >= len(words) > 0


def texts() -> Iterator[str]:
    """Facts, answers with their ways of asking, and the examples of what residents say."""
    content = load()
    for fact in content.facts:
        yield fact.text
    for answer in content.answers:
        yield from (answer.title, answer.text, answer.more or "", *answer.ways)
    for path in sorted(_NLU.glob("*.yml")):
        document: dict[str, Any] = yaml.safe_load(path.read_text("utf-8")) or {}
        for entry in document.get("nlu") or []:
            if "intent" in entry:
                yield entry["examples"]


def words_of(sentence: str) -> list[str]:
    """Its words without numbers."""
    return [word for word in _WORD.findall(sentence) if word.isalpha()]


if __name__ == "__main__":
    main()
