"""The history of a case: written line by line, read, proved."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import chain
from bot.cases.models import Case, CaseEntry
from bot.officials.models import Official


@dataclass(frozen=True)
class Written:
    """What a new line says beyond what the case itself tells."""

    actor: str
    act: str
    from_state: str | None
    note: str | None = None
    reason: str | None = None
    shown: bool = True
    message_id: int | None = None


async def append(session: AsyncSession, case: Case, written: Written, at: datetime) -> CaseEntry:
    """One more line, after the case took its new state; the case must be locked, or not yet be seen by others."""
    last = await _last(session, case)
    salt = secrets.token_hex(16)
    entry = CaseEntry(
        case_id=case.id,
        number=last.number + 1 if last else 1,
        at=at,
        to_state=case.state,
        outcome=case.outcome,
        office_id=case.office_id,
        salt=salt,
        digest=chain.digest(written.note, salt),
        **vars(written),
    )
    entry.chain = chain.link(last.chain if last else chain.START, line_of(entry))
    session.add(entry)
    case.version, case.updated_at = entry.number, at
    await session.flush()
    return entry


async def history(session: AsyncSession, case: Case, after: int = 0) -> list[CaseEntry]:
    """The case's history after that number, oldest first."""
    query = select(CaseEntry).where(CaseEntry.case_id == case.id, CaseEntry.number > after)
    return list((await session.scalars(query.order_by(CaseEntry.number))).all())


async def chain_at_receipt(session: AsyncSession, case: Case) -> str:
    """The chain's value when the case was opened; its fingerprint stands on the receipt."""
    query = select(CaseEntry.chain).where(CaseEntry.case_id == case.id, CaseEntry.number == 1)
    return (await session.scalars(query)).one()


RESIDENTS = {
    "resident": "Người dân",
    "reporter": "Người cùng gửi",
    "follower": "Người theo dõi",
    "reader": "Người theo dõi",
}
PRODUCT = "Hệ thống"


async def named(session: AsyncSession, entries: Sequence[CaseEntry]) -> list[tuple[CaseEntry, str]]:
    """Each line with who did it: an official's title and office, never which resident."""
    ids = {int(e.actor.removeprefix("official:")) for e in entries if e.actor.startswith("official:")}
    people = await session.scalars(select(Official).where(Official.id.in_(ids)))
    names = {f"official:{who.id}": f"{who.title} ({who.office.name})" for who in people} | RESIDENTS
    return [(entry, names.get(entry.actor, PRODUCT)) for entry in entries]


async def written_for(session: AsyncSession, message_id: int) -> CaseEntry | None:
    """The line that this message wrote before, in whichever case."""
    return await session.scalar(select(CaseEntry).where(CaseEntry.message_id == message_id))


def line_of(entry: CaseEntry) -> chain.Line:
    """The part of a history row that the chain covers."""
    return chain.Line(
        entry.number,
        entry.at.astimezone(UTC).isoformat(),
        entry.actor,
        entry.from_state,
        entry.to_state,
        entry.outcome,
        entry.shown,
        entry.digest,
        entry.act,
        entry.reason,
        entry.office_id,
    )


@dataclass(frozen=True)
class Proof:
    """What a history proves: the first line that was tampered with, the lines whose words were erased."""

    lines: int
    broken_at: int | None
    erased: tuple[int, ...]


def prove(entries: Sequence[CaseEntry]) -> Proof:
    """Check chain and words of a whole history."""
    broken = chain.broken_at((line_of(entry), entry.chain) for entry in entries)
    reworded = next((e.number for e in entries if e.salt and chain.digest(e.note, e.salt) != e.digest), None)
    wrong = [number for number in (broken, reworded) if number is not None]
    return Proof(len(entries), min(wrong, default=None), tuple(e.number for e in entries if e.salt is None))


async def _last(session: AsyncSession, case: Case) -> CaseEntry | None:
    query = select(CaseEntry).where(CaseEntry.case_id == case.id).order_by(CaseEntry.number.desc()).limit(1)
    return await session.scalar(query)
