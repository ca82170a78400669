"""Use cases of a case: a resident opens it, the office in charge works it. Every change goes through ``changes``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import codes
from bot.cases.admission import admit
from bot.cases.attachments import attach_errand
from bot.cases.changes import Change, Doer, System, change
from bot.cases.clocks.service import follow
from bot.cases.history import Written, append
from bot.cases.models import Case, CaseReporter
from bot.cases.routing.queries import office_and_person
from bot.cases.rules import Act, NotAllowed, Step
from bot.cases.telling import tell
from bot.cases.wording import REOPEN_DAYS, Told
from bot.conversations.models import Conversation
from bot.conversations.residents import is_same_resident
from bot.conversations.service import conversation_of
from bot.officials.models import Official

CONSENT_VERSION = "2026-11"
"""Which wording of the agreement the resident saw: the summary in ``nlu_data/domain/feedback.yml``."""
REOPENABLE = timedelta(days=REOPEN_DAYS)
DESK_ACTS = frozenset({Act.RECEIVE, Act.START, Act.ASK, Act.RESUME, Act.ANSWER, Act.CLOSE, Act.NOTE})
"""What an office does with its case that concerns no other office, case or person."""


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
    earlier_id: UUID | None = None
    """The resident's own case that can no longer be reopened."""


async def open_case(
    session: AsyncSession, message_id: int, report: Report, at: datetime, below: Callable[[int], int]
) -> Case:
    """Store the report as a case with its first history line; the same message gives the case it gave before.

    ``NotAdmitted`` when the resident sent too many lately or is blocked; nothing is kept then.
    """
    conversation = await conversation_of(session, message_id)
    known = await session.scalar(select(Case).where(Case.message_id == message_id))
    if known:
        return known
    await admit(session, conversation, at)
    await _refuse_others(session, report, conversation)
    office, person = await office_and_person(session, report.commune_id, report.field)
    case = Case(
        **vars(report),
        code=await _free_code(session, below),
        state="new",
        office_id=office.id,
        assignee_id=person,
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
    session.add(sender_of(case, at))
    opening = Written("resident", "open", None, report.description, message_id=message_id)
    await append(session, case, opening, at)
    await attach_errand(session, case, at)
    await follow(session, case, "open", at)
    return case


def sender_of(case: Case, at: datetime) -> CaseReporter:
    """The part of whoever sent the case, in it."""
    return CaseReporter(
        case_id=case.id,
        conversation_id=case.conversation_id,
        own_case_id=case.id,
        part="sender",
        visibility=case.visibility,
        since=at,
    )


async def work(
    session: AsyncSession, case: Case, step: Step, doer: Doer, at: datetime, *, seen: int | None = None
) -> Change:
    """One of ``DESK_ACTS`` by the office in charge; residents with a part in the case are told, except of a note.

    Raises ``NotAllowed`` and ``Overtaken`` as ``change`` does.
    """
    if step.act not in DESK_ACTS:
        raise NotAllowed(f"{step.act} is no step of the office alone")
    done = await change(session, case, step, doer, at, seen=seen)
    if done.entry.shown:
        told = Told(text=step.text, reason=step.reason, competent=step.competent, outcome=step.outcome)
        await tell(session, case, step.act, told, at)
    return done


async def assign_person(
    session: AsyncSession, case: Case, person: Official, doer: Official, at: datetime, *, seen: int | None = None
) -> Change:
    """Give the case to somebody of the office in charge; ``NotAllowed`` for somebody of another."""

    def assign(case: Case) -> None:
        if person.office_id != case.office_id or not person.active:
            raise NotAllowed("somebody of another office", "person")
        case.assignee_id = person.id

    step = Step(Act.ASSIGN_PERSON, text=person.title, person=person.id)
    return await change(session, case, step, doer, at, seen=seen, effect=assign)


async def close_after_grace(session: AsyncSession, at: datetime) -> int:
    """Close what was answered so long ago that it can no longer be reopened; how many were. Nobody is told again."""
    query = select(Case).where(Case.state == "answered", Case.answered_at < at - REOPENABLE)
    settled = (await session.scalars(query.order_by(Case.id).limit(500).with_for_update(skip_locked=True))).all()
    for case in settled:
        await change(session, case, Step(Act.CLOSE), System(), at)
    return len(settled)


async def _refuse_others(session: AsyncSession, report: Report, conversation: Conversation) -> None:
    earlier = await session.get(Case, report.earlier_id) if report.earlier_id else None
    if earlier and not await is_same_resident(session, earlier.conversation_id, conversation.id):
        raise NotAllowed("the earlier case is somebody else's")


async def _free_code(session: AsyncSession, below: Callable[[int], int]) -> str:
    while True:
        code = codes.make(below)
        if await session.scalar(select(Case.id).where(Case.code == code)) is None:
            return code
