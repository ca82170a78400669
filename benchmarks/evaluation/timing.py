"""Search by itself, at the size a province may reach. Times are of the processor."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from statistics import median

from knowledge_base.loader import Content
from knowledge_base.ranking import Entry, Index, entry

ANSWERS = 2_000
ON = date(2026, 11, 20)


def search_ms(content: Content, questions: Sequence[str], size: int = ANSWERS) -> float:
    """Median milliseconds of a search when the shipped answers are repeated until there are that many."""
    index = Index(grown(shipped(content), size), content.lexicon)
    return round(median(_timed(index, questions)), 2)


def shipped(content: Content) -> list[Entry]:
    """Every answer as the index takes it."""
    facts = {fact.id: fact for fact in content.facts}
    return [entry(answer, [facts[id_] for id_ in answer.facts]) for answer in content.answers]


def grown(entries: Sequence[Entry], size: int) -> list[Entry]:
    """The entries over and over, under ids of their own."""
    rounds = range(size // len(entries) + 1)
    return [replace(e, answer_id=f"{e.answer_id}-{n}") for n in rounds for e in entries][:size]


def _timed(index: Index, questions: Sequence[str]) -> Iterator[float]:
    for question in questions:
        started = time.process_time()
        index.search(question, {}, 3, ON)
        yield (time.process_time() - started) * 1_000
