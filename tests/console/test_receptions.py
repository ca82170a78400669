"""The office's reception days: who sees which, who booked, held and called off; calendar files over HTTP."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import local, now
from bot.conversations.models import Message
from bot.db import unit_of_work
from bot.receptions.models import Booking, Reception, ReceptionDay
from tests.console.conftest import Open
from tests.tallies.made_up import MadeUp

TOMORROW = local(now()).date() + timedelta(days=1)
"""The web application's clock is the real one."""
SECRET = "nobody-can-guess-this-address"  # pragma: allowlist secret


@pytest.fixture
async def booked(made: MadeUp, engine: AsyncEngine) -> Booking:
    """A meeting of the first commune tomorrow, with one place booked; another of the second commune."""
    async with unit_of_work(engine) as session:
        for slug, commune in zip(("own", "other"), made.communes, strict=True):
            session.add(
                Reception(
                    slug=slug,
                    commune_id=commune.id,
                    kind="dialogue",
                    host="UBND xã",
                    on_date=TOMORROW,
                    from_time=time(8),
                    to_time=time(11),
                    venue=f"Hội trường {slug}",
                )
            )
        await session.flush()
        talk = await made.talk(session, owner="bot")
        own = (await session.scalars(select(Reception).where(Reception.slug == "own"))).one()
        booking = Booking(
            code="LH-TEST-0001",
            token=SECRET,
            reception_id=own.id,
            day=TOMORROW,
            conversation_id=talk.id,
            message_id=1,
            matter="Hỏi về <đất> nương",
            at=datetime(2026, 11, 20, tzinfo=UTC),
        )
        session.add(booking)
        await session.flush()
        return booking


def _at(booking: Booking, what: str, day: date = TOMORROW) -> str:
    return f"/console/receptions/{booking.reception_id}/{day}/{what}"


async def test_an_office_sees_its_own(browser: Open, booked: Booking) -> None:
    own = (await (await browser("commune_staff")).get("/console/receptions")).text
    assert "Hội trường own" in own
    assert "LH-TEST-0001" in own
    assert "Hỏi về &lt;đất&gt; nương" in own
    assert "Hội trường other" not in own
    other = (await (await browser("staff2")).get("/console/receptions")).text
    assert "Hội trường other" in other
    assert "LH-TEST-0001" not in other


@pytest.mark.parametrize("role", ["front", "knowledge_editor", "auditor", "administrator", "province_department"])
async def test_others_see_none(browser: Open, booked: Booking, role: str) -> None:
    other = await browser(role)
    assert (await other.get("/console/receptions")).status_code == 403
    assert (await other.post(_at(booked, "call-off"), reason="x")).status_code == 403


async def test_another_office_changes_nothing(browser: Open, booked: Booking, engine: AsyncEngine) -> None:
    for name in ("staff2", "province_coordinator"):
        other = await browser(name)
        for what in ("held", "call-off"):
            assert (await other.post(_at(booked, what), reason="x")).status_code == 404
    async with unit_of_work(engine) as session:
        assert (await session.scalars(select(ReceptionDay))).all() == []


async def test_called_off_with_a_reason_that_residents_read(
    browser: Open, booked: Booking, engine: AsyncEngine
) -> None:
    staff = await browser("commune_staff")
    await staff.post(_at(booked, "call-off"), reason="  ")
    assert "Cần ghi lý do" in (await staff.get("/console/receptions")).text
    await staff.post(_at(booked, "call-off"), reason="Bão số 9", to_day="ngày kia")
    assert "Ngày mới chưa đúng" in (await staff.get("/console/receptions")).text
    await staff.post(_at(booked, "call-off"), reason="Bão số 9")
    page = (await staff.get("/console/receptions")).text
    assert "báo cho 1 người" in page
    assert "Đã hủy: Bão số 9" in page
    async with unit_of_work(engine) as session:
        said = (await session.scalars(select(Message).where(Message.sender == "bot"))).one()
        assert "Bão số 9" in (said.text or "")
    assert (await staff.post(_at(booked, "call-off"), reason="lần nữa")).status_code == 404


async def test_held_only_from_its_day_on(browser: Open, booked: Booking) -> None:
    staff = await browser("commune_staff")
    await staff.post(_at(booked, "held"))
    assert "chưa đến ngày" in (await staff.get("/console/receptions")).text


async def test_calendar_files(browser: Open, booked: Booking) -> None:
    anyone = await browser()
    place = await anyone.get(f"/api/v1/receptions/{SECRET}.ics")
    assert place.headers["content-type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(place.content).walk("VEVENT")
    assert str(event["description"]) == "Mã lịch hẹn: LH-TEST-0001"
    schedule = await anyone.get("/api/v1/receptions/first.ics")
    (event,) = Calendar.from_ical(schedule.content).walk("VEVENT")
    assert str(event["location"]) == "Hội trường own"
    assert Calendar.from_ical((await anyone.get("/api/v1/receptions/tinh.ics")).content).walk("VEVENT") == []


@pytest.mark.parametrize("name", ["nobody.ics", "first", "LH-TEST-0001.ics", "..ics", "%00.ics"])
async def test_no_calendar_without_its_address(browser: Open, booked: Booking, name: str) -> None:
    assert (await (await browser()).get(f"/api/v1/receptions/{name}")).status_code == 404
