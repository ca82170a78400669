"""The one way a case changes: locked, checked against the table of rules, written down, the clocks told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.clocks.service import follow
from bot.cases.history import Written, append, history, named, written_for
from bot.cases.models import Case, CaseEntry, CaseReporter
from bot.cases.own import part_in
from bot.cases.rules import Act, Rule, Step, Who, check
from bot.cases.wording import NEWS
from bot.conversations.models import Conversation
from bot.officials.models import Office, Official
from bot.officials.permissions import Permission, may


@dataclass(frozen=True)
class Resident:
    """A resident who acts, by the message that says so."""

    conversation_id: UUID
    message_id: int


class System:
    """The product itself, when a time has come."""


Doer = Official | Resident | System


@dataclass(frozen=True)
class Newer:
    """One line that somebody else wrote meanwhile; ``who`` in words."""

    at: datetime
    who: str
    act: str | None
    to_state: str


class Overtaken(Exception):
    """Others changed the case after it was read; nothing was done. Says what they did, for whoever comes second."""

    def __init__(self, newer: Sequence[Newer]) -> None:
        super().__init__(f"{len(newer)} newer lines")
        self.newer = newer


@dataclass(frozen=True)
class Change:
    """What became of a step; ``fresh`` is False when the same message had done it before."""

    entry: CaseEntry
    fresh: bool


_TOLD = frozenset({*NEWS, Act.ANSWER, Act.WITHDRAW})
"""What is told to others than the one who does it."""
_FOR_THE_OFFICE = frozenset({Act.ADD, Act.REOPEN, Act.WITHDRAW, Act.RATE, Act.SHOW_TO})
"""What a resident does that the office should look at."""


async def change(
    session: AsyncSession,
    case: Case,
    step: Step,
    doer: Doer,
    at: datetime,
    *,
    seen: int | None = None,
    effect: Callable[[Case], None] = lambda case: None,
) -> Change:
    """Do the step, once; ``seen`` is the version the doer read.

    ``effect`` refuses or sets what only this step knows, in this order. Raises ``Overtaken`` when others were quicker
    and ``NotAllowed`` when the rules say no; nothing is changed then.
    """
    await lock(session, case, told=step.act in _TOLD and not isinstance(doer, System))
    if isinstance(doer, Resident) and (known := await written_for(session, doer.message_id)):
        return Change(known, fresh=False)
    await _refuse_overtaken(session, case, seen)
    parts, actor = await _parts_of(session, case, doer)
    rule, before = check(parts, case.state, step), case.state
    effect(case)
    _set(case, rule, step, doer, at)
    written = Written(
        actor=actor,
        act=step.act,
        from_state=before,
        note=_note(step),
        reason=step.reason,
        shown=rule.shown,
        message_id=doer.message_id if isinstance(doer, Resident) else None,
    )
    entry = await append(session, case, written, at)
    to = await session.get_one(Office, step.office) if step.act == Act.TRANSFER else None
    await follow(session, case, step.act, at, to=to)
    return Change(entry, fresh=True)


async def lock(session: AsyncSession, *cases: Case, told: bool = True) -> None:
    """Hold the cases and, where people will be told, their conversations: these first, as whoever talks holds theirs.

    Each kind in the order of its ids, so that nobody waits in a circle.
    """
    ids = [case.id for case in cases]
    if told:
        listening = select(CaseReporter.conversation_id).where(CaseReporter.case_id.in_(ids))
        rows = select(Conversation.id).where(Conversation.id.in_(listening)).order_by(Conversation.id)
        await session.execute(rows.with_for_update(key_share=True))
    for case in sorted(cases, key=lambda one: one.id):
        await session.refresh(case, with_for_update=True)


async def parts_of(session: AsyncSession, case: Case, doer: Doer) -> frozenset[Who]:
    """In what parts they meet the case, for asking the rules what is open to them."""
    return (await _parts_of(session, case, doer))[0]


async def _refuse_overtaken(session: AsyncSession, case: Case, seen: int | None) -> None:
    if seen is None or seen == case.version:
        return
    newer = await history(session, case, after=seen)
    if any(entry.actor != "system" or entry.from_state != entry.to_state for entry in newer):
        raise Overtaken([Newer(e.at, who, e.act, e.to_state) for e, who in await named(session, newer)])


async def _parts_of(session: AsyncSession, case: Case, doer: Doer) -> tuple[frozenset[Who], str]:
    if isinstance(doer, Official):
        return _desk_parts(case, doer), f"official:{doer.id}"
    if isinstance(doer, System):
        return frozenset({Who.SYSTEM}), "system"
    mine = await part_in(session, case, doer.conversation_id)
    if mine is None:
        return frozenset({Who.READER} if case.visibility == "public" else ()), "reader"
    if mine.part == "follower":
        return frozenset({Who.FOLLOWER}), "follower"
    return frozenset({Who.SENDER}), "resident" if mine.own_case_id == case.id else "reporter"


def _desk_parts(case: Case, official: Official) -> frozenset[Who]:
    if not may(official.role, Permission.WORK_CASES):
        return frozenset()
    in_charge = official.office_id == case.office_id
    parts = (
        (Who.OFFICE, in_charge),
        (Who.RECEIVER, official.office_id == case.to_office_id),
        (Who.LEADER, official.role == "commune_leader" and in_charge),
        (Who.COORDINATOR, official.role == "province_coordinator"),
    )
    return frozenset(who for who, holds in parts if holds)


def _note(step: Step) -> str | None:
    competent = f"Nơi có thẩm quyền: {step.competent}" if step.competent else ""
    return "\n".join(words for words in (step.text, competent) if words) or None


def _set(case: Case, rule: Rule, step: Step, doer: Doer, at: datetime) -> None:
    case.state = rule.to or case.state
    if step.act == Act.ANSWER:
        case.outcome, case.refusal, case.competent = step.outcome, step.reason, step.competent or None
        case.answered_at = at
    if isinstance(doer, Official):
        case.news_since = None
    elif step.act in _FOR_THE_OFFICE:
        case.news_since = case.news_since or at
