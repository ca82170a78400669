"""Reads of clocks: what runs for a case, which limits hold, what a resident may be told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.clocks.limits import PASSING_ON, PROVINCE, TARGETS, Limit
from bot.cases.clocks.models import Clock, ProvinceLimit
from bot.cases.models import Case
from bot.clock import local
from knowledge_base.caution import CAUTION, UNCERTAIN
from knowledge_base.citations import written
from knowledge_base.models import FactRow

NO_DATE = "Đơn vị sẽ báo thời hạn khi tiếp nhận."
NO_DATE_SET = "Đơn vị chưa hẹn ngày trả lời."


def runs() -> ColumnElement[bool]:
    """Clocks that are neither stopped nor paused."""
    return Clock.stopped_at.is_(None) & Clock.paused_at.is_(None)


def due_soon(at: datetime) -> ColumnElement[bool]:
    """Clocks that run and whose end is near."""
    return runs() & (Clock.warn_at <= at) & (Clock.due_at > at)


def overdue(at: datetime) -> ColumnElement[bool]:
    """Clocks that run past their end; who has not passed a case on that is theirs is not late with it."""
    return runs() & (Clock.due_at <= at) & (Clock.measure != PASSING_ON.measure)


async def running_of(session: AsyncSession, case: Case) -> Sequence[Clock]:
    """The case's clocks that are not stopped, locked until the unit of work ends."""
    query = select(Clock).where(Clock.case_id == case.id, Clock.stopped_at.is_(None)).order_by(Clock.id)
    return (await session.scalars(query.with_for_update())).all()


async def limits_of(session: AsyncSession, level: str) -> dict[str, Limit]:
    """By measure what holds for new clocks of that level: the province's limit, else the desk's own target."""
    rows = await _newest_limits(session, level)
    return {name: _limit(target, rows.get(name)) for name, target in TARGETS.items()}


def _limit(target: Limit, row: ProvinceLimit | None) -> Limit:
    return replace(target, amount=row.working_days, basis=PROVINCE) if row and row.working_days else target


async def _newest_limits(session: AsyncSession, level: str) -> dict[str, ProvinceLimit]:
    query = select(ProvinceLimit).where(ProvinceLimit.level == level).order_by(ProvinceLimit.id)
    return {row.measure: row for row in await session.scalars(query)}


async def promise(session: AsyncSession, case: Case) -> str:
    """When the resident may expect an answer: a date only where the law or the province has set a limit."""
    clock = await _settling(session, case)
    return (await told(session, clock) if clock else None) or (NO_DATE if case.state == "new" else NO_DATE_SET)


async def promised(session: AsyncSession, case: Case) -> datetime | None:
    """The promised moment for a card, which has no room for a caution: only where its ground is sure."""
    clock = await _settling(session, case)
    if clock is None:
        return None
    fact = await session.get(FactRow, clock.basis) if clock.limit.of_law else None
    sure = clock.basis == PROVINCE or (fact is not None and fact.standing not in UNCERTAIN)
    return clock.due_at if sure else None


async def told(session: AsyncSession, clock: Clock) -> str | None:
    """The end of one clock as a resident reads it, with its ground, and the caution where its fact is not sure.

    None for the desk's own targets: they are told to nobody.
    """
    day = f"{local(clock.due_at):%d/%m/%Y}"
    if clock.basis == PROVINCE:
        row = (await _newest_limits(session, clock.level)).get(clock.measure)
        return f"Hạn trả lời: ngày {day}, theo {row.document}." if row and row.document else f"Hạn trả lời: ngày {day}."
    fact = await session.get(FactRow, clock.basis) if clock.limit.of_law else None
    if fact is None:
        return None
    ground = ", ".join(written(citation) for citation in fact.plain().citations)
    sentence = f"Hạn trả lời: ngày {day}, theo {ground}."
    return f"{sentence} {CAUTION}" if fact.standing in UNCERTAIN else sentence


async def _settling(session: AsyncSession, case: Case) -> Clock | None:
    """The clock of the settlement while it runs; one that stands still has no date."""
    query = select(Clock).where(Clock.case_id == case.id, Clock.measure == "settlement", runs())
    return await session.scalar(query.order_by(Clock.id.desc()).limit(1))
