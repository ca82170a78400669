"""Linking as residents live it: the words of both sides, and what is refused."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import linking
from bot.conversations.channel_choices import Asking, replies_about_channels
from bot.conversations.linking import LinkRefused, Refusal
from bot.conversations.models import Conversation, LinkCode, Message, NoticeRefusal
from bot.conversations.replies import Reply
from bot.conversations.residents import is_same_resident
from tests.conversations.test_notices import begun, told
from tests.conversations.town import MORNING


async def said(
    session: AsyncSession, talk: Conversation, text: str, *, at: datetime = MORNING, **pressed: object
) -> list[Reply]:
    """What the resident is answered; the replies themselves are kept by the turn."""
    message = Message(conversation_id=talk.id, sender="resident", text=text, body=dict(pressed), at=at)
    asking = Asking(session, talk, at, {"web": "", "zalo": "https://zalo.me/1", "telegram": "https://t.me/tinh_bot"})
    return await replies_about_channels(asking, message) or []


async def code_of(session: AsyncSession, talk: Conversation, at: datetime = MORNING) -> str:
    (reply,) = await said(session, talk, "liên kết", at=at)
    return reply.text.split("\n")[0].rpartition(" ")[2]


async def test_code_agreement_and_both_are_told(visit: AsyncSession) -> None:
    web, phone = await begun(visit, "web"), await begun(visit, "telegram")
    code = await code_of(visit, web)
    (asked,) = await said(visit, phone, code.lower())
    assert asked.text.startswith("Bác muốn nối cuộc trò chuyện này với trang web (trò chuyện từ 20/11/2026)")
    assert [button.label for button in asked.buttons] == ["Nối hai kênh", "Không nối"]
    assert not await is_same_resident(visit, web.id, phone.id)
    (done,) = await said(visit, phone, "Nối hai kênh", intent="link_join")
    assert done.text.startswith("Đã nối với trang web.")
    assert (await told(visit, web))[0].startswith("Lúc 08:30 ngày 20/11, cuộc trò chuyện này được nối với Telegram.")
    assert await is_same_resident(visit, web.id, phone.id)
    assert [r.text for r in await said(visit, phone, code)] == [
        "Mã này không đúng hoặc đã hết hạn. Bác nhắn “liên kết” ở kênh kia để lấy mã mới."
    ]  # one time only


async def test_addresses_bring_the_code_along_where_they_can(visit: AsyncSession) -> None:
    (reply,) = await said(visit, await begun(visit, "web"), "liên kết")
    lines = reply.text.split("\n")
    code = lines[0].rpartition(" ")[2]
    assert lines[-2:] == [
        "• Zalo: https://zalo.me/1",
        f"• Telegram: https://t.me/tinh_bot?start={code.replace('-', '')}",
    ]


async def test_undone_by_either_side(visit: AsyncSession) -> None:
    web, phone = await begun(visit, "web"), await begun(visit, "telegram")
    phone.resident_id = web.resident_id
    await visit.flush()
    (done,) = await said(visit, phone, "bỏ liên kết")
    assert done.text.startswith("Đã bỏ liên kết.")
    assert await told(visit, web) == ["Lúc 08:30 ngày 20/11, Telegram của bác đã tách khỏi cuộc trò chuyện này."]
    assert not await is_same_resident(visit, web.id, phone.id)
    (alone,) = await said(visit, web, "bỏ liên kết")
    assert alone.text.startswith("Cuộc trò chuyện này chưa nối với kênh nào khác.")


async def test_not_agreed(visit: AsyncSession) -> None:
    web, phone = await begun(visit, "web"), await begun(visit, "telegram")
    await said(visit, phone, await code_of(visit, web))
    (left,) = await said(visit, phone, "Không nối", intent="link_join_not")
    assert left.text == "Tôi không nối. Mã ấy bỏ rồi."
    (late,) = await said(visit, phone, "Nối hai kênh", intent="link_join")
    assert late.text.startswith("Mã liên kết đã hết hạn.")
    assert not await is_same_resident(visit, web.id, phone.id)


async def test_yes_means_linking_only_while_it_is_asked(visit: AsyncSession) -> None:
    assert await said(visit, await begun(visit, "telegram"), "đồng ý") == []


@pytest.mark.parametrize("minutes", [9, 10])
async def test_a_code_lives_ten_minutes(visit: AsyncSession, minutes: int) -> None:
    web, phone = await begun(visit, "web"), await begun(visit, "telegram")
    code = await linking.give_code(visit, web, MORNING, lambda n: 3)
    later = MORNING + timedelta(minutes=minutes)
    if minutes < 10:
        assert (await linking.claim(visit, phone, code, later)).id == web.id
    else:
        with pytest.raises(LinkRefused) as refused:
            await linking.claim(visit, phone, code, later)
        assert refused.value.why == Refusal.WRONG
        await linking.forget_old_codes(visit, later + timedelta(seconds=1))
        assert (await visit.scalars(select(LinkCode).where(LinkCode.conversation_id == web.id))).all() == []


async def test_only_the_newest_code_counts_and_only_its_digest_is_kept(visit: AsyncSession) -> None:
    web, phone = await begun(visit, "web"), await begun(visit, "telegram")
    first, second = await code_of(visit, web), await code_of(visit, web)
    with pytest.raises(LinkRefused):
        await linking.claim(visit, phone, first, MORNING)
    (kept,) = (await visit.scalars(select(LinkCode).where(LinkCode.conversation_id == web.id))).all()
    assert kept.digest == linking.digest(second)
    assert second not in kept.digest


async def test_wrong_tries_are_locked(visit: AsyncSession) -> None:
    """Five wrong codes, then not even the right one; another conversation is not locked."""
    web, phone, other = await begun(visit, "web"), await begun(visit, "telegram"), await begun(visit, "zalo")
    code = await code_of(visit, web)
    for number in range(5):
        (reply,) = await said(visit, phone, f"LK-000-00{number}")
        assert reply.text.startswith("Mã này không đúng")
    (locked,) = await said(visit, phone, code)
    assert locked.text.startswith("Mã sai nhiều lần nên tôi tạm ngừng nhận")
    assert (await said(visit, other, code))[0].text.startswith("Bác muốn nối")


async def test_guessing_by_everybody_together_is_locked(visit: AsyncSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "WRONG_TRIES_OF_ALL", 3)
    monkeypatch.setattr(linking, "WRONG", f"link-wrong-{uuid4()}")
    web = await begun(visit, "web")
    code = await code_of(visit, web)
    for number in range(3):
        await said(visit, await begun(visit, "web"), f"LK-000-00{number}")
    assert (await said(visit, await begun(visit, "telegram"), code))[0].text.startswith("Mã sai nhiều lần")


async def test_codes_are_not_given_without_end(visit: AsyncSession) -> None:
    web = await begun(visit, "web")
    for _ in range(10):
        await code_of(visit, web)
    (refused,) = await said(visit, web, "liên kết")
    assert refused.text.startswith("Bác vừa lấy mã nhiều lần.")


async def test_a_code_typed_where_it_was_given(visit: AsyncSession) -> None:
    web = await begun(visit, "web")
    (reply,) = await said(visit, web, await code_of(visit, web))
    assert (
        reply.text == "Mã này để nhắn ở kênh khác (trang web trên máy khác hoặc Zalo hoặc Telegram), không phải ở đây."
    )


async def test_linked_already_and_too_many(visit: AsyncSession) -> None:
    web, phone = await begun(visit, "web"), await begun(visit, "telegram")
    phone.resident_id = web.resident_id
    await visit.flush()
    assert (await said(visit, phone, await code_of(visit, web)))[0].text.startswith("Hai kênh này đã nối")
    for _ in range(4):
        await begun(visit, "web", web)
    assert (await said(visit, await begun(visit, "zalo"), await code_of(visit, web)))[0].text.startswith("Bác đã nối 6")


async def test_what_either_turned_off_stays_off_for_both(visit: AsyncSession) -> None:
    web, phone = await begun(visit, "web"), await begun(visit, "telegram")
    await said(visit, web, "tắt nhắc lịch")
    await said(visit, phone, "tắt cảnh báo")
    await said(visit, phone, await code_of(visit, web))
    await said(visit, phone, "Nối", intent="link_join")
    kinds = select(NoticeRefusal.kind).where(NoticeRefusal.resident_id == web.resident_id)
    assert set(await visit.scalars(kinds)) == {"reminder", "warning"}
    await said(visit, phone, "bỏ liên kết")
    mine = select(NoticeRefusal.kind).where(NoticeRefusal.resident_id == phone.resident_id)
    assert set(await visit.scalars(mine)) == {"reminder", "warning"}


async def test_where_notices_go(visit: AsyncSession) -> None:
    web = await begun(visit, "web")
    (alone,) = await said(visit, web, "tôi nhận tin ở đâu")
    assert alone.text == "Kênh của bác: trang web.\nTin báo tôi để ở trang web, bác mở lại sẽ thấy."
    assert [b.label for b in alone.buttons] == ["Liên kết kênh khác", "Tắt bớt tin báo"]
    phone = await begun(visit, "telegram", web)
    phone.created_at += timedelta(minutes=1)
    await said(visit, phone, "tắt nhắc lịch")
    (both,) = await said(visit, web, "nhận tin ở đâu")
    assert both.text.split("\n") == [
        "Kênh của bác: trang web, Telegram.",
        "Tin báo (phiếu có tin mới, nhắc lịch hẹn…) tôi gửi ở Telegram.",
        "Đang tắt: nhắc lịch hẹn.",
    ]
    assert "Nhận tin ở đây" in [b.label for b in both.buttons]


async def test_chosen_here(visit: AsyncSession) -> None:
    web = await begun(visit, "web")
    assert (await said(visit, web, "nhận tin ở đây"))[0].text.startswith("Từ giờ tin báo tôi để ở trang này.")
    assert web.preferred_at == MORNING


async def test_turning_off_asks_which_kind(visit: AsyncSession) -> None:
    web = await begun(visit, "web")
    (asked,) = await said(visit, web, "tắt thông báo")
    assert [b.label for b in asked.buttons] == [
        "Tắt tin phiếu",
        "Tắt nhắc lịch hẹn",
        "Tắt tin đổi, hủy lịch hẹn",
        "Tắt tin cảnh báo",
    ]
    for button in asked.buttons:
        (done,) = await said(visit, web, button.label, intent=button.intent, entities=button.entities)
        assert done.text.startswith("Đã tắt ")
    assert (await said(visit, web, "tắt thông báo"))[0].text == "Các loại tin đều đã tắt."
    (which,) = await said(visit, web, "bật lại thông báo")
    assert len(which.buttons) == 4
    assert (await said(visit, web, "bật nhắc lịch"))[0].text == "Đã bật nhắc lịch hẹn."


async def test_other_buttons_and_words_are_none_of_this(visit: AsyncSession) -> None:
    web = await begun(visit, "web")
    assert await said(visit, web, "Phiếu của tôi", intent="track_case") == []
    assert await said(visit, web, "đường hỏng") == []
