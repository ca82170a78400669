"""Notices: told where the resident is reached, turned off by kind, shown where nobody could be told, told on return."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import notices
from bot.conversations.incoming import begin_conversation
from bot.conversations.models import Button, Conversation, Message, Notice, OutboxRow
from bot.conversations.replies import Reply, ReplyButton
from bot.conversations.service import add_replies
from tests.conversations.town import MORNING

NEWS = Reply("status", "Phiếu XH-1: đang giải quyết.", {"topic": "x"}, (ReplyButton("Phiếu của tôi", "track_case"),))


async def begun(session: AsyncSession, channel: str, like: Conversation | None = None) -> Conversation:
    """A conversation on that channel, of the same resident where ``like`` is one of theirs."""
    talk = await session.get_one(Conversation, await begin_conversation(session, channel, None, MORNING))
    if like is not None:
        talk.resident_id = like.resident_id
    await session.flush()
    return talk


async def told(session: AsyncSession, talk: Conversation) -> list[str | None]:
    query = select(Message.text).where(Message.conversation_id == talk.id, Message.sender == "bot").order_by(Message.id)
    return list(await session.scalars(query))


async def failed(session: AsyncSession, notice: Notice, state: str = "failed") -> OutboxRow:
    """The notice's delivery ended so."""
    row = (await session.scalars(select(OutboxRow).where(OutboxRow.message_id == notice.message_id))).one()
    row.state = state
    await notices.not_delivered(session, row, MORNING)
    return row


async def test_told_where_it_began(visit: AsyncSession) -> None:
    talk = await begun(visit, "telegram")
    notice = await notices.tell(visit, talk, "case", NEWS, MORNING)
    assert (notice.state, await told(visit, talk)) == ("told", [NEWS.text])


async def test_a_kind_turned_off_is_noted_and_not_told(visit: AsyncSession) -> None:
    web = await begun(visit, "web")
    phone = await begun(visit, "telegram", web)
    await notices.refuse(visit, phone.resident_id, "reminder", MORNING)
    await notices.refuse(visit, phone.resident_id, "reminder", MORNING)  # said twice
    assert (await notices.tell(visit, web, "reminder", NEWS, MORNING)).state == "declined"
    assert (await notices.tell(visit, web, "case", NEWS, MORNING)).state == "told"
    await notices.want(visit, web.resident_id, "reminder")
    assert (await notices.tell(visit, web, "reminder", NEWS, MORNING)).state == "told"


async def test_a_kind_that_does_not_exist(visit: AsyncSession) -> None:
    with pytest.raises(ValueError, match="gossip"):
        await notices.tell(visit, await begun(visit, "web"), "gossip", NEWS, MORNING)


async def test_what_cannot_be_delivered_goes_to_the_next_channel_with_its_buttons(visit: AsyncSession) -> None:
    zalo = await begun(visit, "zalo")
    phone = await begun(visit, "telegram", zalo)
    notice = await notices.tell(visit, zalo, "case", NEWS, MORNING)
    await failed(visit, notice)
    assert notice.state == "told"
    assert await told(visit, phone) == [NEWS.text]
    labels = select(Button.label).where(Button.message_id == notice.message_id)
    assert list(await visit.scalars(labels)) == ["Phiếu của tôi"]


async def test_what_reaches_nobody_waits_for_the_resident(visit: AsyncSession) -> None:
    phone = await begun(visit, "telegram")
    notice = await notices.tell(visit, phone, "case", NEWS, MORNING)
    await failed(visit, notice)
    assert (notice.state, notice.message_id) == ("unreachable", None)
    web = await begun(visit, "web", phone)
    await notices.tell_waiting(visit, web, MORNING)
    assert (notice.state, notice.payload, await told(visit, web)) == ("told", None, [NEWS.text])


async def test_another_resident_is_told_nothing(visit: AsyncSession) -> None:
    mine, theirs = await begun(visit, "telegram"), await begun(visit, "telegram")
    notice = await notices.tell(visit, mine, "case", NEWS, MORNING)
    await failed(visit, notice)
    await notices.tell_waiting(visit, theirs, MORNING)
    assert (notice.state, await told(visit, theirs)) == ("unreachable", [])


async def test_an_ordinary_reply_that_is_not_delivered_is_no_notice(visit: AsyncSession) -> None:
    phone = await begun(visit, "telegram")
    await begun(visit, "web", phone)
    (reply,) = await add_replies(visit, phone, [Reply("answer", "Vâng")], to=None, at=MORNING)
    row = (await visit.scalars(select(OutboxRow).where(OutboxRow.message_id == reply.id))).one()
    row.state = "failed"
    await notices.not_delivered(visit, row, MORNING)
    assert (row.state, await told(visit, phone)) == ("failed", ["Vâng"])


async def test_held_until_the_resident_writes_it_stays_unless_another_channel_reaches_them(visit: AsyncSession) -> None:
    zalo = await begun(visit, "zalo")
    notice = await notices.tell(visit, zalo, "case", NEWS, MORNING)
    row = await failed(visit, notice, "waiting")
    assert (row.state, notice.state) == ("waiting", "told")
    phone = await begun(visit, "telegram", zalo)
    await notices.not_delivered(visit, row, MORNING)
    assert (row.state, await told(visit, phone)) == ("dropped", [NEWS.text])


async def test_where_the_resident_blocked_us_it_is_not_held(visit: AsyncSession) -> None:
    phone = await begun(visit, "telegram")
    notice = await notices.tell(visit, phone, "case", NEWS, MORNING)
    phone.unreachable_since = MORNING
    row = await failed(visit, notice, "waiting")
    assert (row.state, notice.state, notice.office_id is None) == ("dropped", "unreachable", False)


async def test_a_channel_known_to_be_blocked_is_not_tried(visit: AsyncSession) -> None:
    phone = await begun(visit, "telegram")
    web = await begun(visit, "web", phone)
    phone.unreachable_since = MORNING
    await notices.tell(visit, phone, "case", NEWS, MORNING)
    assert (await told(visit, phone), await told(visit, web)) == ([], [NEWS.text])
