"""Which answers fit a question, from an index of the knowledge base kept in memory."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import local, now
from knowledge_base.deciding import Outcome, Understanding, decided
from knowledge_base.facts import Fact
from knowledge_base.loader import load_lexicon
from knowledge_base.models import AnswerFact, AnswerRow, FactRow, KnowledgeVersion, Way
from knowledge_base.ranking import Entry, Hit, Index, entry

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


async def find(session: AsyncSession, question: str, understood: Understanding, on: date) -> Outcome:
    """What is made of a question on that day, by the knowledge base as this transaction sees it."""
    return decided(await _index(session), question, understood, on)


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
