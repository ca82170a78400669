"""From an answered case to the page everybody reads: two officials, no names, and down again."""

from typing import Any

import httpx
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.console.conftest import Open
from tests.console.test_cases import _open
from tests.tallies.made_up import MadeUp

NAMED = {"title": "Đường vào bản", "question": "Ông Lò Văn Tính hỏi đường bao giờ sửa", "answer": "Đã sửa xong."}
CLEAN = NAMED | {"question": "Đường vào bản bao giờ sửa?"}


async def _answered(browser: Open, made: MadeUp, engine: AsyncEngine, **values: Any) -> str:
    case = await _open(engine, made, **({"visibility": "public"} | values))
    staff = await browser("commune_staff")
    for step in ({"act": "receive"}, {"act": "answer", "outcome": "resolved", "note": "Đã rải đá"}):
        await staff.post(f"/console/cases/{case.code}/move", **step)
    return case.code


async def _public(browser: Open) -> str:
    stranger = await browser()
    page: httpx.Response = await stranger.get("/answers")
    data = await stranger.get("/api/v1/answers", q="duong vao ban")
    assert page.status_code == data.status_code == 200
    assert ("Đã sửa xong." in page.text) == bool(data.json()["answers"])
    return page.text


async def test_two_officials_and_everybody_reads_it(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    code = await _answered(browser, made, engine)
    staff, leader = await browser("commune_staff"), await browser("commune_leader")
    here = f"/console/publications/{code}"
    assert "Soạn bản công khai" in (await staff.get(f"/console/cases/{code}")).text
    refused = await staff.post(f"{here}/draft", **NAMED)
    assert refused.status_code == 422
    assert "Lò Văn Tính" in refused.text
    assert "Tôi đã xem từng chỗ" in refused.text
    assert (await staff.post(f"{here}/draft", **CLEAN)).status_code == 303
    assert (await staff.post(f"{here}/publish")).status_code == 403  # who drafts may not approve anything
    assert "Đã sửa xong." not in await _public(browser)
    assert (await leader.post(f"{here}/publish")).status_code == 303
    assert "Đã sửa xong." in await _public(browser)
    await staff.post(f"{here}/withdraw")
    assert "Đã sửa xong." not in await _public(browser)


async def test_a_leader_does_not_approve_their_own_draft(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    code = await _answered(browser, made, engine)
    leader = await browser("commune_leader")
    await leader.post(f"/console/publications/{code}/draft", **CLEAN)
    await leader.post(f"/console/publications/{code}/publish")
    assert "người thứ hai" in (await leader.get(f"/console/publications/{code}")).text
    assert "Đã sửa xong." not in await _public(browser)


async def test_without_consent_there_is_no_such_page(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    code = await _answered(browser, made, engine, visibility="officials")
    staff = await browser("commune_staff")
    assert "Soạn bản công khai" not in (await staff.get(f"/console/cases/{code}")).text
    assert (await staff.get(f"/console/publications/{code}")).status_code == 303
    assert (await staff.post(f"/console/publications/{code}/draft", **CLEAN)).status_code == 422


async def test_another_communes_case_is_not_found(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    case = await _open(engine, made, commune=1, visibility="public")
    staff = await browser("commune_staff")
    assert (await staff.get(f"/console/publications/{case.code}")).status_code == 404
    assert (await staff.post(f"/console/publications/{case.code}/draft", **CLEAN)).status_code == 404
