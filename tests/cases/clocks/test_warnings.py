"""Warnings and digests: in time, once, to whom they concern, and caught up after a standstill."""

from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.calendars.service import set_days
from bot.cases.clocks.digests import write_digests
from bot.cases.clocks.models import CaseWarning, Clock, OfficeDigest
from bot.cases.clocks.service import follow
from bot.cases.clocks.warnings import warn
from bot.cases.models import Case
from bot.clock import VIETNAM
from tests.tallies.made_up import MadeUp, make


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.fixture
async def made(session: AsyncSession) -> MadeUp:
    return await make(session)


@pytest.fixture
async def case(session: AsyncSession, made: MadeUp) -> Case:
    """Sent on Friday 20/11/2026 at 9:00: first reply until 25/11 9:00, passing on until 30/11, settled until 14/12."""
    case = await made.case(session, await made.talk(session))
    await follow(session, case, "open", at("2026-11-20T09:00"))
    return case


async def _warned(session: AsyncSession) -> list[tuple[str, str]]:
    rows = select(Clock.measure, CaseWarning.kind).join(Clock, Clock.id == CaseWarning.clock_id)
    return [(measure, kind) for measure, kind in await session.execute(rows.order_by(CaseWarning.id))]


async def test_one_after_another_and_each_once(session: AsyncSession, case: Case) -> None:
    expected: list[tuple[str, str]] = []
    steps = [
        ("2026-11-23T10:00", []),
        ("2026-11-25T08:00", [("first_reply", "near")]),  # three working hours are left
        ("2026-11-25T09:00", [("first_reply", "overdue")]),  # the end itself
        ("2026-11-27T08:59", []),
        ("2026-11-27T09:00", [("passing_on", "near"), ("first_reply", "escalated")]),  # two working days past it
        ("2026-12-01T09:00", []),  # nobody's superior is told that a case was not passed on
        ("2026-12-09T09:00", [("settlement", "near")]),
        ("2026-12-14T09:30", [("settlement", "overdue")]),
        ("2026-12-20T00:00", [("settlement", "escalated")]),
    ]
    for when, new in steps:
        expected += new
        assert await warn(session, at(when)) == len(new), when
        assert await warn(session, at(when)) == 0
        assert await _warned(session) == expected


async def test_after_a_standstill_nothing_is_missed_and_nothing_stale_is_said(
    session: AsyncSession, case: Case
) -> None:
    assert await warn(session, at("2027-01-20T09:00")) == 4
    assert set(await _warned(session)) == {
        (measure, kind) for measure in ("first_reply", "settlement") for kind in ("overdue", "escalated")
    }


async def test_nobody_is_warned_of_a_clock_that_stands_still(session: AsyncSession, case: Case) -> None:
    await follow(session, case, "ask", at("2026-11-23T09:00"))
    assert await warn(session, at("2027-01-20T09:00")) == 0
    await follow(session, case, "add", at("2027-01-20T09:00"))
    assert await warn(session, at("2027-01-20T10:00")) == 0  # fourteen working days are left again


async def test_a_new_end_is_warned_of_anew(session: AsyncSession, case: Case) -> None:
    await follow(session, case, "receive", at("2026-11-20T10:00"))
    await follow(session, case, "start", at("2026-11-20T10:00"))
    assert await warn(session, at("2026-12-14T08:00")) == 1
    await follow(session, case, "ask", at("2026-12-14T08:00"))
    await follow(session, case, "add", at("2026-12-16T08:00"))
    assert await warn(session, at("2026-12-16T08:30")) == 1
    await follow(session, case, "answer", at("2026-12-16T08:40"))
    assert await warn(session, at("2026-12-30T08:30")) == 0


async def test_a_digest_every_working_morning_for_every_office(session: AsyncSession, made: MadeUp, case: Case) -> None:
    made.offices["second"].level = "front"  # the Front works no cases
    await session.flush()
    steps = [
        ("2026-11-25T07:00", 0),  # not open yet
        ("2026-11-25T07:30", 2),  # a commune and the province's office
        ("2026-11-25T16:00", 0),  # once a day
        ("2026-11-28T09:00", 0),  # Saturday
        ("2026-11-24T09:00", 0),  # a holiday
        ("2026-12-10T14:00", 2),  # after a standstill of two weeks: today's only
    ]
    for when, written in steps:
        assert await write_digests(session, at(when)) == written, when
    query = select(OfficeDigest).where(OfficeDigest.office_id == made.offices["first"].id).order_by(OfficeDigest.day)
    first, last = await session.scalars(query)
    assert [d.day for d in (first, last)] == [date(2026, 11, 25), date(2026, 12, 10)]
    assert first.counts == {
        "new": 1, "in_progress": 0, "waiting_for_resident": 0, "transferred": 0, "incoming": 0, "due_soon": 1,
        "overdue": 0,
    }  # fmt: skip
    assert (last.counts["due_soon"], last.counts["overdue"]) == (1, 1)  # of one case both: two of its clocks


async def test_a_day_off_of_the_provinces_own_has_no_digest(session: AsyncSession, made: MadeUp) -> None:
    given = {"note": "nghỉ lũ", "official_id": None, "at": at("2026-11-24T09:00")}
    await set_days(session, {date(2026, 11, 25): False}, **given)  # type: ignore[arg-type]
    assert await write_digests(session, at("2026-11-25T09:00")) == 0


async def test_a_case_on_its_way_is_counted_at_both_ends(session: AsyncSession, made: MadeUp, case: Case) -> None:
    case.state, case.to_office_id = "transferred", made.offices["second"].id
    await session.flush()
    await write_digests(session, at("2026-11-20T10:00"))
    by_office = {d.office_id: d.counts for d in await session.scalars(select(OfficeDigest))}
    assert by_office[made.offices["first"].id]["transferred"] == 1
    assert by_office[made.offices["second"].id]["incoming"] == 1
