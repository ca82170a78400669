"""The only writers of knowledge: loading what is shipped, and officials' edits. Every write changes the stamp."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge_base.answers import Answer
from knowledge_base.facts import Fact
from knowledge_base.loader import CONTENT, load
from knowledge_base.models import AnswerFact, AnswerRow, FactRow, KnowledgeVersion, ShippedEdit, Way

Shipped = Fact | Answer
EDITABLE = frozenset({"title", "text", "more", "topic", "scope", "changed"})


@dataclass
class Loaded:
    """What a load did, in numbers of facts and answers."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    left_for_review: int = 0
    """Shipped changes newly listed because an official had edited the item."""

    @property
    def wrote(self) -> bool:
        return bool(self.added or self.updated or self.removed or self.left_for_review)


async def load_shipped(session: AsyncSession, content_dir: Path = CONTENT) -> Loaded:
    """Bring shipped facts and answers into the database; raises ``ContentError``.

    Loading the same files again does nothing. What an official edited stays; a shipped change to it is listed once.
    """
    content, done = load(content_dir), Loaded()
    known_facts = {row.id: row for row in await session.scalars(select(FactRow))}
    known_answers = {row.id: row for row in await session.scalars(select(AnswerRow))}
    for fact in content.facts:
        await _load_one(session, fact, known_facts.get(fact.id), done)
    await session.flush()
    rests = [row for a in content.answers for row in await _load_one(session, a, known_answers.get(a.id), done)]
    await session.flush()
    session.add_all(rests)
    await session.flush()
    await _remove(session, "answer", known_answers, {answer.id for answer in content.answers}, done)
    await _remove(session, "fact", known_facts, {fact.id for fact in content.facts}, done)
    if done.wrote:
        await touch(session)
    return done


async def touch(session: AsyncSession) -> None:
    """Change the stamp, so that every process searches afresh once this transaction commits."""
    stamp = func.gen_random_uuid()
    statement = insert(KnowledgeVersion).values(id=1, stamp=stamp)
    await session.execute(statement.on_conflict_do_update(index_elements=["id"], set_={"stamp": stamp}))


async def edit_answer(session: AsyncSession, answer_id: str, **changes: Any) -> None:
    """An official changes some of ``EDITABLE``; raises ``LookupError`` or ``ValueError``."""
    row = await session.get(AnswerRow, answer_id)
    if row is None:
        raise LookupError(answer_id)
    if unknown := changes.keys() - EDITABLE:
        raise ValueError(f"not editable: {', '.join(sorted(unknown))}")
    for name, value in changes.items():
        setattr(row, name, value)
    row.edited_by_official = True
    await session.flush()
    await touch(session)


async def add_way(session: AsyncSession, answer_id: str, text: str, *, approved: bool = False) -> None:
    """Add an official's way of asking; the same words again only approve it."""
    statement = insert(Way).values(answer_id=answer_id, text=text, approved=approved, shipped=False)
    again = {"approved": statement.excluded.approved | Way.approved}
    await session.execute(statement.on_conflict_do_update(index_elements=["answer_id", "text"], set_=again))
    await touch(session)


def content_hash(item: Shipped) -> str:
    """A digest of the item's shipped form."""
    form = json.dumps(asdict(item), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(form.encode()).hexdigest()


async def _load_one(
    session: AsyncSession, item: Shipped, row: FactRow | AnswerRow | None, done: Loaded
) -> list[AnswerFact | Way]:
    """Returns the rows to add once the item's own row is there."""
    digest = content_hash(item)
    if row is None:
        done.added += 1
    elif row.content_hash == digest:
        return []
    elif row.edited_by_official:
        form = json.loads(json.dumps(asdict(item), default=str))
        done.left_for_review += await _list_for_review(session, _kind(item), item.id, digest, form)
        return []
    else:
        done.updated += 1
    if isinstance(item, Answer):
        return await _write_answer(session, item, row, digest)
    _write_fact(session, item, row, digest)
    return []


def _write_fact(session: AsyncSession, fact: Fact, row: FactRow | AnswerRow | None, digest: str) -> None:
    values = asdict(fact) | {"citations": [asdict(c) for c in fact.citations], "content_hash": digest}
    _put(session, row or FactRow(), values)


async def _write_answer(
    session: AsyncSession, answer: Answer, row: FactRow | AnswerRow | None, digest: str
) -> list[AnswerFact | Way]:
    values = {name: getattr(answer, name) for name in ("id", *sorted(EDITABLE))} | {"content_hash": digest}
    others: set[str] = set()
    if row:
        await session.execute(delete(AnswerFact).where(AnswerFact.answer_id == answer.id))
        await session.execute(delete(Way).where(Way.answer_id == answer.id, Way.shipped))
        others = set(await session.scalars(select(Way.text).where(Way.answer_id == answer.id)))
    _put(session, row or AnswerRow(), values)
    facts, ways = dict.fromkeys(answer.facts), dict.fromkeys(way for way in answer.ways if way not in others)
    return [
        *(AnswerFact(answer_id=answer.id, fact_id=fact, position=n) for n, fact in enumerate(facts)),
        *(Way(answer_id=answer.id, text=way, approved=True, shipped=True) for way in ways),
    ]


def _put(session: AsyncSession, row: FactRow | AnswerRow, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)


async def _remove(session: AsyncSession, kind: str, known: dict[str, Any], shipped: set[str], done: Loaded) -> None:
    """Take out what is no longer shipped, unless an official edited it or a fact still carries an answer."""
    gone = {id_: row for id_, row in known.items() if id_ not in shipped and row.content_hash is not None}
    carrying = set(await session.scalars(select(AnswerFact.fact_id).distinct())) if kind == "fact" and gone else set()
    for id_, row in gone.items():
        if row.edited_by_official or id_ in carrying:
            done.left_for_review += await _list_for_review(session, kind, id_, "", {})
        else:
            await session.delete(row)
            done.removed += 1
    await session.flush()


async def _list_for_review(session: AsyncSession, kind: str, item_id: str, digest: str, form: dict[str, Any]) -> int:
    """List the shipped form, in place of an older one of the same item; 0 when it is listed already."""
    values = {"kind": kind, "item_id": item_id, "content_hash": digest, "shipped": form, "reviewed": False}
    statement = insert(ShippedEdit).values(values)
    listed = statement.on_conflict_do_update(
        index_elements=["kind", "item_id"],
        set_={name: statement.excluded[name] for name in ("content_hash", "shipped", "reviewed")},
        where=ShippedEdit.content_hash != digest,
    )
    return len((await session.execute(listed.returning(ShippedEdit.id))).all())


def _kind(item: Shipped) -> str:
    return "fact" if isinstance(item, Fact) else "answer"
