"""What pages, actions and reports read of the knowledge base."""

import re
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge_base.caution import caution, with_caution
from knowledge_base.force import common, window
from knowledge_base.models import AnswerFact, AnswerRow, FactRow, ShippedEdit, Way


async def answer_view(session: AsyncSession, answer_id: str, on: date) -> dict[str, Any] | None:
    """What a reply shows: ``{text, more, answer, facts, citations, topic, title}``.

    ``citations`` are ``{fact, document, article, clause, point, caution}``. ``None`` when there is no such answer or
    one of its facts may not be told on that day.
    """
    answer = await session.get(AnswerRow, answer_id)
    facts = await _facts_of(session, answer_id)
    if answer is None or not _told(facts, on):
        return None
    return {
        "text": with_caution(answer.text, (fact.standing for fact in facts)),
        "more": answer.more,
        "answer": answer.id,
        "facts": [fact.id for fact in facts],
        "citations": [citation for fact in facts for citation in _citations(fact)],
        "topic": answer.topic,
        "title": answer.title,
    }


async def facts_of(session: AsyncSession, answer_id: str) -> list[str]:
    """Ids of the facts that an answer rests on, in their order."""
    return [fact.id for fact in await _facts_of(session, answer_id)]


async def answers_of_topic(session: AsyncSession, topic: str, on: date) -> list[dict[str, Any]]:
    """The topic's answers that may be told on that day, by id: ``{answer, title, facts}``."""
    joined = select(AnswerRow, FactRow).join(AnswerFact, AnswerFact.answer_id == AnswerRow.id)
    joined = joined.join(FactRow, FactRow.id == AnswerFact.fact_id).where(AnswerRow.topic == topic)
    rows = await session.execute(joined.order_by(AnswerRow.id, AnswerFact.position))
    rests = [(answer, [fact for _, fact in group]) for answer, group in groupby(rows, key=lambda row: row[0])]
    return [
        {"answer": answer.id, "title": answer.title, "facts": [fact.id for fact in facts]}
        for answer, facts in rests
        if _told(facts, on)
    ]


async def withheld_answers(session: AsyncSession, on: date) -> list[str]:
    """Ids of answers that rest on a fact which may not be told on that day, for the report to the editors."""
    joined = select(AnswerFact.answer_id, FactRow).join(FactRow, FactRow.id == AnswerFact.fact_id)
    rows = await session.execute(joined)
    return sorted({answer_id for answer_id, fact in rows if not _told([fact], on)})


async def emergency_numbers(session: AsyncSession) -> list[dict[str, Any]]:
    """The emergency facts by id: ``{fact, number, text, source, review}``; ``review`` says how often to look again."""
    facts = await session.scalars(select(FactRow).where(FactRow.kind == "emergency").order_by(FactRow.id))
    return [_emergency(fact) for fact in facts]


async def shipped_edits(session: AsyncSession) -> list[ShippedEdit]:
    """Shipped changes that wait for an official's review."""
    rows = await session.scalars(select(ShippedEdit).where(~ShippedEdit.reviewed).order_by(ShippedEdit.id))
    return list(rows)


async def taught_ways(session: AsyncSession) -> list[dict[str, Any]]:
    """Approved ways of asking that are not shipped, by answer: ``{id, topic, ways}``, always in the same order."""
    joined = select(AnswerRow.id, AnswerRow.topic, Way.text).join(AnswerRow, AnswerRow.id == Way.answer_id)
    rows = await session.execute(joined.where(Way.approved, ~Way.shipped).order_by(AnswerRow.id, Way.id))
    by_answer = groupby(rows, key=lambda row: (row[0], row[1]))
    return [{"id": id_, "topic": topic, "ways": [row[2] for row in group]} for (id_, topic), group in by_answer]


async def _facts_of(session: AsyncSession, answer_id: str) -> list[FactRow]:
    joined = select(FactRow).join(AnswerFact, AnswerFact.fact_id == FactRow.id)
    rows = await session.scalars(joined.where(AnswerFact.answer_id == answer_id).order_by(AnswerFact.position))
    return list(rows)


def _told(facts: list[FactRow], on: date) -> bool:
    return common(window(fact.kind, fact.in_force_from, fact.in_force_to) for fact in facts).holds(on)


def _citations(fact: FactRow) -> list[dict[str, Any]]:
    return [{"fact": fact.id, **citation, "caution": caution(fact.standing)} for citation in fact.citations]


def _emergency(fact: FactRow) -> dict[str, Any]:
    number = re.search(r"gọi (\d+)", fact.text)
    notes = fact.source.split(" | ")
    return {
        "fact": fact.id,
        "number": number and number[1],
        "text": fact.text,
        "source": notes[0].split(";")[0],
        "review": notes[-1],
    }
