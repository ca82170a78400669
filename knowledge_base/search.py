"""Which answers fit a question, and whether to answer, ask back or say that we are not sure."""

from collections import defaultdict
from collections.abc import Sequence
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

UNDERSTOOD = 0.5
"""How sure the understanding must be that this is a question of ours; the scores below differ by it."""
FAIR, LEAD = 0.22, 0.03
"""Held-back ways of asking that score and lead by this much have the right answer first in 84 of 100; of the others
the right one is among the first three in 74 of 100."""
STRONG, WIDE_LEAD = 0.40, 0.05
POSSIBLE, POSSIBLE_ALONE = 0.17, 0.27
"""Nineteen in twenty sentences that are nothing of ours score below 0.19 without a topic, and below 0.30 with the topic
that suits them best; of 239 held-out questions with their topic, 5 score below
0.17."""

_built: dict[UUID, Index] = {}
"""The index of the newest stamp seen by this process."""


async def search(
    session: AsyncSession, question: str, topic: str | None, limit: int = 3, on: date | None = None
) -> list[Hit]:
    """The best answers, best first; ``topic`` is a bonus and no filter, ``on`` is today unless given."""
    index = await _index(session)
    return index.search(question, topic, limit, on or local(now()).date())


def decide(hits: Sequence[Hit], understood: float) -> Decision:
    """What to do with the hits; ``understood`` (0..1) says how surely this is a question of ours."""
    if not hits:
        return "unsure"
    best, lead = hits[0].score, hits[0].score - (hits[1].score if len(hits) > 1 else 0.0)
    if understood >= UNDERSTOOD:
        if best >= FAIR and lead >= LEAD:
            return "answer"
        return "clarify" if best >= POSSIBLE else "unsure"
    if best >= STRONG and lead >= WIDE_LEAD:
        return "answer"
    return "clarify" if best >= POSSIBLE_ALONE else "unsure"


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
