"""Each table adds up to the total, and each number equals the list behind it, to the last case."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.cases.fields import FIELDS
from bot.cases.states import OUTCOMES, STATES
from bot.clock import local
from bot.officials import passwords
from bot.officials.models import Official
from bot.tallies import queries, xlsx
from bot.tallies.selection import UNKNOWN, Selection
from bot.tallies.tables import NO_COMMUNE, NO_OUTCOME, Table, rows, tables
from bot.tallies.tables import given as guidance_table
from tests.tallies.made_up import NOON, MadeUp, make

LOCAL_NEW_YEAR = datetime(2026, 12, 31, 17, tzinfo=UTC)
"""Midnight of 1 January 2027 in Vietnam."""

A_CASE = st.fixed_dictionaries(
    {
        "field": st.sampled_from([*FIELDS, "not_a_field_any_more"]),
        "commune": st.sampled_from([0, 1, None]),
        "state": st.sampled_from(list(STATES)),
        "outcome": st.sampled_from([*OUTCOMES, None]),
        "minutes": st.integers(-90 * 1440, 90 * 1440),
    }
)
A_SELECTION = st.fixed_dictionaries(
    {},
    optional={
        "field": st.sampled_from(list(FIELDS)),
        "commune": st.sampled_from([0, 1, UNKNOWN]),
        "state": st.sampled_from(list(STATES)),
        "outcome": st.sampled_from([*OUTCOMES, UNKNOWN]),
        "since": st.dates(date(2026, 10, 1), date(2027, 3, 1)),
        "until": st.dates(date(2026, 11, 1), date(2027, 4, 1)),
    },
)


@pytest.fixture
async def made(session: AsyncSession) -> MadeUp:
    return await make(session)


@pytest.fixture(autouse=True)
def no_password_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody logs in here."""
    monkeypatch.setattr(passwords, "hashed", lambda password: "unused")  # pragma: allowlist secret


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=st.lists(A_CASE, max_size=25), chosen=A_SELECTION, role=st.sampled_from(["front", "commune_leader"]))
async def test_tables_add_up_and_lists_hold_what_was_counted(
    engine: AsyncEngine, cases: list[dict[str, Any]], chosen: dict[str, Any], role: str
) -> None:
    async with AsyncSession(engine, expire_on_commit=False) as session:
        made = await make(session)
        await _store(session, made, cases)
        official, selection = made.officials[role], _selection(made, chosen)
        found, total = await _tables(session, made, official, selection)
        expected = [case for case in cases if _counts(case, chosen, role)]
        assert total == len(expected) == await queries.number(session, official, selection)
        for table in found:
            assert sum(line.count for line in table.lines) == total, table.name
            for line in table.lines:
                assert len(await queries.listed(session, official, line.behind)) == line.count, (table.name, line)
        await session.rollback()


async def _store(session: AsyncSession, made: MadeUp, cases: list[dict[str, Any]]) -> None:
    talk = await made.talk(session)
    for case in cases:
        commune = made.communes[case["commune"]].id if case["commune"] is not None else None
        at = LOCAL_NEW_YEAR + timedelta(minutes=case["minutes"])
        plain = {name: case[name] for name in ("field", "state", "outcome")}
        await made.case(session, talk, commune_id=commune, created_at=at, **plain)


def _selection(made: MadeUp, chosen: dict[str, Any]) -> Selection:
    commune = chosen.get("commune")
    return Selection(**chosen | {"commune": made.communes[commune].id if isinstance(commune, int) else commune})


def _counts(case: dict[str, Any], chosen: dict[str, Any], role: str) -> bool:
    """The same rules once more, in Python."""
    day = local(LOCAL_NEW_YEAR + timedelta(minutes=case["minutes"])).date()
    matches = all(
        name not in chosen or case[name] == (None if chosen[name] == UNKNOWN else chosen[name])
        for name in ("field", "commune", "state", "outcome")
    )
    in_period = chosen.get("since", date.min) <= day <= chosen.get("until", date.max)
    return matches and in_period and (role == "front" or case["commune"] == 0)


async def _tables(
    session: AsyncSession, made: MadeUp, official: Official, selection: Selection
) -> tuple[list[Table], int]:
    counted = await queries.counts(session, official, selection)
    names = {commune.id: commune.label for commune in made.communes}
    return tables(counted, selection, names), counted["state"].total()


async def test_months_are_those_of_vietnam(session: AsyncSession, made: MadeUp) -> None:
    talk = await made.talk(session)
    await made.case(session, talk, created_at=LOCAL_NEW_YEAR - timedelta(seconds=1))
    await made.case(session, talk, created_at=LOCAL_NEW_YEAR)
    counted = await queries.counts(session, made.officials["front"], Selection())
    assert counted["month"] == {"2026-12": 1, "2027-01": 1}
    (first, second) = await queries.listed(session, made.officials["front"], Selection())
    assert (first.received, second.received) == (date(2026, 12, 31), date(2027, 1, 1))
    only = await queries.listed(session, made.officials["front"], Selection(until=date(2026, 12, 31)))
    assert [case.received for case in only] == [date(2026, 12, 31)]


async def test_what_is_not_known_has_its_own_line(session: AsyncSession, made: MadeUp) -> None:
    await made.case(session, await made.talk(session), commune_id=None)
    by_name = {table.name: table for table in (await _tables(session, made, made.officials["front"], Selection()))[0]}
    assert [(line.label, line.count) for line in by_name["commune"].lines] == [(NO_COMMUNE, 1)]
    assert (NO_OUTCOME, 1) in [(line.label, line.count) for line in by_name["outcome"].lines]
    assert ("Đã giải quyết", 0) in [(line.label, line.count) for line in by_name["outcome"].lines]


@pytest.mark.parametrize(
    ("username", "seen"),
    [("front", 3), ("auditor", 3), ("province_coordinator", 3), ("commune_leader", 1), ("administrator", 0)],
)
async def test_scope(session: AsyncSession, made: MadeUp, username: str, seen: int) -> None:
    talk = await made.talk(session)
    for commune in (made.communes[0].id, made.communes[1].id, None):
        await made.case(session, talk, commune_id=commune)
    for commune in (made.communes[0], made.communes[1], None):
        await made.guide(session, "denunciation", NOON, commune)
    official = made.officials[username]
    assert await queries.number(session, official, Selection()) == seen
    assert len(await queries.listed(session, official, Selection())) == seen
    assert sum(count for _, _, count in await queries.guidance(session, official, Selection())) == seen


async def test_the_list_tells_nothing_of_who_and_what(session: AsyncSession, made: MadeUp) -> None:
    case = await made.case(session, await made.talk(session))
    (row,) = rows(await queries.listed(session, made.officials["front"], Selection()), {})
    words = repr(row)
    assert case.description not in words
    assert case.place not in words
    assert case.code not in words
    assert str(case.conversation_id) not in words


async def test_guidance_by_kind_and_local_month(session: AsyncSession, made: MadeUp) -> None:
    await made.guide(session, "complaint", LOCAL_NEW_YEAR, made.communes[0])
    for seconds in (1, 2):
        await made.guide(session, "denunciation", LOCAL_NEW_YEAR - timedelta(seconds=seconds), None)
    found = await queries.guidance(session, made.officials["front"], Selection(field="roads", state="new"))
    assert found == [("complaint", "2027-01", 1), ("denunciation", "2026-12", 2)]
    unplaced = await queries.guidance(session, made.officials["front"], Selection(commune=UNKNOWN))
    assert unplaced == [("denunciation", "2026-12", 2)]


async def test_the_workbook_says_what_the_tables_say(session: AsyncSession, made: MadeUp) -> None:
    talk = await made.talk(session)
    made.communes[0].name = "=1+1 Thử"
    for number in range(4):
        await made.case(session, talk, field=["roads", "land"][number % 2], outcome="resolved", state="answered")
    await made.guide(session, "complaint", NOON, None)
    official = made.officials["front"]
    found, total = await _tables(session, made, official, Selection())
    listed = rows(await queries.listed(session, official, Selection()), {made.communes[0].id: "=1+1 Thử"})
    guidance = guidance_table(await queries.guidance(session, official, Selection()))
    content = xlsx.workbook(xlsx.Report("từ trước đến nay", local(NOON), total, found, listed, guidance))
    book = load_workbook(BytesIO(content))
    assert book.sheetnames == [*(table.title for table in found), "Danh sách", "Hướng dẫn"]
    for table in found:
        cells = [row for row in book[table.title].iter_rows(min_row=6, values_only=True) if row[0] != "Cộng"]
        assert [count for _, count in cells] == [line.count for line in table.lines]
        assert book[table.title].freeze_panes == "A6"
        (last,) = [row for row in book[table.title].iter_rows(values_only=True) if row[0] == "Cộng"]
        assert last[1] == total == 4
    lines = list(book["Danh sách"].iter_rows(min_row=6))
    assert len(lines) == 4
    assert lines[0][1].value == datetime(2026, 11, 20)  # noqa: DTZ001 -- cells carry no time zone
    assert lines[0][1].number_format == "dd/mm/yyyy"
    assert lines[0][2].value == "=1+1 Thử"
    assert lines[0][2].data_type == "s"
    assert book["Danh sách"]["A3"].value == "Lập lúc 12:00 ngày 20/11/2026"
    assert list(book["Hướng dẫn"].iter_rows(min_row=6, values_only=True)) == [
        ("Khiếu nại", "Tháng 11/2026", 1),
        ("Cộng", None, 1),
    ]
