"""Which answers fit a question, and whether to answer, ask back or say that we are not sure."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import local, now
from knowledge_base.facts import Fact
from knowledge_base.loader import load_lexicon
from knowledge_base.models import AnswerFact, AnswerRow, FactRow, KnowledgeVersion, Way
from knowledge_base.ranking import Entry, Hit, Index, entry

Decision = Literal["answer", "clarify", "unsure"]

LEAD, HELD, UNDERSTOOD, LEVEL = 16.3, 5.25, 1.75, -5.4
"""Logistic regression of “the first answer is right” on questions that no way of asking was written from, on ways held
back from the index, and on questions that no fact answers; ``python -m benchmarks.answers`` shows what comes of it."""
SURE = 0.67
"""From here on the first answer is given alone."""
LEAST_LEAD = 0.015
"""Two answers that fit alike are both shown, however well they fit."""
HEARD, SAME = 0.3, 0.6
"""Below the first, the understanding takes it for nothing of ours: then only a known way of asking (score above the
second) is answered."""
LIKELY, LIKELY_UNHEARD = 0.12, 0.35
"""From here on the right answer is worth looking for among three; the second where the understanding heard nothing."""
OURS, POSSIBLE = 0.5, 0.14
"""A question surely understood as ours is asked back from this score on, however many answers fit alike."""

_built: dict[UUID, Index] = {}
"""The index of the newest stamp seen by this process."""


async def search(
    session: AsyncSession,
    question: str,
    topic: str | None,
    limit: int = 3,
    on: date | None = None,
    topics: Mapping[str, float] | None = None,
) -> list[Hit]:
    """The best answers, best first, on that day (today unless given).

    ``topics`` says how likely (0..1) each topic is and goes before ``topic``, which stands for one that is certain;
    both are a bonus and no filter.
    """
    index = await _index(session)
    likely = topics if topics is not None else {topic: 1.0} if topic else {}
    return index.search(question, likely, limit, on or local(now()).date())


def decide(hits: Sequence[Hit], understood: float) -> Decision:
    """What to do with the hits; ``understood`` (0..1) says how surely this is a question of ours."""
    if not hits:
        return "unsure"
    chance, best = certainty(hits, understood), hits[0].score
    if chance >= SURE and _lead(hits) >= LEAST_LEAD and (understood >= HEARD or best >= SAME):
        return "answer"
    likely = chance >= (LIKELY if understood >= HEARD else LIKELY_UNHEARD)
    return "clarify" if likely or (understood >= OURS and best >= POSSIBLE) else "unsure"


def certainty(hits: Sequence[Hit], understood: float) -> float:
    """How likely (0..1) the first answer is the right one."""
    signs = LEAD * _lead(hits) + HELD * hits[0].held + UNDERSTOOD * understood
    return 1 / (1 + math.exp(-(signs + LEVEL)))


def _lead(hits: Sequence[Hit]) -> float:
    return hits[0].score - (hits[1].score if len(hits) > 1 else 0.0)


async def _index(session: AsyncSession) -> Index:
    """The index of the knowledge base as this transaction sees it; built again only when the stamp has changed."""
    stamp = await session.scalar(select(KnowledgeVersion.stamp))
    if stamp is None:
        return Index([])
    if stamp not in _built:
        index = Index(await _entries(session), load_lexicon())
        _built.clear()
        _built[stamp] = index
    return _built[stamp]


async def _entries(session: AsyncSession) -> list[Entry]:
    rests: defaultdict[str, list[Fact]] = defaultdict(list)
    joined = select(AnswerFact.answer_id, FactRow).join(FactRow, FactRow.id == AnswerFact.fact_id)
    for answer_id, fact in await session.execute(joined.order_by(AnswerFact.position)):
        rests[answer_id].append(fact.plain())
    ways: defaultdict[str, list[str]] = defaultdict(list)
    for way in await session.scalars(select(Way).where(Way.approved).order_by(Way.id)):
        ways[way.answer_id].append(way.text)
    answers = await session.scalars(select(AnswerRow).order_by(AnswerRow.id))
    return [entry(answer.plain(rests[answer.id], ways[answer.id]), rests[answer.id]) for answer in answers]
