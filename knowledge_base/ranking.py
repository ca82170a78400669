"""Ranking answers for a question: an index in memory over ways of asking, titles, texts and facts.

A question is compared in two ways. *Coverage*: how much of the question's weight an answer holds, and how often
(BM25 over weighted fields). *Likeness*: the cosine with the answer's nearest way of asking. Both lie in 0..1.
To them comes what was *learnt* when the model was trained; without it, or for an answer new since, these rank alone.
``python -m benchmarks.answers`` measures it; the constants were chosen on held-back ways and on fresh questions.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise

import numpy as np

from bot.language import fold
from knowledge_base.answers import Answer
from knowledge_base.facts import Citation, Fact
from knowledge_base.force import Window, common, fact_window
from knowledge_base.loader import Link
from knowledge_base.phrasing import Phrasing, heard, marks, phrasing, spoken, telling
from knowledge_base.postings import Floats, Postings, rarity

COVERAGE, LIKENESS, TOPIC, LEARNT = 1.0, 0.35, 0.05, 0.3
SUREST = 2.0
"""A learnt score beyond this says no more."""
SHARPNESS = 4
"""Only a way that says nearly the same thing is to count; merely similar ones mislead."""
WORD, PAIR, GAP, PIECE, LINK = 1.0, 0.3, 0.1, 0.05, 0.4
"""Weight of each kind of term in a question; neighbours confirm, but people order words freely."""
TITLE, WAY, TEXT, MORE, FACT = 1.4, 0.65, 0.4, 0.15, 0.35
"""Weight of one occurrence in each field."""
ENOUGH = 1.6
"""BM25's k: a term that an answer holds this often counts half of the most it can."""
LENGTH = 0.6
"""BM25's b: how far much text is held against an answer."""
FEW_WORDS = 3.0
"""Weight of what a question left unsaid: one of two words says less than one of ten."""

_NOTHING: Mapping[str, float] = {}


Laws = Mapping[tuple[str, ...], tuple[str, ...]]
"""Runs of folded syllables that were said, each with the law's terms for it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer as the index sees it; ``told`` are the texts of its facts, ``cited`` the places they rest on."""

    answer_id: str
    title: str
    topic: str
    facts: tuple[str, ...]
    ways: tuple[str, ...]
    text: str = ""
    more: str = ""
    told: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    window: Window = Window()  # noqa: RUF009 — frozen


def entry(answer: Answer, facts: Sequence[Fact]) -> Entry:
    """An answer with the facts it rests on, as the index takes it."""
    return Entry(
        answer_id=answer.id,
        title=answer.title,
        topic=answer.topic,
        facts=answer.facts,
        ways=answer.ways,
        text=answer.text,
        more=answer.more or "",
        told=tuple(fact.text for fact in facts),
        cited=tuple(dict.fromkeys(_cited(place) for fact in facts for place in fact.citations)),
        window=common(map(fact_window, facts)),
    )


@dataclass(frozen=True, slots=True)
class Hit:
    """An answer that may fit; ``score`` is 0..1, ``held`` the share (0..1) of the question's weight in its words."""

    answer_id: str
    title: str
    topic: str
    score: float
    facts: tuple[str, ...]
    held: float


class Lexicon:
    """Links from what people say to what the law says, found as runs of folded syllables."""

    def __init__(self, links: Iterable[Link]) -> None:
        self._law: dict[tuple[str, ...], tuple[str, ...]] = {}
        for link in links:
            law = tuple(term for phrase in link.law for term in _with_pairs(phrase))
            for said in link.said:
                key = tuple(heard(said))
                self._law[key] = tuple(dict.fromkeys(self._law.get(key, ()) + law))
        self._longest = max(map(len, self._law), default=0)

    def found(self, words: Sequence[str]) -> Laws:
        """The runs said in these folded syllables, each with the law's terms for it."""
        runs = (tuple(words[i : i + n]) for n in range(1, self._longest + 1) for i in range(len(words) - n + 1))
        return {run: self._law[run] for run in runs if run in self._law}

    def linked(self, words: Sequence[str]) -> set[str]:
        """The law's terms for all that is said in these folded syllables."""
        return {term for law in self.found(words).values() for term in law}


class Index:
    """Built once per state of the knowledge base; reading it changes nothing."""

    def __init__(self, entries: Sequence[Entry], links: Iterable[Link] = ()) -> None:
        self._entries = tuple(entries)
        self._lexicon = Lexicon(links)
        pools = [_pool(e) for e in self._entries]
        found = Counter(term for pool in pools for term in pool)
        self._ids = {term: number for number, term in enumerate(found)}
        self._unseen = rarity(0, len(pools))
        self._rare = {term: rarity(count, len(pools)) for term, count in found.items()}
        self._pools = Postings.of(self._saturated(pools), len(self._ids))
        ways = [[self._unit(phrasing(way)) for way in dict.fromkeys((e.title, *e.ways))] for e in self._entries]
        self._ways = Postings.of([bag for of_one in ways for bag in of_one], len(self._ids))
        self._first_way = np.cumsum([0, *(len(of_one) for of_one in ways)])[:-1]
        self._topics = np.array([e.topic for e in self._entries])
        self._rows = {e.answer_id: row for row, e in enumerate(self._entries)}

    def search(
        self, question: str, topics: Mapping[str, float], limit: int, on: date, learnt: Mapping[str, float] = _NOTHING
    ) -> list[Hit]:
        """The best answers that may be told on that day, best first; none for a question without words.

        ``topics`` says how likely (0..1) the question belongs to each topic; ``learnt`` how much speaks for each answer
        (0..2), by a model trained on ways of asking; an answer new since then has no score. Both may be empty.
        """
        scores = self._scores(question, topics, learnt)
        best = np.argsort(-scores, kind="stable")
        open_on = (n for n in best if scores[n] > 0 and self._entries[n].window.holds(on))
        asked, laws = _told_apart(question), self._lexicon.found(heard(question))
        return [self._hit(int(n), float(scores[n]), asked, laws) for n in islice(open_on, limit)]

    def _scores(self, question: str, topics: Mapping[str, float], learnt: Mapping[str, float]) -> Floats:
        if not self._entries or not heard(question):
            return np.zeros(len(self._entries), dtype=np.float32)
        asked = self._weighed(phrasing(question))
        linked = self._lexicon.linked(heard(question)) - asked.keys()
        query = self._known(asked | {term: LINK * self._weight(term) for term in linked})
        whole = FEW_WORDS + sum(asked.values())
        coverage = np.minimum(self._pools.sums(query) / whole, 1)
        near = self._nearest(phrasing(question))
        topical = TOPIC * sum(chance * (self._topics == topic) for topic, chance in topics.items()) * (coverage > 0)
        told = COVERAGE * coverage + LIKENESS * near**SHARPNESS + topical + LEARNT * self._learnt(learnt)
        return np.asarray(told, dtype=np.float32)

    def _learnt(self, scores: Mapping[str, float]) -> Floats:
        said = np.zeros(len(self._entries), dtype=np.float32)
        for answer_id, score in scores.items():
            if answer_id in self._rows:
                said[self._rows[answer_id]] = min(score, SUREST) / SUREST
        return said

    def _nearest(self, asked: Phrasing) -> Floats:
        likeness = self._ways.sums(self._unit(asked))
        return np.asarray(np.minimum(np.maximum.reduceat(likeness, self._first_way), 1), dtype=np.float32)

    def _weighed(self, asked: Phrasing) -> dict[str, float]:
        kinds = (asked.words, WORD), (asked.pairs, PAIR), (asked.gaps, GAP), (asked.pieces, PIECE)
        return {term: weight * self._rarity_of(term) for terms, weight in kinds for term in terms}

    def _weight(self, term: str) -> float:
        return self._rarity_of(term) * (PAIR if "_" in term else WORD)

    def _rarity_of(self, term: str) -> float:
        return self._rare.get(term, self._unseen)

    def _known(self, weights: Mapping[str, float]) -> dict[int, float]:
        return {self._ids[term]: weight for term, weight in weights.items() if term in self._ids}

    def _unit(self, said: Phrasing) -> dict[int, float]:
        """Words and pairs as a vector of length 1, unknown words counted; a repeated word counts once."""
        weights = {term: self._weight(term) for term in (*said.words, *said.pairs)}
        length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        return {number: weight / length for number, weight in self._known(weights).items()}

    def _saturated(self, pools: Sequence[dict[str, float]]) -> list[dict[int, float]]:
        """How much each pool holds of its terms, each 0..1."""
        lengths = [sum(n for term, n in pool.items() if term[0] not in "~=" and "_" not in term) for pool in pools]
        usual = sum(lengths) / max(len(lengths), 1) or 1.0
        halves = [ENOUGH * (1 - LENGTH + LENGTH * length / usual) for length in lengths]
        return [
            {self._ids[t]: n / (n + half) for t, n in pool.items()} for pool, half in zip(pools, halves, strict=True)
        ]

    def _hit(self, number: int, score: float, asked: Mapping[str, str], laws: Laws) -> Hit:
        entry, most = self._entries[number], COVERAGE + LIKENESS + TOPIC + LEARNT
        held = self._held(number, asked, laws)
        return Hit(entry.answer_id, entry.title, entry.topic, score / most, entry.facts, held)

    def _held(self, number: int, asked: Mapping[str, str], laws: Laws) -> float:
        """Share of the question's words, by weight, that the answer holds itself or in the law's words for them."""
        linked = {
            word
            for run, law in laws.items()
            if any("_" in term and self._holds(number, term) for term in law)
            for word in run
        }
        held = [self._rarity_of(w) for w, typed in asked.items() if w in linked or self._holds(number, typed)]
        return sum(held) / (sum(map(self._rarity_of, asked)) or 1.0)

    def _holds(self, number: int, term: str) -> bool:
        return term in self._ids and self._pools.holds(number, self._ids[term])


def _told_apart(question: str) -> dict[str, str]:
    """The question's telling words, each as the answer must hold it.

    A word typed with its marks is held only with the same marks: the ranking cannot tell “vàng” from “vắng”.
    """
    telling_words = set(telling(question))
    return {fold(word): marks(word) or word for word in spoken(question) if fold(word) in telling_words}


def _pool(entry: Entry) -> dict[str, float]:
    """How often each term occurs in all that belongs to an answer; pieces only where people's words stand."""
    counts: defaultdict[str, float] = defaultdict(float)
    asked = ((entry.title, TITLE), *((way, WAY) for way in entry.ways))
    told = ((entry.text, TEXT), (entry.more, MORE), *((text, FACT) for text in (*entry.told, *entry.cited)))
    for text, weight in (*asked, *told):
        said = phrasing(text)
        for term in (*said.words, *said.pairs, *said.gaps, *said.marked):
            counts[term] += weight
    for text, weight in asked:
        for term in phrasing(text).pieces:
            counts[term] += weight
    return counts


def _cited(place: Citation) -> str:
    """As people write it: “khoản 2 Điều 63 Bộ luật 45/2019/QH14”."""
    article = f"Điều {place.article}" if place.article else ""
    clause = f"khoản {place.clause}" if place.clause else ""
    return f"{clause} {article} {place.document}".strip()


def _with_pairs(phrase: str) -> list[str]:
    words = heard(phrase)
    return [*words, *(f"{a}_{b}" for a, b in pairwise(words))]
