"""The province that is simulated: communes, their offices, departments of the province, one official in each."""

from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.simulation.people import diligences
from bot.cases.clocks.province import change_days, set_limit
from bot.cases.routing.service import set_route
from bot.language import fold
from bot.officials.models import Office, Official
from bot.places.models import Commune, Province

DEPARTMENTS = ("Sở Một", "Sở Hai", "Sở Ba", "Sở Bốn")


@dataclass(frozen=True)
class Desk:
    """An office with the official who works its cases, and how diligent they are."""

    office: int
    official: int
    diligence: str


@dataclass(frozen=True)
class Town:
    """Ids of what was set up; ``desks`` by office."""

    communes: list[int]
    of_commune: dict[int, int]
    departments: list[int]
    coordinator: int
    desks: dict[int, Desk]


async def build(session: AsyncSession, dice: Random, communes: int, at: datetime) -> Town:
    """The province, empty of cases; half of the communes name a person for each case."""
    session.add(Province(name="tỉnh mô phỏng", sample=True))
    places = [Commune(slug=f"xa-{n}", kind="xã", name=f"Số {n}", folded=fold(f"Số {n}")) for n in range(communes)]
    session.add_all(places)
    await session.flush()
    offices = [Office(slug=f"ubnd-{c.slug}", name=f"UBND {c.label}", level="commune", commune_id=c.id) for c in places]
    upper = [Office(slug=f"so-{n}", name=name, level="province") for n, name in enumerate(DEPARTMENTS)]
    head = Office(slug="dau-moi", name="Đầu mối tỉnh", level="province", coordinates=True)
    every = [*offices, *upper, head]
    session.add_all(every)
    await session.flush()
    desks = await _desks(session, dice, every)
    for place, office in zip(places[::2], offices[::2], strict=False):
        person = await session.get(Official, desks[office.id].official)
        await set_route(session, place.id, None, office, person, by=None, at=at)
    by_commune = {place.id: office.id for place, office in zip(places, offices, strict=True)}
    return Town([p.id for p in places], by_commune, [o.id for o in upper], head.id, desks)


async def _desks(session: AsyncSession, dice: Random, offices: list[Office]) -> dict[int, Desk]:
    made = []
    for office in offices:
        role = "commune_staff" if office.level == "commune" else "province_department"
        role = "province_coordinator" if office.coordinates else role
        made.append(Official(username=office.slug, role=role, title=office.name, office=office, password_hash=""))
    session.add_all(made)
    await session.flush()
    kinds = diligences(dice, len(offices))
    return {
        office.id: Desk(office.id, official.id, kind)
        for office, official, kind in zip(offices, made, kinds, strict=True)
    }


async def decree(session: AsyncSession, day: date, working: bool, at: datetime) -> int:
    """The province declares a day off, or a Saturday worked, while cases are running; how many ends moved."""
    _, moved = await change_days(session, {day: working}, note="quyết định mô phỏng", official_id=None, at=at)
    return moved


async def own_limits(session: AsyncSession, at: datetime) -> None:
    """From now on the province promises a date."""
    for level in ("commune", "province"):
        await set_limit(session, level, "settlement", 15, document="quy định mô phỏng", official_id=None, at=at)
