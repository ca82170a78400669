"""Every act on a case by its form: who may, what is missing, what another did meanwhile; nothing typed is lost."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cases.changes import Resident
from bot.cases.history import history
from bot.cases.models import Block, Case
from bot.cases.resident_steps import add_words, rate, reopen
from bot.cases.rules import Act, Step
from bot.cases.service import work
from bot.cases.transfers import transfer
from bot.clock import local, now
from bot.conversations.models import Conversation, Message
from bot.db import unit_of_work
from tests.console.conftest import Browser, Open
from tests.console.test_cases import _now, _open
from tests.tallies.made_up import MadeUp

KEPT = "Giữ lời này <b>"
WORDY = ("/transfer", "/note", "/correct", "/block")
"""Forms in which an official writes something."""


def _here(case: Case, act: str = "") -> str:
    return f"/console/cases/{case.code}{act}"


async def _sent(engine: AsyncEngine, made: MadeUp) -> Case:
    """A case on its way from the first commune to the second."""
    case = await _open(engine, made)
    async with unit_of_work(engine) as session:
        mine = await session.get_one(Case, case.id)
        staff, to = made.officials["commune_staff"], made.offices["second"]
        await transfer(session, mine, to, staff, now(), reason="not_our_place", text="đoạn này bên xã bạn")
    return case


async def _answered(engine: AsyncEngine, made: MadeUp) -> Case:
    case = await _open(engine, made)
    async with unit_of_work(engine) as session:
        mine = await session.get_one(Case, case.id)
        for step in (Step(Act.RECEIVE), Step(Act.ANSWER, "Đã rải đá.", "resolved")):
            await work(session, mine, step, made.officials["commune_staff"], now())
    return case


async def _writes(engine: AsyncEngine, made: MadeUp, case: Case, words: str) -> Resident:
    async with unit_of_work(engine) as session:
        talk = await session.get_one(Conversation, case.conversation_id)
        return Resident(talk.id, (await made.message(session, talk, words)).id)


async def _acts(engine: AsyncEngine, case: Case) -> list[str | None]:
    async with unit_of_work(engine) as session:
        return [entry.act for entry in await history(session, case)]


async def test_transfer_and_acceptance(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    case, staff, receiver = await _open(engine, made), await browser("commune_staff"), await browser("staff2")
    second = made.offices["second"]
    fields = {"office": str(second.id), "reason": "not_our_place", "note": "mốc nằm bên xã bạn"}
    sent = await staff.post(_here(case, "/transfer"), seen=str(case.version), **fields)
    assert (sent.status_code, sent.headers["location"]) == (303, _here(case))
    assert "vẫn chịu trách nhiệm" in (await staff.get(_here(case))).text
    assert _here(case) in (await receiver.get("/console/cases", view="to_us")).text
    page = (await receiver.get(_here(case))).text
    assert "mốc nằm bên xã bạn" in page
    assert "Sự việc xảy ra ở địa bàn khác" in page or "sự việc xảy ra ở địa bàn khác" in page
    await receiver.post(_here(case, "/accept"))
    assert ((await _now(engine, case)).state, (await _now(engine, case)).office_id) == ("received", second.id)
    assert (await staff.get(_here(case))).status_code == 404


async def test_two_returns_and_the_coordinator_decides(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    case, staff, receiver = await _sent(engine, made), await browser("commune_staff"), await browser("staff2")
    refusal = {"reason": "not_ours", "note": "đường này của xã bạn"}
    gone = await receiver.post(_here(case, "/return"), **refusal)
    assert (gone.status_code, gone.headers["location"]) == (303, "/console/cases"), "no longer theirs to read"
    assert "đường này của xã bạn" in (await staff.get(_here(case))).text
    await staff.post(_here(case, "/transfer"), office=str(made.offices["second"].id), reason="not_our_place")
    await receiver.post(_here(case, "/return"), **refusal)
    boss = await browser("province_coordinator")
    assert _here(case) in (await boss.get("/console/cases", view="here")).text
    decided = await boss.post(_here(case, "/assign-office"), office=str(made.offices["second"].id), note="theo mốc")
    assert decided.status_code == 303
    assert (await _now(engine, case)).office_id == made.offices["second"].id
    assert "Trả lại nơi chuyển" not in (await receiver.get(_here(case))).text.split("Quá trình")[0]


async def test_after_a_working_day_it_cannot_be_returned(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    case = await _open(engine, made)
    async with unit_of_work(engine) as session:
        mine = await session.get_one(Case, case.id)
        staff, long_ago = made.officials["commune_staff"], now() - timedelta(days=20)
        await transfer(session, mine, made.offices["second"], staff, long_ago, reason="not_our_place")
    receiver = await browser("staff2")
    assert "Đã quá một ngày làm việc" in (await receiver.get(_here(case))).text
    late = await receiver.post(_here(case, "/return"), reason="not_ours", note=KEPT)
    assert late.status_code == 422
    assert "Đã quá một ngày làm việc" in late.text
    assert "Giữ lời này &lt;b&gt;" in late.text
    assert (await _now(engine, case)).state == "transferred"


@pytest.mark.parametrize(
    ("path", "fields", "told"),
    [
        ("/transfer", {"reason": "not_our_place"}, "Chọn đơn vị nhận"),  # no office
        ("/transfer", {"office": "999999999", "reason": "not_our_place"}, "Chọn đơn vị nhận"),  # none of that number
        ("/transfer", {"office": "first", "reason": "not_our_place"}, "Chọn đơn vị nhận"),  # where it is already
        ("/transfer", {"office": "second"}, "Chọn lý do"),
        ("/transfer", {"office": "second", "reason": "not_true"}, "Chọn lý do"),  # of another list
        ("/assign", {"person": ""}, "Chọn một cán bộ"),
        ("/assign", {"person": "staff2"}, "Chọn một cán bộ"),  # of another office
        ("/correct", {"field": "nonsense"}, "Chọn một lĩnh vực"),
        ("/correct", {"kind": "nonsense"}, "Chọn câu hỏi"),
        ("/correct", {"title": "ă" * 101}, "tối đa 100 ký tự"),
        ("/correct", {"field": "roads", "title": ""}, "Chưa có gì khác"),
        ("/merge", {"into": "XH-0000-0000"}, "Không gộp được"),
        ("/merge", {"into": "không phải mã"}, "Không gộp được"),
        ("/block", {"until": "mai"}, "Chọn ngày hết hạn"),
        ("/block", {"until": "9999-12-31"}, "Chọn ngày hết hạn"),
        ("/block", {"until": "2020-01-01"}, "trong vòng 30 ngày"),
    ],
)
async def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    browser: Open, made: MadeUp, engine: AsyncEngine, path: str, fields: dict[str, str], told: str
) -> None:
    case, leader = await _open(engine, made), await browser("commune_leader")
    ids = {slug: office.id for slug, office in made.offices.items()} | {"staff2": made.officials["staff2"].id}
    sent = {name: str(ids.get(value, value)) for name, value in fields.items()}
    answer = await leader.post(_here(case, path), **{"note": KEPT, "title": KEPT} | sent)
    assert answer.status_code == 422
    assert told in answer.text
    if path in WORDY and "title" not in fields:
        assert "Giữ lời này &lt;b&gt;" in answer.text
    assert await _acts(engine, case) == ["open"]


@pytest.mark.parametrize("path", ["/note", "/return", "/assign-office"])
async def test_words_that_are_needed(browser: Open, made: MadeUp, engine: AsyncEngine, path: str) -> None:
    case = await _sent(engine, made)
    someone = await browser("province_coordinator" if path == "/assign-office" else "staff2")
    fields = {"office": str(made.offices["province"].id), "reason": "not_ours" if path == "/return" else ""}
    answer = await someone.post(_here(case, path), note=" ", **fields)
    assert answer.status_code == 422
    assert "Chưa có nội dung" in answer.text


async def _press(who: Browser, case: Case, path: str, made: MadeUp) -> int:
    fields = {
        "office": str(made.offices["province"].id),
        "person": str(made.officials["colleague"].id),
        "reason": "not_our_place",
        "note": "vì thế",
        "field": "land",
        "until": f"{local(now()).date() + timedelta(days=3)}",
    }
    return (await who.post(_here(case, path), **fields)).status_code


WORK = ("/transfer", "/accept", "/return", "/assign", "/correct", "/merge", "/note", "/move")


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("front", 403),  # counts, works nothing
        ("auditor", 403),
        ("administrator", 403),
        ("knowledge_editor", 403),
        ("staff2", 404),  # of another office: there is no such case for them
        ("province_department", 404),
    ],
)
async def test_whose_case_it_is_not(
    browser: Open, made: MadeUp, engine: AsyncEngine, username: str, status: int
) -> None:
    case, other = await _open(engine, made), await browser(username)
    for path in WORK:
        assert await _press(other, case, path, made) == status, path
    for path in ("/assign-office", "/block"):
        assert await _press(other, case, path, made) == 403, path
    assert (await other.get(_here(case, "/merge"))).status_code == status
    assert await _acts(engine, case) == ["open"]


@pytest.mark.parametrize(
    ("username", "path", "status"),
    [
        ("commune_staff", "/assign-office", 403),  # the coordinator's
        ("commune_leader", "/assign-office", 403),
        ("commune_staff", "/block", 403),  # its leader's
        ("commune_leader", "/block", 303),
        ("province_coordinator", "/block", 303),
        ("commune_leader", "/assign", 303),
        ("province_coordinator", "/assign", 303),
        ("province_coordinator", "/assign-office", 303),
        ("province_coordinator", "/correct", 303),
        ("province_coordinator", "/note", 303),
        ("province_coordinator", "/transfer", 409),  # only who has charge of it sends it on
        ("commune_staff", "/accept", 409),  # nobody has sent it
        ("commune_staff", "/return", 409),
    ],
)
async def test_what_each_may_do_in_the_own_office_and_above(
    browser: Open, made: MadeUp, engine: AsyncEngine, username: str, path: str, status: int
) -> None:
    case, official = await _open(engine, made), await browser(username)
    assert await _press(official, case, path, made) == status


@pytest.mark.parametrize("path", ["/transfer", "/assign", "/correct", "/note", "/merge"])
async def test_who_comes_second_is_told_what_the_first_did(
    browser: Open, made: MadeUp, engine: AsyncEngine, path: str
) -> None:
    case, other = await _open(engine, made), await _open(engine, made)
    first, second = await browser("commune_staff"), await browser("colleague")
    seen = str(case.version)
    await first.post(_here(case, "/note"), note="tôi đang xác minh", seen=seen)
    fields = {
        "office": str(made.offices["second"].id),
        "reason": "not_our_place",
        "person": str(made.officials["colleague"].id),
        "field": "land",
        "into": other.code,
        "note": KEPT,
        "title": KEPT,
    }
    late = await second.post(_here(case, path), seen=seen, **fields)
    assert late.status_code == 409
    assert "vừa thay đổi trong lúc bạn đang xem" in late.text
    assert re.search(rf"{made.officials['commune_staff'].title} \(.*\), lúc \d\d:\d\d: Ghi chú nội bộ", late.text)
    assert path not in WORDY or "Giữ lời này &lt;b&gt;" in late.text
    assert await _acts(engine, case) == ["open", "note"]
    version = str((await _now(engine, case)).version)
    assert (await second.post(_here(case, path), seen=version, **fields)).status_code == 303


async def test_a_note_and_a_correction_are_not_for_residents(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    case, staff = await _open(engine, made), await browser("commune_staff")
    await staff.post(_here(case, "/note"), note="đã gọi trưởng bản")
    await staff.post(_here(case, "/correct"), field="land", kind="question", title="Lấn đường bản Thử")
    await staff.post(_here(case, "/assign"), person=str(made.officials["colleague"].id))
    page = (await staff.get(_here(case))).text
    assert page.count("chỉ nội bộ thấy") == 3
    assert "Lấn đường bản Thử" in page
    assert made.officials["colleague"].title in page
    corrected = await _now(engine, case)
    assert (corrected.field, corrected.kind) == ("land", "question")
    assert case.code in (await (await browser("colleague")).get("/console/cases", view="mine")).text
    async with unit_of_work(engine) as session:
        told = select(Message.id).where(Message.conversation_id == case.conversation_id, Message.sender == "bot")
        assert (await session.scalars(told)).all() == []


async def test_merging_shows_candidates_and_no_other_reporter(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    words = "Đường vào bản Thử sạt lở ở khúc cua, xe máy không đi qua được mấy hôm nay " + "rất khó đi " * 20
    case = await _open(engine, made, description=words)
    into = await _open(engine, made, description=words, visibility="nobody")
    elsewhere = await _open(engine, made, description=words, commune=1)
    staff = await browser("commune_staff")
    page = (await staff.get(_here(case, "/merge"))).text
    assert _here(into) in page
    assert elsewhere.code not in page
    assert made.communes[0].label in page
    assert words[:200].strip() in page
    assert words[:260].strip() not in page
    merged = await staff.post(_here(case, "/merge"), into=into.code.lower())
    assert merged.status_code == 303
    left = (await staff.get(_here(into))).text
    assert "2 người" in left
    assert case.code in left
    assert str(case.conversation_id) not in left
    assert str(into.conversation_id) not in left
    assert into.code in (await staff.get(_here(case))).text
    assert await _press(staff, case, "/merge", made) == 422


async def test_a_block_is_set_listed_and_lifted(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    case, leader = await _open(engine, made), await browser("commune_leader")
    assert await _press(leader, case, "/block", made) == 303
    assert "vì thế" in (await leader.get("/console/blocks")).text
    assert await _press(leader, case, "/block", made) == 422
    page = (await leader.get(_here(case))).text
    assert "tạm ngừng nhận phiếu mới đến" in page
    assert "tạm ngừng nhận phiếu" not in (await (await browser("commune_staff")).get(_here(case))).text
    async with unit_of_work(engine) as session:
        block = (await session.scalars(select(Block))).one()
    assert str(case.conversation_id) not in (await leader.get("/console/blocks")).text
    assert (await (await browser("commune_staff")).post(f"/console/blocks/{block.id}/lift")).status_code == 403
    assert (await leader.post(f"/console/blocks/{block.id}/lift")).status_code == 303
    assert (await leader.post(f"/console/blocks/{block.id}/lift")).status_code == 404
    assert "Không có ai" in (await leader.get("/console/blocks")).text


async def test_nobody_is_blocked_whom_nobody_may_know(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    case, leader = await _open(engine, made, visibility="nobody"), await browser("commune_leader")
    assert "Tạm ngừng nhận phiếu mới" not in (await leader.get(_here(case))).text
    assert await _press(leader, case, "/block", made) == 422
    async with unit_of_work(engine) as session:
        assert (await session.scalars(select(Block))).all() == []


async def test_later_words_rating_and_reopening_are_news(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    case, staff = await _open(engine, made), await browser("commune_staff")
    await staff.post(_here(case, "/move"), act="receive")
    await _resident(engine, made, case, add_words, "thêm: đoạn gần cầu")
    assert case.code in (await staff.get("/console/cases", view="news")).text
    page = (await staff.get(_here(case))).text
    assert "Người dân có tin mới" in page
    assert "thêm: đoạn gần cầu" in page
    await staff.post(_here(case, "/move"), act="answer", outcome="resolved", note="Đã rải đá")
    assert "Người dân có tin mới" not in (await staff.get(_here(case))).text
    await _resident(engine, made, case, rate, 2, comment="đá mỏng quá")
    page = (await staff.get(_here(case))).text
    assert "★★☆☆☆" in page
    assert "đá mỏng quá" in page
    await _resident(engine, made, case, reopen, "mưa xuống lại trôi hết đá")
    page = (await staff.get(_here(case))).text
    assert "yêu cầu mở lại" in page
    assert "mưa xuống lại trôi hết đá" in page
    fresh = (await staff.get("/console/cases", view="new")).text
    assert case.code in fresh
    assert "Mở lại" in fresh


async def _resident(engine: AsyncEngine, made: MadeUp, case: Case, step: Any, said: Any, **more: Any) -> None:
    who = await _writes(engine, made, case, str(said))
    async with unit_of_work(engine) as session:
        await step(session, await session.get_one(Case, case.id), who, said, now(), **more)


async def test_abuse_is_dotted_out_until_asked_for(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    case, staff = (
        await _open(engine, made, description="Đường hỏng mà đồ khốn nạn không sửa"),
        await browser("commune_staff"),
    )
    page = (await staff.get(_here(case))).text
    assert "k… n…" in page
    assert "Xem nguyên văn" in page
    assert "đồ khốn nạn" in page
    assert "khốn nạn" not in (await staff.get("/console/cases")).text


async def test_lists_begin_with_what_waits_for_the_own_office(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    done, waiting, fresh = await _answered(engine, made), await _sent(engine, made), await _open(engine, made)
    staff, receiver, boss = (
        await browser("commune_staff"),
        await browser("staff2"),
        await browser("province_coordinator"),
    )

    async def listed(who: Browser, **query: str) -> list[str]:
        page = (await who.get("/console/cases", **query)).text
        return re.findall(r'<td[^>]*><a href="/console/cases/([^"]+)"', page)

    assert await listed(staff) == [fresh.code, waiting.code, done.code]
    assert await listed(receiver) == await listed(receiver, view="to_us") == [waiting.code]
    assert set(await listed(boss)) == {fresh.code, waiting.code, done.code}
    assert await listed(boss, view="new") == [fresh.code]
    assert await listed(boss, view="here") == []
    assert await listed(staff, view="new", field="land") == []
    assert await listed(staff, view="nonsense") == await listed(staff, view="here") == []


async def test_the_record_of_sealings(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    staff = await browser("commune_staff")
    async with unit_of_work(engine) as session:
        talk = await made.talk(session)
        accused = await made.message(session, talk, "ông ấy nhận tiền DAUNHO")
    sealed = await staff.post(f"/console/conversations/{talk.id}/messages/{accused.id}/seal")
    assert sealed.status_code == 303
    for username in ("auditor", "administrator"):
        page = (await (await browser(username)).get("/console/sealings")).text
        assert made.officials["commune_staff"].title in page
        assert made.communes[0].label in page
        assert "DAUNHO" not in page
        assert str(talk.id) not in page
    counted = (await (await browser("province_coordinator")).get("/console/tally")).text
    assert "tố cáo" in counted
