"""The tally's pages: every number leads to a list of as many cases, and the workbook follows the same filters."""

import html
import re
from io import BytesIO

from openpyxl import load_workbook
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.db import unit_of_work
from tests.console.conftest import Open
from tests.tallies.made_up import NOON, MadeUp

NUMBER = re.compile(r'<a href="(/console/tally/cases[^"]*)">(?:<strong>)?(\d+)')


async def _cases(engine: AsyncEngine, made: MadeUp) -> None:
    async with unit_of_work(engine) as session:
        talk = await made.talk(session)
        for number in range(7):
            commune = [made.communes[0].id, made.communes[1].id, None][number % 3]
            field = ["roads", "land"][number % 2]
            await made.case(session, talk, commune_id=commune, field=field, outcome=["resolved", None][number % 2])
        await made.guide(session, "denunciation", NOON, made.communes[0])


async def test_every_number_leads_to_its_list(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    await _cases(engine, made)
    front = await browser("front")
    page = (await front.get("/console/tally")).text
    numbers = {html.unescape(href): int(count) for href, count in NUMBER.findall(page)}
    assert numbers["/console/tally/cases"] == 7
    assert len(numbers) == 1 + 2 + 3 + 1 + 2 + 1
    for href, count in numbers.items():
        listed = (await front.get(href)).text
        assert f"<h1>{count} vụ việc</h1>" in listed, href
        assert listed.count('data-label="Số"') == count, href
        for hidden in ("Đường vào bản", "đầu bản", "TEST-"):
            assert hidden not in listed
    assert "Tố cáo, tháng 11/2026" in page


async def test_the_workbook_follows_the_filters(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    await _cases(engine, made)
    answer = await (await browser("front")).get("/console/tally.xlsx", field="land", commune="none")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith('attachment; filename="thong-ke-vu-viec-')
    book = load_workbook(BytesIO(answer.content))
    assert len(list(book["Danh sách"].iter_rows(min_row=6))) == 1
    assert "đất đai; (chưa rõ xã)" in str(book["Danh sách"]["A2"].value)


async def test_a_leader_counts_their_own_commune(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    await _cases(engine, made)
    leader = await browser("commune_leader")
    page = (await leader.get("/console/tally")).text
    assert "<strong>3</strong>" in page
    assert made.communes[1].label not in page
    assert "<h1>0 vụ việc</h1>" in (await leader.get("/console/tally/cases", commune=str(made.communes[1].id))).text


async def test_an_empty_province(browser: Open) -> None:
    front = await browser("front")
    assert "<strong>0</strong>" in (await front.get("/console/tally")).text
    assert (await front.get("/console/tally.xlsx")).status_code == 200
    assert "Không có vụ việc nào" in (await front.get("/console/tally/cases")).text


async def test_nonsense_is_refused(browser: Open) -> None:
    front = await browser("front")
    for address in ("/console/tally", "/console/tally/cases", "/console/tally.xlsx"):
        answer = await front.get(address, **{"from": "hôm qua"})
        assert answer.status_code == 400
        assert "JSON" not in answer.text


async def test_a_long_list_has_pages(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    async with unit_of_work(engine) as session:
        talk = await made.talk(session)
        for _ in range(501):
            await made.case(session, talk)
    front = await browser("front")
    first, second = await front.get("/console/tally/cases"), await front.get("/console/tally/cases", sheet="2")
    assert "<h1>501 vụ việc</h1>" in first.text
    assert "sheet=2" in first.text
    assert first.text.count('data-label="Số"') == 500
    assert '<td data-label="Số">501</td>' in second.text
