"""``.venv/bin/python -m benchmarks.entities [--misses]``, from the repository root: precision and recall per entity.

Each file of ``nlu_data/held_out/entities`` judges one entity: what it marks must be found to the letter, and nothing
else of that kind. Stripped sentences are made from the accented ones; capitals are lost with the marks.
"""

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.dialogue.entity_rules import entities_in
from bot.dialogue.places import PlaceNames
from bot.language import fold, nfc

FOLDER = Path("nlu_data/held_out/entities")
KNOWN = PlaceNames(["bản Hon", "xã Mường Sa", "bản Nà Lốc"])
_MARKED = re.compile(r"\[([^]]+)\]\((\w+)\)")
Span = tuple[int, int]


@dataclass(frozen=True)
class Sentence:
    """A text with the spans of the one entity that is judged."""

    text: str
    entity: str
    spans: frozenset[Span]

    def stripped(self) -> "Sentence":
        """The same without marks; case codes keep their capitals, nothing else does."""
        plain = self.text if self.entity == "case_code" else fold(self.text)
        return Sentence(plain, self.entity, self.spans)

    def found(self) -> frozenset[Span]:
        """Spans of the entity that the rules find."""
        return frozenset((e.start, e.end) for e in entities_in(self.text, KNOWN) if e.entity == self.entity)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.entities")
    parser.add_argument("--misses", action="store_true")
    show_misses = parser.parse_args().misses
    print(f"{'':12}{'sentences':>10}{'accented':>20}{'stripped':>20}")
    print(" " * 22 + f"{'precision recall':>20}" * 2)
    for path in sorted(FOLDER.glob("*.yml")):
        sentences = list(read(path))
        columns = [figures(kind) for kind in (sentences, [s.stripped() for s in sentences])]
        print(f"{sentences[0].entity:12}{len(sentences):10}" + "".join(f"{p:13.1f}{r:7.1f}" for p, r in columns))
        if show_misses:
            print(*misses([*sentences, *(s.stripped() for s in sentences)]), sep="\n")


def read(path: Path) -> Iterator[Sentence]:
    """The sentences of a file; all judge the entity that the file marks."""
    lines: list[str] = [nfc(line) for line in yaml.safe_load(path.read_text("utf-8"))]
    entity = next(mark[2] for line in lines for mark in _MARKED.finditer(line))
    for line in lines:
        text, spans, at = "", set(), 0
        for mark in _MARKED.finditer(line):
            text += line[at : mark.start()]
            spans.add((len(text), len(text) + len(mark[1])))
            text, at = text + mark[1], mark.end()
        yield Sentence(text + line[at:], entity, frozenset(spans))


def figures(sentences: list[Sentence]) -> tuple[float, float]:
    """Precision and recall in per cent."""
    right = sum(len(s.spans & s.found()) for s in sentences)
    found = sum(len(s.found()) for s in sentences)
    return 100 * right / max(found, 1), 100 * right / sum(len(s.spans) for s in sentences)


def misses(sentences: list[Sentence]) -> Iterator[str]:
    for s in sentences:
        if s.found() != s.spans:
            said = [[s.text[a:b] for a, b in sorted(spans)] for spans in (s.spans, s.found())]
            yield f"  {s.text}: wanted {said[0]}, found {said[1]}"


if __name__ == "__main__":
    main()
