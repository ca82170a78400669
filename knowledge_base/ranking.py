"""Ranking answers for a question: an index in memory over ways of asking, titles and pools (texts and facts).

A question is compared in two ways. *Likeness*: the cosine of TF-IDF weights with the answer's nearest way of asking.
*Coverage*: how much of the question's weight the answer's pool holds, and how often (BM25). Both lie in 0..1.
The constants were chosen on held-back ways of asking: right answer first 39 % by likeness alone, 63 % so.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from bot.language import syllables, terms
from knowledge_base.answers import Answer
from knowledge_base.facts import Fact
from knowledge_base.force import Window, common, fact_window
from knowledge_base.loader import Link

LIKENESS, COVERAGE = 0.4, 1.0
SHARPNESS = 4
"""Only a way that says nearly the same thing is to count; merely similar ones mislead."""
TOPIC_BONUS = 0.1
LINK_WEIGHT = 0.3
PAIR_WEIGHT = 0.35
"""Of a bigram beside a syllable: neighbours confirm, but people order words freely."""
WAY_WEIGHT = 0.7
"""Of a term in a way of asking beside one in the answer's text or facts."""
ENOUGH = 6.0
"""BM25's k: a term that the pool holds this often counts half of the most it can."""
FEW_WORDS = 3.0
"""Weight of what a question left unsaid: one of two words says less than one of ten."""
LENGTH = 0.5
"""BM25's b: how far a long pool is held against it."""

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer as the index sees it; ``ways`` include the title, ``pool`` is all text that belongs to it."""

    answer_id: str
    title: str
    topic: str
    facts: tuple[str, ...]
    ways: tuple[str, ...]
    pool: tuple[str, ...]
    window: Window


def entry(answer: Answer, facts: Sequence[Fact]) -> Entry:
    """An answer with the facts it rests on, as the index takes it."""
    return Entry(
        answer_id=answer.id,
        title=answer.title,
        topic=answer.topic,
        facts=answer.facts,
        ways=(answer.title, *answer.ways),
        pool=(answer.text, answer.more or "", *(fact.text for fact in facts)),
        window=common(map(fact_window, facts)),
    )


@dataclass(frozen=True, slots=True)
class Hit:
    """An answer that may fit; ``score`` is 0..1."""

    answer_id: str
    title: str
    topic: str
    score: float
    facts: tuple[str, ...]


class Lexicon:
    """Links from what people say to what the law says, found as runs of folded syllables."""

    def __init__(self, links: Iterable[Link]) -> None:
        self._law: dict[tuple[str, ...], tuple[str, ...]] = {}
        for link in links:
            law = tuple(term for phrase in link.law for term in terms(phrase))
            for said in link.said:
                key = tuple(syllables(said))
                self._law[key] = tuple(dict.fromkeys(self._law.get(key, ()) + law))
        self._longest = max(map(len, self._law), default=0)

    def linked(self, words: Sequence[str]) -> set[str]:
        """The law's terms for the runs that occur in these folded syllables."""
        runs = (tuple(words[i : i + n]) for n in range(1, self._longest + 1) for i in range(len(words) - n + 1))
        return {term for run in runs for term in self._law.get(run, ())}


@dataclass(frozen=True, slots=True)
class _Postings:
    """For each term, the rows that hold it and its weight there."""

    starts: Ints
    rows: Ints
    weights: Floats
    height: int

    @classmethod
    def of(cls, bags: Sequence[dict[int, float]], width: int) -> "_Postings":
        triples = sorted((term, row, weight) for row, bag in enumerate(bags) for term, weight in bag.items())
        counts = np.bincount([term for term, _, _ in triples], minlength=width) if triples else np.zeros(width)
        starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        rows = np.array([row for _, row, _ in triples], dtype=np.int32)
        return cls(starts, rows, np.array([weight for _, _, weight in triples], dtype=np.float32), len(bags))

    def sums(self, query: dict[int, float]) -> Floats:
        """For each row the sum over the query's terms of query weight × row weight."""
        slices = [(slice(self.starts[term], self.starts[term + 1]), weight) for term, weight in query.items()]
        if not slices:
            return np.zeros(self.height, dtype=np.float32)
        rows = np.concatenate([self.rows[part] for part, _ in slices])
        weights = np.concatenate([self.weights[part] * np.float32(weight) for part, weight in slices])
        return np.bincount(rows, weights=weights, minlength=self.height).astype(np.float32)


class Index:
    """Built once per state of the knowledge base; reading it changes nothing."""

    def __init__(self, entries: Sequence[Entry], links: Iterable[Link] = ()) -> None:
        self._entries = tuple(entries)
        self._lexicon = Lexicon(links)
        pools = [_pool(e) for e in self._entries]
        found = Counter(term for pool in pools for term in pool)
        self._ids = {term: number for number, term in enumerate(found)}
        self._unseen = _rarity(0, len(pools))
        self._idf = {term: _rarity(count, len(pools)) for term, count in found.items()}
        ways = [[self._unit(_terms(way)) for way in dict.fromkeys(e.ways)] for e in self._entries]
        self._ways = _Postings.of([bag for of_one in ways for bag in of_one], len(self._ids))
        self._first_way = np.cumsum([0, *(len(of_one) for of_one in ways)])[:-1]
        self._pools = _Postings.of(self._saturated(pools), len(self._ids))
        self._topics = np.array([e.topic for e in self._entries])

    def search(self, question: str, topic: str | None, limit: int, on: date) -> list[Hit]:
        """The best answers that may be told on that day, best first; none for a question without words."""
        scores = self._scores(question, topic)
        best = np.argsort(-scores, kind="stable")
        open_on = (n for n in best if scores[n] > 0 and self._entries[n].window.holds(on))
        return [self._hit(int(n), float(scores[n])) for n in islice(open_on, limit)]

    def _scores(self, question: str, topic: str | None) -> Floats:
        words = syllables(question)
        if not words or not self._entries:
            return np.zeros(len(self._entries), dtype=np.float32)
        asked = {term: self._weight(term) for term in terms(question)}
        linked = {term: LINK_WEIGHT * self._weight(term) for term in self._lexicon.linked(words) - asked.keys()}
        both = asked | linked
        length = math.sqrt(sum(weight**2 for weight in asked.values()))
        likeness = self._ways.sums({self._ids[t]: w / length for t, w in both.items() if t in self._ids})
        nearest = np.maximum.reduceat(likeness, self._first_way)
        whole = FEW_WORDS + sum(weight for term, weight in asked.items() if "_" not in term or term in self._ids)
        coverage = self._pools.sums({self._ids[t]: w / whole for t, w in both.items() if t in self._ids})
        scores = LIKENESS * np.minimum(nearest, 1) ** SHARPNESS + COVERAGE * np.minimum(coverage, 1)
        bonus = TOPIC_BONUS * ((self._topics == (topic or "")) & (scores > 0))
        return np.asarray(scores + bonus, dtype=np.float32)

    def _weight(self, term: str) -> float:
        return self._idf.get(term, self._unseen) * (PAIR_WEIGHT if "_" in term else 1.0)

    def _unit(self, way: Iterable[str]) -> dict[int, float]:
        """A way's terms as a vector of length 1; a repeated word counts once."""
        weights = {self._ids[term]: self._weight(term) for term in way}
        length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        return {term: weight / length for term, weight in weights.items()}

    def _saturated(self, pools: Sequence[dict[str, float]]) -> list[dict[int, float]]:
        """How much each pool holds of its terms, each 0..1."""
        lengths = [sum(pool.values()) for pool in pools]
        usual = sum(lengths) / max(len(lengths), 1)
        halves = [ENOUGH * (1 - LENGTH + LENGTH * length / usual) for length in lengths]
        return [
            {self._ids[t]: n / (n + half) for t, n in pool.items()} for pool, half in zip(pools, halves, strict=True)
        ]

    def _hit(self, number: int, score: float) -> Hit:
        entry = self._entries[number]
        return Hit(entry.answer_id, entry.title, entry.topic, min(score, 1.0), entry.facts)


def _pool(entry: Entry) -> dict[str, float]:
    """How often each term occurs in all that belongs to an answer."""
    counts: defaultdict[str, float] = defaultdict(float)
    for texts, weight in ((entry.ways, WAY_WEIGHT), (entry.pool, 1.0)):
        for text in texts:
            for term in _terms(text):
                counts[term] += weight
    return counts


@lru_cache(maxsize=100_000)
def _terms(text: str) -> tuple[str, ...]:
    """Kept between builds: an edit changes one text of thousands."""
    return tuple(terms(text))


def _rarity(holding: int, of: int) -> float:
    """Weight of a term that so many of the answers hold: always above 0, greatest where none does."""
    return math.log(1 + (of + 0.5) / (holding + 0.5))
