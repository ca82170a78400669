"""``.venv/bin/python -m benchmarks.answers [calibrate]``, from the repository root: the ranking, without a database.

With ``calibrate``: what the constants of ranking and decision rest on, through the trained model (``calibration.py``).
Without: the ranking by itself, nothing learnt.

Three sets: questions written from the titles (``nlu_data/held_out/answers``); some written after those (``later/``);
and every way of asking, held back from the index in fifths.
Each with its topic known for certain and with none. Right means the answer named, or one that rests on a fact of it.
In a real talk the classifier's topics lie between “known” and “none”. Times are of the processor.
"""

import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from benchmarks.answers.calibration import calibrate
from bot.language import fold
from knowledge_base.deciding import Understanding, decide
from knowledge_base.facts import Fact
from knowledge_base.loader import Content, load
from knowledge_base.ranking import Entry, Hit, Index, entry

HELD_OUT = Path("nlu_data/held_out/answers")
TODAY = date(2026, 11, 21)
PARTS = 5
UNDERSTOOD = 0.9
"""What the classifier commonly says of a question whose topic it knows."""
UNHEARD = 0.4


@dataclass(frozen=True)
class Asked:
    """A question with the facts that answer it, its answer and topic; no answer where it must not be answered."""

    question: str
    answer: str | None = None
    topic: str = ""
    facts: frozenset[str] = frozenset()


def main() -> None:
    content = load()
    facts = {fact.id: fact for fact in content.facts}
    whole = Index(entries(content, facts), content.lexicon)
    if sys.argv[1:] == ["calibrate"]:
        calibrate(whole)
        return
    fresh, unheld = questions(content, HELD_OUT)
    later, _ = questions(content, HELD_OUT / "later")
    print(f"{'':34}{'n':>6}{'first':>8}{'fact':>8}{'three':>8}{'sure':>8}{'wrong':>8}{'unsure':>8}")
    for name, known in (("topic known", True), ("no topic", False)):
        show(f"fresh, {name}", [(a, ask(whole, a, known)) for a in fresh], known)
        bare = [replace(a, question=fold(a.question)) for a in fresh]
        show(f"fresh, stripped, {name}", [(a, ask(whole, a, known)) for a in bare], known)
        show(f"never tuned on, {name}", [(a, ask(whole, a, known)) for a in later], known)
    for name, known in (("topic known", True), ("no topic", False)):
        show(f"ways held back, {name}", list(held_back(content, facts, known)), known)
    show_unheld(whole, unheld)
    show_time(content, facts, [a.question for a in fresh])


def entries(content: Content, facts: Mapping[str, Fact], left_out: int | None = None) -> list[Entry]:
    """Every answer; without every fifth of its ways where ``left_out`` says which."""
    kept = [
        replace(a, ways=tuple(way for n, way in enumerate(a.ways) if n % PARTS != left_out)) for a in content.answers
    ]
    return [entry(a, [facts[id_] for id_ in a.facts]) for a in kept]


def questions(content: Content, folder: Path) -> tuple[list[Asked], list[Asked]]:
    """A folder's questions: those with an answer, and those that must not be answered."""
    answers = {answer.id: answer for answer in content.answers}
    rows: list[dict[str, Any]] = [row for path in sorted(folder.glob("*.yml")) for row in yaml.safe_load(path.open())]
    named = [(row["question"], answers[row["answer"]]) for row in rows if row.get("answer") in answers]
    unheld = [Asked(row["question"]) for row in rows if "answer" not in row]
    return [Asked(question, a.id, a.topic, frozenset(a.facts)) for question, a in named], unheld


def held_back(content: Content, facts: Mapping[str, Fact], known: bool) -> Iterator[tuple[Asked, list[Hit]]]:
    for part in range(PARTS):
        index = Index(entries(content, facts, part), content.lexicon)
        for answer in content.answers:
            for way in answer.ways[part::PARTS]:
                asked = Asked(way, answer.id, answer.topic, frozenset(answer.facts))
                yield asked, ask(index, asked, known)


def ask(index: Index, asked: Asked, known: bool) -> list[Hit]:
    return index.search(asked.question, {asked.topic: 1.0} if known else {}, 3, TODAY)


def show(name: str, found: Sequence[tuple[Asked, list[Hit]]], known: bool) -> None:
    """One line, in per cent: first, first by a shared fact, among three, given alone, so and wrong, unsure."""
    understood = _heard(UNDERSTOOD if known else UNHEARD)
    decisions = [decide(hits, understood) for _, hits in found]
    right = [bool(hits and asked.facts & set(hits[0].facts)) for asked, hits in found]
    figures = (
        share(bool(hits) and hits[0].answer_id == asked.answer for asked, hits in found),
        share(right),
        share(asked.answer in [hit.answer_id for hit in hits] for asked, hits in found),
        share(decision == "answer" for decision in decisions),
        share(decision == "answer" and not good for decision, good in zip(decisions, right, strict=True)),
        share(decision == "unsure" for decision in decisions),
    )
    print(f"{name:34}{len(found):6}" + "".join(f"{figure:8.1f}" for figure in figures))


def show_unheld(index: Index, unheld: Sequence[Asked]) -> None:
    """How often what must not be answered is answered, were the understanding to name the worst topic, so surely."""
    for name, understood in (("taken for ours", UNDERSTOOD), ("hardly heard", UNHEARD), ("not heard", 0.0)):
        decisions = []
        for asked in unheld:
            first = index.search(asked.question, {}, 1, TODAY)
            topics = {first[0].topic: understood} if first else {}
            decisions.append(decide(index.search(asked.question, topics, 3, TODAY), _heard(understood)))
        figures = [share(decision == kind for decision in decisions) for kind in ("answer", "clarify", "unsure")]
        told = "answered {:.1f}, asked back {:.1f}, unsure {:.1f}".format(*figures)
        print(f"{f'not held, {name}':34}{len(unheld):6}  {told}")


def _heard(ours: float) -> Understanding:
    """A model that takes a question so surely for ours, and otherwise for nothing of ours."""
    return Understanding({"out_of_scope": 1 - ours})


def show_time(content: Content, facts: Mapping[str, Fact], asked: Sequence[str], size: int = 2000) -> None:
    shipped = entries(content, facts)
    many = [replace(e, answer_id=f"{e.answer_id}-{n}") for n in range(size // len(shipped) + 1) for e in shipped][:size]
    started = time.process_time()
    index = Index(many, content.lexicon)
    built = time.process_time() - started
    print(f"{size} answers: built in {built:.1f} s, searched in {median(timed(index, asked)):.2f} ms (median)")


def timed(index: Index, asked: Sequence[str]) -> Iterator[float]:
    for question in asked:
        started = time.process_time()
        index.search(question, {}, 3, TODAY)
        yield (time.process_time() - started) * 1000


def share(of: Iterable[bool]) -> float:
    """Per cent that is true."""
    values = list(of)
    return 100 * sum(values) / max(len(values), 1)


if __name__ == "__main__":
    main()
