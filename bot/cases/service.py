"""Use cases of a case: open it once, move it on, prove its history."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import chain, codes
from bot.cases.models import Case, CaseEntry
from bot.cases.states import OUTCOMES, STATES, check_move
from bot.conversations.models import Conversation
from bot.conversations.replies import Reply
from bot.conversations.service import add_replies, conversation_of
from bot.officials.models import Office, Official
from bot.officials.queries import office_for

CONSENT_VERSION = "2026-11"
"""Which wording of the agreement the resident saw: the summary in ``nlu_data/domain/feedback.yml``."""


@dataclass(frozen=True)
class Report:
    """What a resident reported and agreed to send."""

    place: str
    commune_id: int | None
    village_id: int | None
    field: str
    description: str
    visibility: str
    kind: str = "recommendation"


async def open_case(
    session: AsyncSession, message_id: int, report: Report, at: datetime, below: Callable[[int], int]
) -> Case:
    """Store the report as a case with its first history line; the same message gives the case it gave before."""
    conversation = await conversation_of(session, message_id)
    known = await session.scalar(select(Case).where(Case.message_id == message_id))
    if known:
        return known
    office = await office_for(session, report.commune_id)
    case = Case(
        code=await _free_code(session, below),
        kind=report.kind,
        field=report.field,
        state="new",
        office_id=office.id,
        commune_id=report.commune_id,
        village_id=report.village_id,
        place=report.place,
        description=report.description,
        visibility=report.visibility,
        conversation_id=conversation.id,
        message_id=message_id,
        consent_version=CONSENT_VERSION,
        consent_channel=conversation.channel,
        created_at=at,
        updated_at=at,
    )
    session.add(case)
    await session.flush()
    if report.commune_id is not None:
        conversation.commune_id = report.commune_id
    await _append(session, case, actor="resident", from_state=None, note=report.description, at=at)
    return case


async def move(
    session: AsyncSession, case: Case, official: Official, *, to: str, outcome: str | None, note: str, at: datetime
) -> None:
    """An official moves the case on, and the resident is told in the same chat; may raise ``NotAllowed``."""
    check_move(case.state, to, outcome)
    before, case.state, case.updated_at = case.state, to, at
    case.outcome = outcome or case.outcome
    await _append(session, case, actor=f"official:{official.id}", from_state=before, note=note, at=at)
    conversation = await session.get_one(Conversation, case.conversation_id, with_for_update=True)
    office = await session.get_one(Office, case.office_id)
    view = await view_of(session, case, office)
    await add_replies(
        session, conversation, [Reply("status", _news(case, office, note), {"case": view})], to=None, at=at
    )


def _news(case: Case, office: Office, note: str) -> str:
    label = STATES[case.state].resident
    outcome = f" Kết quả: {OUTCOMES[case.outcome]}." if case.state == "answered" and case.outcome else ""
    words = f"\n\n{office.name} trả lời:\n{note}" if note else ""
    return f"Phiếu {case.code}: {label}.{outcome}{words}"


async def _append(
    session: AsyncSession, case: Case, *, actor: str, from_state: str | None, note: str | None, at: datetime
) -> None:
    last = await session.scalar(
        select(CaseEntry).where(CaseEntry.case_id == case.id).order_by(CaseEntry.number.desc()).limit(1)
    )
    salt = secrets.token_hex(16)
    entry = CaseEntry(
        case_id=case.id,
        number=last.number + 1 if last else 1,
        at=at,
        actor=actor,
        from_state=from_state,
        to_state=case.state,
        outcome=case.outcome,
        note=note,
        salt=salt,
        shown=True,
        digest=chain.digest(note, salt),
    )
    entry.chain = chain.link(last.chain if last else chain.START, line_of(entry))
    session.add(entry)
    await session.flush()


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
    )


async def history(session: AsyncSession, case: Case) -> list[CaseEntry]:
    """The case's history, oldest first."""
    query = select(CaseEntry).where(CaseEntry.case_id == case.id).order_by(CaseEntry.number)
    return list((await session.scalars(query)).all())


async def view_of(session: AsyncSession, case: Case, office: Office) -> dict[str, str | None]:
    """The case as a reply carries it; the fingerprint is the chain's head at the receipt."""
    first = (await history(session, case))[0]
    return {
        "code": case.code,
        "state": case.state,
        "label": STATES[case.state].resident,
        "office": office.name,
        "due": None,
        "fingerprint": chain.fingerprint(first.chain),
    }


async def _free_code(session: AsyncSession, below: Callable[[int], int]) -> str:
    while True:
        code = codes.make(below)
        if await session.scalar(select(Case.id).where(Case.code == code)) is None:
            return code
