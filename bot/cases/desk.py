"""The desk's lists: what waits for an official, what comes first, how much of each there is."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.clocks.models import Clock
from bot.cases.clocks.queries import overdue
from bot.cases.models import Case
from bot.cases.queries import in_scope, sees_everything
from bot.cases.states import OPEN
from bot.officials.models import Official

VIEWS = {
    "new": "Việc mới",
    "to_us": "Chuyển đến",
    "news": "Tin mới",
    "waiting": "Chờ người dân",
    "overdue": "Quá hạn",
    "mine": "Giao cho tôi",
    "here": "Ở đầu mối tỉnh",
}


def views_of(official: Official) -> dict[str, str]:
    """The lists of this official by name, with their labels; “here” is for who sees the whole province."""
    return {name: label for name, label in VIEWS.items() if name != "here" or sees_everything(official)}


def in_view(view: str, official: Official, at: datetime) -> ColumnElement[bool]:
    """Whether a case of the official's scope is on that list; ``KeyError`` for a list that is none."""
    late = select(Clock.case_id).where(overdue(at), Clock.case_id.is_not(None))
    here = Case.office_id == official.office_id
    return {
        "new": Case.state == "new",
        "to_us": _to_us(official),
        "news": Case.news_since.is_not(None) & (Case.state != "new"),
        "waiting": Case.state == "waiting_for_resident",
        "overdue": Case.id.in_(late if sees_everything(official) else late.where(_own_clock(official))),
        "mine": (Case.assignee_id == official.id) & Case.state.in_(OPEN),
        "here": here & Case.state.in_(OPEN),
    }[view]


def first_things_first(official: Official) -> list[ColumnElement[object]]:
    """The order of a list: the own office's open work, what has yet to be taken, what has news …; newest first."""
    urgency = case(
        (_to_us(official), 0),
        (Case.state == "new", 1),
        (Case.news_since.is_not(None), 2),
        (Case.state.in_(("received", "in_progress")), 3),
        (Case.state.in_(OPEN), 4),
        else_=5,
    )
    own = or_(Case.office_id == official.office_id, _to_us(official))
    own_first = case((own & Case.state.in_(OPEN), 0), else_=1)
    return [own_first, urgency, Case.created_at.desc()]


async def counts(session: AsyncSession, official: Official, at: datetime) -> dict[str, int]:
    """By list how many cases are on it."""
    names = list(views_of(official))
    counted = [func.count().filter(in_view(name, official, at)) for name in names]
    row = (await session.execute(select(*counted).select_from(Case).where(in_scope(official)))).one()
    return dict(zip(names, row, strict=True))


async def late_among(session: AsyncSession, cases: Iterable[Case], at: datetime) -> set[UUID | None]:
    """Which of these cases have a clock that is past its end."""
    ids = [one.id for one in cases]
    return set(await session.scalars(select(Clock.case_id).where(Clock.case_id.in_(ids), overdue(at))))


def _to_us(official: Official) -> ColumnElement[bool]:
    return (Case.state == "transferred") & (Case.to_office_id == official.office_id)


def _own_clock(official: Official) -> ColumnElement[bool]:
    return Clock.office_id == official.office_id
