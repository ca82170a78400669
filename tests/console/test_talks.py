"""Reading, taking, answering, sealing and giving back a talk."""

import re
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cases.clocks import data_requests
from bot.conversations.models import Conversation, DataRequest, Message, OutboxRow, SealedHold
from bot.conversations.sentences import CONTACT_REQUEST
from bot.db import unit_of_work
from tests.console.conftest import Browser, Open
from tests.media.made import office, pdf, picture
from tests.platforms.chats import SAMPLE_PHONE
from tests.tallies.made_up import NOON, MadeUp


async def _talk(engine: AsyncEngine, made: MadeUp, **values: Any) -> Conversation:
    async with unit_of_work(engine) as session:
        return await made.talk(session, **values)


def _at(talk: Conversation, step: str = "") -> str:
    return f"/console/conversations/{talk.id}" + (f"/{step}" if step else "")


async def _now(engine: AsyncEngine, talk: Conversation) -> Conversation:
    async with unit_of_work(engine) as session:
        return await session.get_one(Conversation, talk.id)


async def _said_by_officials(engine: AsyncEngine, talk: Conversation) -> list[str | None]:
    query = select(Message.text).where(Message.conversation_id == talk.id, Message.sender == "official")
    async with unit_of_work(engine) as session:
        return list((await session.scalars(query.order_by(Message.id))).all())


async def test_from_waiting_to_given_back(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    talk = await _talk(engine, made, said="Cho tôi gặp cán bộ địa chính")
    staff = await browser("commune_staff")
    waiting = (await staff.get("/console/waiting")).text
    assert str(talk.id) in waiting
    assert "Cho tôi gặp cán bộ địa chính" in waiting
    assert "Người dân muốn gặp cán bộ" in waiting
    assert "12:00 20/11/2026" in waiting

    assert (await staff.post(_at(talk, "take"))).headers["location"] == _at(talk)
    assert "Đã nhận" in (await staff.get(_at(talk))).text
    assert "Đã nhận. " not in (await staff.get(_at(talk))).text
    sent = await staff.post(_at(talk, "reply"), text="  Mời bác\u200b ra xã <b>sáng mai</b>.\r\nCảm ơn bác. ")
    assert sent.status_code == 303
    assert await _said_by_officials(engine, talk) == ["Mời bác ra xã <b>sáng mai</b>.\nCảm ơn bác."]
    page = (await staff.get(_at(talk))).text
    assert "Mời bác ra xã &lt;b&gt;sáng mai&lt;/b&gt;." in page
    assert made.officials["commune_staff"].title in (await staff.get(_at(talk, "messages"))).text
    assert (await _now(engine, talk)).waiting_since is None
    async with unit_of_work(engine) as session:
        assert await session.scalar(select(func.count()).select_from(OutboxRow)) == 1

    assert (await staff.post(_at(talk, "give-back"))).headers["location"] == "/console/waiting"
    assert (await _now(engine, talk)).owner == "bot"
    assert (await staff.get(_at(talk))).status_code == 404


async def test_a_reply_takes_a_free_talk(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    talk, staff = await _talk(engine, made), await browser("commune_staff")
    assert (await staff.post(_at(talk, "reply"), text="Chào bác")).status_code == 303
    assert (await _now(engine, talk)).taken_by == made.officials["commune_staff"].id


@pytest.mark.parametrize(("text", "told"), [(" \u200b\n ", "Chưa có nội dung"), ("ă" * 4001, "4001 ký tự")])
async def test_what_cannot_be_sent_is_not_lost(
    browser: Open, made: MadeUp, engine: AsyncEngine, text: str, told: str
) -> None:
    talk, staff = await _talk(engine, made), await browser("commune_staff")
    await staff.post(_at(talk, "take"))
    answer = await staff.post(_at(talk, "reply"), text=text)
    assert answer.status_code == 422
    assert told in answer.text
    assert text.strip(" \u200b\n") in answer.text
    assert await _said_by_officials(engine, talk) == []


async def _replies(
    official: Browser, talk: Conversation, text: str, file: tuple[str, bytes] | None = None
) -> httpx.Response:
    fields = {"_csrf_token": await official._token(), "text": text}
    return await official.client.post(_at(talk, "reply"), data=fields, files={"file": file or ("", b"")})


async def test_a_photo_goes_with_the_words_or_alone(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    talk, staff = await _talk(engine, made), await browser("commune_staff")
    assert (await _replies(staff, talk, "Cầu đã sửa.", ("cầu.jpg", picture()))).status_code == 303
    assert (await _replies(staff, talk, "", ("mẫu đơn.pdf", pdf()))).status_code == 303
    assert (await _replies(staff, talk, "Còn gì bác cứ hỏi.")).status_code == 303
    said = ["Cầu đã sửa.", "Cán bộ gửi bác tệp này.", "Còn gì bác cứ hỏi."]
    assert await _said_by_officials(engine, talk) == said
    page = (await staff.get(_at(talk))).text
    assert "Ảnh cán bộ gửi: cầu.jpg" in page
    assert "mẫu đơn.pdf" in page
    (shown,) = re.findall(r'<img src="(/console/media/[\w-]+)/thumbnail"', page)
    assert (await staff.get(shown)).headers["content-type"] == "image/jpeg"
    assert (await staff.post(f"{shown}/identity")).status_code == 404  # for what residents send
    other = await browser("staff2")
    assert (await other.get(shown)).status_code == 404


async def test_a_file_that_may_not_go_keeps_the_words(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    talk, staff = await _talk(engine, made), await browser("commune_staff")
    await staff.post(_at(talk, "take"))
    refused = await _replies(staff, talk, "Bác xem tệp này", ("thu chi.xlsx", office("xl/workbook.xml")))
    assert refused.status_code == 422
    assert "Chỉ gửi được ảnh, tệp PDF và Word" in refused.text
    assert "Bác xem tệp này</textarea>" in refused.text
    assert await _said_by_officials(engine, talk) == []


async def test_the_number_a_resident_gives_is_shown(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    talk, staff = await _talk(engine, made), await browser("commune_staff")
    assert (await staff.post(_at(talk, "ask-contact"))).status_code == 303
    (asked,) = await _said_by_officials(engine, talk)
    assert asked == CONTACT_REQUEST
    async with unit_of_work(engine) as session:
        body = {"carried": ["contact"], "contact": {"name": "Lò Thị <b>Mẫu", "phone": SAMPLE_PHONE}}
        session.add(Message(conversation_id=talk.id, sender="resident", text="", body=body, at=NOON))
    assert f"Cho biết: Lò Thị &lt;b&gt;Mẫu · {SAMPLE_PHONE}" in (await staff.get(_at(talk))).text


async def test_a_colleague_has_it(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    talk = await _talk(engine, made)
    first, second = await browser("commune_staff"), await browser("colleague")
    await first.post(_at(talk, "take"))
    answer = await second.post(_at(talk, "reply"), text="Lời của đồng nghiệp")
    assert answer.status_code == 409
    assert made.officials["commune_staff"].title in answer.text
    assert "Lời của đồng nghiệp" in answer.text
    assert (await second.post(_at(talk, "take"))).headers["location"] == _at(talk)
    assert "đang trả lời" in (await second.get(_at(talk))).text
    await second.post(_at(talk, "give-back"))
    assert (await _now(engine, talk)).taken_by == made.officials["commune_staff"].id
    assert await _said_by_officials(engine, talk) == []


async def test_other_offices_see_nothing(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    talk = await _talk(engine, made)
    own = await _talk(engine, made, owner="bot")
    unplaced = await _talk(engine, made, office_id=made.offices["province"].id, commune_id=None)
    other, coordinator = await browser("staff2"), await browser("province_coordinator")
    waiting = (await other.get("/console/waiting")).text
    assert str(talk.id) not in waiting
    assert str(unplaced.id) in waiting
    for step in ("take", "reply", "give-back", "messages/1/seal"):
        assert (await other.post(_at(talk, step), text="x")).status_code == 404, step
    for step in ("", "messages"):
        assert (await other.get(_at(talk, step))).status_code == 404
        assert (await coordinator.get(_at(talk, step))).status_code == 200
        assert (await coordinator.get(_at(own, step))).status_code == 404
    assert (await other.get(f"/console/conversations/{uuid4()}")).status_code == 404
    assert (await other.get("/console/conversations/nonsense")).status_code == 404


async def test_sealing(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    talk, stranger = await _talk(engine, made, said="Ông A nhận tiền TUYETMAT"), await _talk(engine, made)
    async with unit_of_work(engine) as session:
        first = await session.scalar(select(Message.id).where(Message.conversation_id == talk.id))
        foreign = await session.scalar(select(Message.id).where(Message.conversation_id == stranger.id))
        bots = (await made.message(session, talk, "Chào bác", sender="bot")).id
    staff = await browser("commune_staff")
    await staff.post(_at(talk, "take"))
    assert "Đây là tố cáo" in (await staff.get(_at(talk))).text
    for wrong in (foreign, bots, 2**70):
        assert (await staff.post(_at(talk, f"messages/{wrong}/seal"))).status_code == 404
    for _ in range(2):
        assert (await staff.post(_at(talk, f"messages/{first}/seal"))).status_code == 303
    for address in (_at(talk), _at(talk, "messages"), "/console/waiting"):
        page = (await staff.get(address)).text
        assert "TUYETMAT" not in page
        assert "nội dung đã được cất riêng" in page
    async with unit_of_work(engine) as session:
        assert (await session.scalars(select(SealedHold.text))).all() == ["Ông A nhận tiền TUYETMAT"]


async def test_the_secret_of_a_receipt_is_not_shown(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    talk, staff = await _talk(engine, made), await browser("commune_staff")
    receipt = {"code": "XH-TEST-0001", "secret": "K7M2-QX4D", "fingerprint": "x"}  # pragma: allowlist secret
    async with unit_of_work(engine) as session:
        await made.message(session, talk, "Đã ghi phiếu.", sender="bot", kind="receipt", body={"case": receipt})
    for address in (_at(talk), _at(talk, "messages")):
        page = (await staff.get(address)).text
        assert "XH-TEST-0001" in page
        assert "K7M2-QX4D" not in page


async def test_a_talk_does_not_tell_of_an_anonymous_case(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    errand, code = uuid4(), "XH-7K3M-9Q2F"
    talk = await _talk(engine, made)
    async with unit_of_work(engine) as session:
        await made.message(session, talk, "Kể chuyện BIMAT", errand_id=errand)
        await made.message(session, talk, "Tóm tắt BIMAT", sender="bot", errand_id=errand)
        agreed = await made.message(session, talk, "Đồng ý", errand_id=errand)
        await made.message(
            session, talk, "Đã ghi BIMAT", sender="bot", in_reply_to=agreed.id, body={"case": {"code": code}}
        )
        await made.message(session, talk, "Phiếu xh 7k3m 9q2f của tôi BIMAT")
        await made.case(session, talk, code=code, visibility="nobody", message_id=agreed.id)
        await made.case(session, talk, code="XH-OPEN-0001", visibility="officials")
    staff = await browser("commune_staff")
    for address in (_at(talk), _at(talk, "messages"), "/console/waiting"):
        page = (await staff.get(address)).text
        assert "BIMAT" not in page
        assert code not in page
        assert "không cho ai biết" in page
    page = (await staff.get(_at(talk))).text
    assert "XH-OPEN-0001" in page
    assert "Tôi muốn gặp cán bộ" in page


async def test_only_the_newest_of_a_long_talk(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    talk = await _talk(engine, made, said="tin đầu tiên")
    async with unit_of_work(engine) as session:
        for number in range(200):
            await made.message(session, talk, f"tin số {number}.")
    page = (await (await browser("commune_staff")).get(_at(talk))).text
    assert "tin đầu tiên" not in page
    assert "tin số 0." in page
    assert "tin số 199." in page


async def test_a_request_about_personal_data(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    talk = await _talk(engine, made, owner="bot", office_id=None)
    async with unit_of_work(engine) as session:
        session.add(DataRequest(conversation_id=talk.id, message_id=1, at=NOON))
    staff, other = await browser("commune_staff"), await browser("staff2")
    page = (await staff.get("/console/waiting")).text
    assert "/console/data-requests/1/done" in page
    assert str(talk.id) not in page
    assert "/console/data-requests/" not in (await other.get("/console/waiting")).text
    assert (await other.post("/console/data-requests/1/done")).status_code == 404
    assert (await staff.post("/console/data-requests/1/done")).status_code == 303
    assert (await staff.post("/console/data-requests/1/done")).status_code == 404
    assert "/console/data-requests/" not in (await staff.get("/console/waiting")).text
    async with unit_of_work(engine) as session:
        assert (await session.get_one(DataRequest, 1)).done_at is not None


async def test_a_request_is_put_off_once_where_the_law_allows_it(
    browser: Open, made: MadeUp, engine: AsyncEngine
) -> None:
    talk = await _talk(engine, made)
    async with unit_of_work(engine) as session:
        rows = [DataRequest(conversation_id=talk.id, message_id=number, at=NOON) for number in (1, 2)]
        session.add_all(rows)
        await session.flush()
        for row, wish in zip(rows, ("withdraw", "see"), strict=True):
            await data_requests.opened(session, row, wish, NOON)
    staff, other = await browser("commune_staff"), await browser("staff2")
    page = (await staff.get("/console/waiting")).text
    assert "Rút lại đồng ý, hạn chế, phản đối về dữ liệu cá nhân." in page
    assert "12:00 05/12/2026" in page  # fifteen days
    assert "/console/data-requests/1/prolong" in page
    assert "/console/data-requests/2/prolong" not in page  # seeing may not be put off
    assert (await other.post("/console/data-requests/1/prolong", days="5")).status_code == 404
    for days, told in (("16", "từ 1 đến 15"), ("ba", "từ 1 đến 15"), ("5", "10/12/2026"), ("1", "một lần")):
        assert (await staff.post("/console/data-requests/1/prolong", days=days)).status_code == 303
        assert told in (await staff.get("/console/waiting")).text
    assert (await staff.post("/console/data-requests/2/prolong", days="5")).status_code == 303
    assert "không được gia hạn" in (await staff.get("/console/waiting")).text
    async with unit_of_work(engine) as session:
        told_them = select(Message.text).where(Message.conversation_id == talk.id, Message.sender == "bot")
        (words,) = (await session.scalars(told_them)).all()
    assert words == "Yêu cầu của bác về dữ liệu cá nhân cần thêm thời gian. Hạn trả lời mới: ngày 10/12/2026."
