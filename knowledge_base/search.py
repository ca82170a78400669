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

SURE = 0.62
LIKELY = 0.45
POSSIBLE = 0.34
CLEAR_LEAD = 0.06

_built: tuple[UUID, Index] | None = None


async def search(
    session: AsyncSession, question: str, topic: str | None, limit: int = 3, on: date | None = None
) -> list[Hit]:
    """The best answers, best first; ``topic`` is a bonus and no filter, ``on`` is today unless given."""
    index = await _index(session)
    return index.search(question, topic, limit, on or local(now()).date())


def decide(hits: Sequence[Hit], understood: float) -> Decision:
    """What to do with the hits; ``understood`` is how sure the understanding is that this is a question of ours (0..1)."""
    if not hits or hits[0].score < POSSIBLE:
        return "unsure"
    best, second = hits[0].score, hits[1].score if len(hits) > 1 else 0.0
    if best >= SURE or (best >= LIKELY and understood >= 0.5 and best - second >= CLEAR_LEAD):
        return "answer"
    return "clarify" if best >= LIKELY or understood >= 0.5 else "unsure"


async def _index(session: AsyncSession) -> Index:
    """The index of the knowledge base as this transaction sees it; built again only when the stamp has changed."""
    global _built
    stamp = await session.scalar(select(KnowledgeVersion.stamp))
    if stamp is None or _built is None or _built[0] != stamp:
        index = Index(await _entries(session), load_lexicon())
        if stamp is None:
            return index
        _built = (stamp, index)
    return _built[1]


async def _entries(session: AsyncSession) -> list[Entry]:
    rests: defaultdict[str, list[Fact]] = defaultdict(list)
    joined = select(AnswerFact.answer_id, FactRow).join(FactRow, FactRow.id == AnswerFact.fact_id)
    for answer_id, fact in (await session.execute(joined.order_by(AnswerFact.position))).tuples():
        rests[answer_id].append(fact.plain())
    ways: defaultdict[str, list[str]] = defaultdict(list)
    for way in await session.scalars(select(Way).where(Way.approved).order_by(Way.id)):
        ways[way.answer_id].append(way.text)
    answers = await session.scalars(select(AnswerRow).order_by(AnswerRow.id))
    return [entry(answer.plain(rests[answer.id], ways[answer.id]), rests[answer.id]) for answer in answers]
