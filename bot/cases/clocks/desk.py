"""What an official sees of clocks: near their end and past it, in their own office; the province what was escalated."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.clocks.limits import HOUSE, MEASURES, PROVINCE, TARGET
from bot.cases.clocks.models import Clock, OfficeDigest
from bot.cases.clocks.queries import due_soon, overdue
from bot.cases.clocks.warnings import ESCALATED, warned
from bot.cases.models import Case
from bot.officials.models import Office, Official
from knowledge_base.caution import UNCERTAIN
from knowledge_base.citations import written
from knowledge_base.models import FactRow

OWN_GROUNDS = {TARGET: "mục tiêu nội bộ", PROVINCE: "quy định của tỉnh", HOUSE: "quy trình của kênh"}
LONGEST_LIST = 300


@dataclass(frozen=True)
class Line:
    """A clock with what it is about; ``case`` None for a request about personal data."""

    clock: Clock
    office: Office
    case: Case | None
    ground: str

    @property
    def what(self) -> str:
        return MEASURES[self.clock.measure]

    def state(self, at: datetime) -> str:
        """How it stands, in words."""
        late = self.clock.overdue(at)
        if self.clock.end == "met":
            return "xong, quá hạn" if late else "xong, đúng hạn"
        if self.clock.stopped_at:
            return "đã chuyển đi" if self.clock.end == "passed_on" else "đã dừng"
        if self.clock.paused_at:
            return "đang dừng, chờ người dân"
        return "quá hạn" if late else "đang chạy"


@dataclass(frozen=True)
class Desk:
    """One official's deadlines; ``escalated`` only for the province's coordinator."""

    late: list[Line]
    soon: list[Line]
    escalated: list[Line]
    digest: OfficeDigest | None


async def desk_of(session: AsyncSession, official: Official, at: datetime, today: date) -> Desk:
    """What the official's office has to look at, the most urgent first."""
    own = Clock.office_id == official.office_id
    digests = select(OfficeDigest).where(OfficeDigest.office_id == official.office_id, OfficeDigest.day <= today)
    return Desk(
        await _lines(session, own & overdue(at)),
        await _lines(session, own & due_soon(at)),
        await _escalated(session, official, at),
        await session.scalar(digests.order_by(OfficeDigest.day.desc()).limit(1)),
    )


async def lines_of(session: AsyncSession, case: Case) -> list[Line]:
    """Every clock of one case, oldest first."""
    return await _lines(session, Clock.case_id == case.id, oldest_first=True)


async def _escalated(session: AsyncSession, official: Official, at: datetime) -> list[Line]:
    """In other offices: past their end for so long that the province was told."""
    if official.role != "province_coordinator":
        return []
    return await _lines(session, overdue(at) & warned(ESCALATED) & (Clock.office_id != official.office_id))


async def _lines(session: AsyncSession, chosen: ColumnElement[bool], *, oldest_first: bool = False) -> list[Line]:
    query = (
        select(Clock, Office, Case)
        .join(Office, Office.id == Clock.office_id)
        .outerjoin(Case, Case.id == Clock.case_id)
        .where(chosen)
        .order_by(Clock.id if oldest_first else Clock.due_at)
        .limit(LONGEST_LIST)
    )
    rows = (await session.execute(query)).all()
    grounds = await grounds_of(session, {clock.basis for clock, _, _ in rows})
    return [Line(clock, office, case, grounds[clock.basis]) for clock, office, case in rows]


async def grounds_of(session: AsyncSession, bases: set[str]) -> dict[str, str]:
    """In words what each limit rests on; an unsure fact says so."""
    facts = await session.scalars(select(FactRow).where(FactRow.id.in_(bases)))
    return {basis: f"luật định ({basis})" for basis in bases} | OWN_GROUNDS | {fact.id: _law(fact) for fact in facts}


def _law(fact: FactRow) -> str:
    places = ", ".join(written(citation) for citation in fact.plain().citations)
    return f"{places} ({fact.id}){', cần xác nhận' if fact.standing in UNCERTAIN else ''}"
