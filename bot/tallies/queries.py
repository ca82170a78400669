"""Counting cases, and the list behind each number: without who, what and where exactly."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, false, func, literal_column, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.cases.models import Case
from bot.clock import VIETNAM
from bot.conversations.models import GuidanceGiven
from bot.officials.models import Official
from bot.tallies.selection import UNKNOWN, Selection

WHOLE_PROVINCE = frozenset({"front", "auditor", "province_coordinator"})
DIMENSIONS = ("field", "commune", "state", "outcome", "month")
Key = str | int | None
Counts = dict[str, Counter[Key]]
"""For each dimension how many cases have which value; commune and outcome may be None, a month is “2026-11”."""


@dataclass(frozen=True)
class Counted:
    """One case of a list; ``received`` is the local day."""

    received: date
    commune_id: int | None
    field: str
    kind: str
    state: str
    outcome: str | None


async def counts(session: AsyncSession, official: Official, selection: Selection) -> Counts:
    """Every table at once, in one statement, so that all of them count the same cases."""
    month = _local_month(Case.created_at).label("month")
    cases = (
        select(Case.field, Case.commune_id.label("commune"), Case.state, Case.outcome, month)
        .where(*_chosen(official, selection))
        .subquery()
    )
    columns = [cases.c[name] for name in DIMENSIONS]
    query = select(func.grouping(*columns), *columns, func.count()).group_by(
        func.grouping_sets(*(tuple_(column) for column in columns))
    )
    found: Counts = {name: Counter() for name in DIMENSIONS}
    for mask, *values, count in (await session.execute(query)).all():
        position = _grouped(mask)
        found[DIMENSIONS[position]][values[position]] = count
    return found


def _grouped(mask: int) -> int:
    """Which column a row of the grouping sets is about: ``grouping()`` clears that column's bit, leftmost highest."""
    cleared: int = ~mask & (2 ** len(DIMENSIONS) - 1)
    return len(DIMENSIONS) - cleared.bit_length()


async def number(session: AsyncSession, official: Official, selection: Selection) -> int:
    """How many cases are chosen."""
    return await session.scalar(select(func.count()).select_from(Case).where(*_chosen(official, selection))) or 0


async def listed(
    session: AsyncSession, official: Official, selection: Selection, *, offset: int = 0, limit: int | None = None
) -> list[Counted]:
    """The chosen cases, oldest first."""
    day = func.date(func.timezone(literal_column(f"'{VIETNAM.key}'"), Case.created_at))
    query = (
        select(day, Case.commune_id, Case.field, Case.kind, Case.state, Case.outcome)
        .where(*_chosen(official, selection))
        .order_by(Case.created_at, Case.id)
    )
    return [Counted(*row) for row in (await session.execute(query.offset(offset).limit(limit)))]


async def guidance(session: AsyncSession, official: Official, selection: Selection) -> Sequence[tuple[str, str, int]]:
    """How often guidance was given: kind (complaint, denunciation), local month, count; by period and commune only."""
    month = _local_month(GuidanceGiven.at).label("month")
    given = (
        select(GuidanceGiven.kind, month)
        .where(*_where_and_when(GuidanceGiven.commune_id, GuidanceGiven.at, official, selection))
        .subquery()
    )
    query = select(given.c.kind, given.c.month, func.count()).group_by(given.c.kind, given.c.month)
    found = await session.execute(query.order_by(given.c.kind, given.c.month))
    return [(kind, month, count) for kind, month, count in found.all()]


def _chosen(official: Official, selection: Selection) -> list[ColumnElement[bool]]:
    conditions = _where_and_when(Case.commune_id, Case.created_at, official, selection)
    if selection.field:
        conditions.append(Case.field == selection.field)
    if selection.state:
        conditions.append(Case.state == selection.state)
    if selection.outcome:
        known = Case.outcome == selection.outcome
        conditions.append(Case.outcome.is_(None) if selection.outcome == UNKNOWN else known)
    return conditions


def _where_and_when(
    commune: InstrumentedAttribute[int | None],
    moment: InstrumentedAttribute[datetime],
    official: Official,
    selection: Selection,
) -> list[ColumnElement[bool]]:
    conditions = [_in_scope(commune, official)]
    if selection.commune == UNKNOWN:
        conditions.append(commune.is_(None))
    elif selection.commune:
        conditions.append(commune == selection.commune)
    if selection.since:
        conditions.append(moment >= _midnight(selection.since))
    if selection.until:
        conditions.append(moment < _midnight(selection.until + timedelta(days=1)))
    return conditions


def _in_scope(commune: InstrumentedAttribute[int | None], official: Official) -> ColumnElement[bool]:
    """The whole province for some roles, the own commune for the rest, nothing for who has none."""
    if official.role in WHOLE_PROVINCE:
        return true()
    own = official.office.commune_id
    return commune == own if own is not None else false()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM).astimezone(UTC)


def _local_month(moment: InstrumentedAttribute[datetime]) -> ColumnElement[str]:
    return func.to_char(func.timezone(literal_column(f"'{VIETNAM.key}'"), moment), literal_column("'YYYY-MM'"))
