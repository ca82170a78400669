"""Reads of clocks: what runs for a case, which limits hold, what a resident may be told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.clocks.limits import PROVINCE, TARGETS, Limit
from bot.cases.clocks.models import Clock, ProvinceLimit
from bot.cases.models import Case
from bot.clock import local
from knowledge_base.caution import CAUTION, UNCERTAIN
from knowledge_base.citations import written
from knowledge_base.models import FactRow

NO_DATE = "Đơn vị sẽ báo thời hạn khi tiếp nhận."


async def running_of(session: AsyncSession, case: Case) -> Sequence[Clock]:
    """The case's clocks that are not stopped, locked until the unit of work ends."""
    query = select(Clock).where(Clock.case_id == case.id, Clock.stopped_at.is_(None)).order_by(Clock.id)
    return (await session.scalars(query.with_for_update())).all()


async def clocks_of(session: AsyncSession, case: Case) -> Sequence[Clock]:
    """Every clock the case has had, oldest first."""
    return (await session.scalars(select(Clock).where(Clock.case_id == case.id).order_by(Clock.id))).all()


async def limits_of(session: AsyncSession, level: str) -> dict[str, Limit]:
    """By measure what holds for new clocks of that level: the province's limit, else the desk's own target."""
    rows = await _newest_limits(session, level)
    return {name: _limit(target, rows.get(name)) for name, target in TARGETS.items()}


def _limit(target: Limit, row: ProvinceLimit | None) -> Limit:
    return replace(target, amount=row.working_days, basis=PROVINCE) if row and row.working_days else target


async def _newest_limits(session: AsyncSession, level: str) -> dict[str, ProvinceLimit]:
    query = select(ProvinceLimit).where(ProvinceLimit.level == level).order_by(ProvinceLimit.id)
    return {row.measure: row for row in await session.scalars(query)}


def is_overdue(at: datetime) -> ColumnElement[bool]:
    """Whether a clock's end had passed when it stopped or was paused, or has passed at that moment."""
    return func.coalesce(Clock.stopped_at, Clock.paused_at, at) > Clock.due_at


async def promise(session: AsyncSession, case: Case) -> str:
    """When the resident may expect an answer: a date only where the law or the province has set a limit."""
    query = select(Clock).where(
        Clock.case_id == case.id, Clock.measure == "settlement", Clock.stopped_at.is_(None), Clock.paused_at.is_(None)
    )
    clock = await session.scalar(query.order_by(Clock.id.desc()).limit(1))
    return await told(session, clock) if clock else NO_DATE


async def told(session: AsyncSession, clock: Clock) -> str:
    """The end of one clock as a resident reads it, with its ground, and the caution where its fact is not sure."""
    day = f"{local(clock.due_at):%d/%m/%Y}"
    if clock.basis == PROVINCE:
        row = (await _newest_limits(session, clock.level)).get(clock.measure)
        return f"Hạn trả lời: ngày {day}, theo {row.document}." if row and row.document else f"Hạn trả lời: ngày {day}."
    fact = await session.get(FactRow, clock.basis) if clock.limit.of_law else None
    if fact is None:
        return NO_DATE
    ground = ", ".join(written(citation) for citation in fact.plain().citations)
    sentence = f"Hạn trả lời: ngày {day}, theo {ground}."
    return f"{sentence} {CAUTION}" if fact.standing in UNCERTAIN else sentence
