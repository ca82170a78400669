"""Notices that reach nobody: the office in charge sees them and ticks them off; others do not."""

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.conversations.models import Notice
from bot.db import unit_of_work
from tests.console.conftest import Open
from tests.tallies.made_up import NOON, MadeUp

HEADING = "Tin chưa tới được người dân"


async def _notice(engine: AsyncEngine, made: MadeUp, office: str = "first") -> int:
    async with unit_of_work(engine) as session:
        talk = await made.talk(session, owner="bot", office_id=None, waiting_since=None, channel="telegram")
        payload = {"kind": "status", "text": "Phiếu XH-1: <b>đang</b> giải quyết.", "case": {"code": "XH-1"}}
        notice = Notice(
            conversation_id=talk.id,
            office_id=made.offices[office].id,
            kind="case",
            state="unreachable",
            tried=[],
            payload=payload,
            at=NOON,
        )
        session.add(notice)
        await session.flush()
        return notice.id


async def test_seen_and_ticked_off(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    notice_id = await _notice(engine, made)
    staff = await browser("commune_staff")
    page = (await staff.get("/console/waiting")).text
    assert HEADING in page
    assert "Phiếu XH-1: &lt;b&gt;đang&lt;/b&gt; giải quyết." in page
    assert 'href="/console/cases?code=XH-1"' in page
    assert (await staff.post(f"/console/notices/{notice_id}/settled")).headers["location"] == "/console/waiting"
    assert HEADING not in (await staff.get("/console/waiting")).text
    async with unit_of_work(engine) as session:
        kept = await session.get_one(Notice, notice_id)
        assert (kept.state, kept.payload) == ("settled", None)
    assert (await staff.post(f"/console/notices/{notice_id}/settled")).status_code == 404


async def test_another_office_neither_sees_nor_settles_it(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    notice_id = await _notice(engine, made)
    other = await browser("staff2")
    assert HEADING not in (await other.get("/console/waiting")).text
    assert (await other.post(f"/console/notices/{notice_id}/settled")).status_code == 404
    coordinator = await browser("province_coordinator")
    assert HEADING in (await coordinator.get("/console/waiting")).text


async def test_nothing_is_shown_where_everybody_is_reached(browser: Open, made: MadeUp) -> None:
    assert HEADING not in (await (await browser("commune_staff")).get("/console/waiting")).text
