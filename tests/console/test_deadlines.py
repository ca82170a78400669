"""Deadlines, calendar, limits and routes on the desk: who sees what, and what a form does."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.calendars.queries import calendars
from bot.calendars.service import CalendarRefused
from bot.cases.clocks.digests import write_digests
from bot.cases.clocks.models import Clock
from bot.cases.clocks.queries import limits_of
from bot.cases.clocks.warnings import warn
from bot.cases.models import Case
from bot.cases.routing.queries import office_and_person
from bot.clock import VIETNAM, now
from bot.console.calendar import week_read
from bot.db import unit_of_work
from tests.console.conftest import Open
from tests.console.test_cases import _open
from tests.tallies.made_up import MadeUp

CALENDAR, LIMITS, ROUTING = "/console/calendar", "/console/calendar/limits", "/console/routing"


async def _late(engine: AsyncEngine, made: MadeUp) -> Case:
    """A case of the first commune whose clocks ended long ago, warned of."""
    case = await _open(engine, made)
    async with unit_of_work(engine) as session:
        for clock in await session.scalars(select(Clock).where(Clock.case_id == case.id)):
            clock.due_at = clock.warn_at = now() - timedelta(days=20)
        await session.flush()
        await warn(session, now())
    return case


async def test_late_cases_are_shown_to_their_office_and_to_the_province(
    browser: Open, made: MadeUp, engine: AsyncEngine
) -> None:
    case = await _late(engine, made)
    own = (await (await browser("commune_staff")).get("/console/deadlines")).text
    assert case.code in own
    assert "mục tiêu nội bộ" in own
    assert "Quá hạn lâu ở các đơn vị khác" not in own
    above = (await (await browser("province_coordinator")).get("/console/deadlines")).text
    assert "Quá hạn lâu ở các đơn vị khác" in above
    assert case.code in above
    assert case.code not in (await (await browser("staff2")).get("/console/deadlines")).text


async def test_the_mornings_digest_is_shown(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    await _open(engine, made)
    async with unit_of_work(engine) as session:
        await write_digests(session, datetime(2026, 11, 20, 9, tzinfo=VIETNAM))
    page = (await (await browser("commune_staff")).get("/console/deadlines")).text
    assert "Đầu ngày 20/11/2026" in page


async def test_a_recommendation_of_a_board_gets_the_laws_limit_once(
    browser: Open, made: MadeUp, engine: AsyncEngine
) -> None:
    case, staff = await _open(engine, made), await browser("commune_staff")
    here = f"/console/cases/{case.code}"
    assert "Ban Thanh tra nhân dân" in (await staff.get(here)).text
    await staff.post(f"{here}/board", board="people_inspection")
    page = (await staff.get(here)).text
    assert "GS-12" in page
    assert "Áp dụng thời hạn của luật" not in page
    refused = await staff.post(f"{here}/board", board="people_inspection")
    assert refused.status_code == 303
    assert "Chỉ kiến nghị" in (await staff.get(here)).text
    assert (await (await browser("staff2")).post(f"{here}/board", board="people_inspection")).status_code == 404


async def test_a_day_off_and_back(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    keeper, day = await browser("administrator"), date(2027, 3, 3)
    await keeper.post(f"{CALENDAR}/days", day=day.isoformat(), becomes="off", note="Quyết định thử <1>")
    page = (await keeper.get(CALENDAR)).text
    assert "Quyết định thử &lt;1&gt;" in page
    async with unit_of_work(engine) as session:
        assert (await calendars(session)).special(day) is False
    await keeper.post(f"{CALENDAR}/days", day=day.isoformat(), becomes="general", note="Bỏ")
    async with unit_of_work(engine) as session:
        assert (await calendars(session)).special(day) is None


@pytest.mark.parametrize(
    ("path", "fields", "told"),
    [
        ("/days", {"day": "mai", "becomes": "off", "note": "x"}, "Chọn ngày"),
        ("/days", {"day": "2027-03-03", "becomes": "?", "note": "x"}, "Chọn ngày"),
        ("/days", {"day": "2027-03-03", "becomes": "off", "note": " "}, "văn bản hoặc lý do"),
        ("/hours", {"day-0": "sáng", "note": "x"}, "Không đọc được giờ"),
        ("/hours", {"day-0": "25:00-26:00", "note": "x"}, "Không đọc được giờ"),
        ("/hours", {"day-0": "11:30-7:30", "note": "x"}, "trước giờ kết thúc"),
        ("/hours", {"note": "x"}, "ít nhất một ngày"),
        ("/hours", {"office": "999999999", "day-0": "8:00-17:00", "note": "x"}, "Không có đơn vị"),
        ("/limits", {"level": "commune", "measure": "settlement", "days": "mười"}, "phải là một số"),
        ("/limits", {"level": "commune", "measure": "settlement", "days": "10"}, "văn bản của tỉnh"),
    ],
)
async def test_what_makes_no_sense_is_said(
    browser: Open, made: MadeUp, path: str, fields: dict[str, str], told: str
) -> None:
    keeper = await browser("administrator")
    assert (await keeper.post(f"{CALENDAR}{path}", **fields)).status_code == 303
    assert told in (await keeper.get(CALENDAR)).text


async def test_hours_of_one_office(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    keeper, office = await browser("province_coordinator"), made.offices["first"]
    hours = {f"day-{n}": "8:00-12:00, 13:00-17:00" for n in range(5)} | {"day-5": "8h-11h30"}
    await keeper.post(f"{CALENDAR}/hours", office=str(office.id), note="Quy chế", **hours)
    assert "08:00-12:00, 13:00-17:00" in (await keeper.get(CALENDAR)).text
    async with unit_of_work(engine) as session:
        known = await calendars(session)
        assert known.of(office.id).day == timedelta(hours=8)
        assert known.of(office.id).week[5]
    await keeper.post(f"{CALENDAR}/hours", office=str(office.id), note="Như chung")
    async with unit_of_work(engine) as session:
        assert (await calendars(session)).of(office.id).day == timedelta(hours=7.5)


def test_a_line_that_is_no_hours() -> None:
    with pytest.raises(CalendarRefused):
        week_read(["7:30-11:30", "x", "", "", "", "", ""])


async def test_a_limit_of_the_province(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    keeper = await browser("administrator")
    await keeper.post(LIMITS, level="commune", measure="settlement", days="10", document="Quyết định thử")
    assert "tỉnh quy định" in (await keeper.get(LIMITS)).text
    async with unit_of_work(engine) as session:
        assert (await limits_of(session, "commune"))["settlement"].amount == 10
        assert (await limits_of(session, "province"))["settlement"].basis == "target"


async def test_a_leader_names_who_takes_a_field_in_their_own_commune_only(
    browser: Open, made: MadeUp, engine: AsyncEngine
) -> None:
    leader, colleague = await browser("commune_leader"), made.officials["colleague"]
    first, second = made.communes[0].id, made.communes[1].id
    row = {"field": "roads", "office": str(made.offices["first"].id), "person": str(colleague.id)}
    await leader.post(ROUTING, commune=str(second), **row)
    assert colleague.title in (await leader.get(ROUTING)).text
    elsewhere = row | {"office": str(made.offices["second"].id)}
    await leader.post(ROUTING, **elsewhere)
    assert "Không có đơn vị này" in (await leader.get(ROUTING)).text
    async with unit_of_work(engine) as session:
        assert (await office_and_person(session, first, "roads"))[1] == colleague.id
        assert (await office_and_person(session, second, "roads"))[0].slug == "second"


async def test_the_coordinator_sends_a_field_of_one_commune_elsewhere(
    browser: Open, made: MadeUp, engine: AsyncEngine
) -> None:
    coordinator, second = await browser("province_coordinator"), made.communes[1].id
    province = made.offices["province"]
    await coordinator.post(ROUTING, commune=str(second), field="land", office=str(province.id))
    page = (await coordinator.get(ROUTING, commune=str(second))).text
    assert f'<option value="{province.id}" selected>' in page
    assert f'<option value="{province.id}" selected>' not in (await coordinator.get(ROUTING)).text
    async with unit_of_work(engine) as session:
        assert (await office_and_person(session, second, "land"))[0].id == province.id
