"""Cases on the desk: in scope, filtered, moved on."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cases.models import Case
from bot.cases.service import Report, open_case
from bot.conversations.models import Message
from bot.db import unit_of_work
from tests.console.conftest import Open
from tests.tallies.made_up import NOON, MadeUp


async def _open(engine: AsyncEngine, made: MadeUp, *, commune: int | None = 0, **values: Any) -> Case:
    """A case as a resident opens it, its talk waiting for the first commune's office."""
    given: dict[str, Any] = {"field": "roads", "description": "Đường vào bản hỏng nặng", "visibility": "officials"}
    async with unit_of_work(engine) as session:
        talk = await made.talk(session)
        agreed = await made.message(session, talk, "Đồng ý")
        place = made.communes[commune].id if commune is not None else None
        report = Report(place="đầu bản", commune_id=place, village_id=None, **(given | values))
        numbers = iter(range(agreed.id, agreed.id + 7))
        return await open_case(session, agreed.id, report, NOON, lambda n: next(numbers) % n)


async def _now(engine: AsyncEngine, case: Case) -> Case:
    async with unit_of_work(engine) as session:
        return await session.get_one(Case, case.id)


async def test_from_new_to_closed(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    case, staff = await _open(engine, made), await browser("commune_staff")
    here = f"/console/cases/{case.code}"
    assert case.code in (await staff.get("/console/cases")).text
    assert f"/console/conversations/{case.conversation_id}" in (await staff.get(here)).text
    steps: list[dict[str, str]] = [
        {"act": "receive"},
        {"act": "ask", "note": "Bác cho biết đoạn nào"},
        {"act": "resume", "outcome": ""},
        {"act": "answer", "outcome": "resolved", "note": "Đã rải đá <xong>"},
        {"act": "close"},
    ]
    for step in steps:
        moved = await staff.post(f"{here}/move", **step)
        assert (moved.status_code, moved.headers["location"]) == (303, here), step
    assert ((await _now(engine, case)).state, (await _now(engine, case)).outcome) == ("closed", "resolved")
    page = (await staff.get(here)).text
    assert "Đã rải đá &lt;xong&gt;" in page
    assert "20/11/2026" in page
    assert made.officials["commune_staff"].title in page
    async with unit_of_work(engine) as session:
        told = select(Message.text).where(Message.conversation_id == case.conversation_id, Message.kind == "status")
        assert len((await session.scalars(told)).all()) == len(steps)


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"act": "close", "note": "Giữ lời này"}, 409, "không còn hợp lệ"),
        ({"act": "nonsense", "note": "Giữ lời này"}, 409, "không còn hợp lệ"),
        ({"act": "answer", "note": "Giữ lời này"}, 422, "Chọn kết quả"),
        ({"act": "answer", "outcome": "withdrawn", "note": "Giữ lời này"}, 422, "Chọn kết quả"),
        ({"act": "answer", "outcome": "resolved", "note": " "}, 422, "Chưa có nội dung"),
        ({"act": "ask", "note": ""}, 422, "Chưa có nội dung"),
        ({"act": "resume", "note": "Giữ lời này" + "ă" * 4000}, 422, "tối đa 4000"),
    ],
)
async def test_a_refused_move_keeps_what_was_typed(
    browser: Open, made: MadeUp, engine: AsyncEngine, fields: dict[str, str], status: int, told: str
) -> None:
    case, staff = await _open(engine, made), await browser("commune_staff")
    here = f"/console/cases/{case.code}"
    await staff.post(f"{here}/move", act="receive")
    answer = await staff.post(f"{here}/move", **fields)
    assert answer.status_code == status
    assert told in answer.text
    assert fields["note"].strip() in answer.text
    assert fields.get("outcome") != "resolved" or 'value="resolved" selected' in answer.text
    assert (await _now(engine, case)).state == "received"


async def test_a_case_of_nobody_leads_to_no_talk(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    case = await _open(engine, made, visibility="nobody")
    for username in ("commune_staff", "province_coordinator"):
        page = await (await browser(username)).get(f"/console/cases/{case.code}")
        assert page.status_code == 200
        assert "Đường vào bản hỏng nặng" in page.text
        assert str(case.conversation_id) not in page.text


async def test_other_offices_see_nothing(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    case, other = await _open(engine, made), await browser("staff2")
    assert case.code not in (await other.get("/console/cases")).text
    assert case.code not in (await other.get("/console/cases", code=case.code)).text.replace(f'value="{case.code}"', "")
    assert (await other.get(f"/console/cases/{case.code}")).status_code == 404
    assert (await other.post(f"/console/cases/{case.code}/move", act="receive")).status_code == 404
    assert (await other.get("/console/cases/nonsense")).status_code == 404
    assert (await (await browser("province_coordinator")).get(f"/console/cases/{case.code}")).status_code == 200


async def test_filters(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    road, land = await _open(engine, made), await _open(engine, made, field="land", commune=1)
    coordinator = await browser("province_coordinator")
    await coordinator.post(f"/console/cases/{land.code}/move", act="receive")

    async def found(**query: str) -> set[str]:
        page = await coordinator.get("/console/cases", **query)
        assert page.status_code == 200
        return {case.code for case in (road, land) if f'href="/console/cases/{case.code}"' in page.text}

    assert await found() == {road.code, land.code}
    assert await found(field="land") == await found(state="received") == {land.code}
    assert await found(commune=str(made.communes[0].id)) == {road.code}
    assert await found(code=road.code.lower().replace("-", " ")) == {road.code}
    assert await found(state="received", field="roads") == set()
    for nonsense in ({"commune": "9" * 30}, {"commune": "x"}, {"code": "x"}, {"state": "'"}, {"field": "\x00"}):
        assert await found(**nonsense) == set()
