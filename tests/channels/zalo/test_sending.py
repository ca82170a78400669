"""Replies to a resident on Zalo, over HTTP to the stand-in: windows, tokens, faults, buttons."""

from uuid import UUID

import pytest
from sqlalchemy import select

from bot.conversations import reasons
from bot.conversations.models import Conversation, OutboxRow
from bot.conversations.replies import ReplyButton
from bot.db import unit_of_work
from tests.channels.zalo.conftest import OnZalo


async def rows(on_zalo: OnZalo, talk: UUID) -> list[OutboxRow]:
    async with unit_of_work(on_zalo.town) as session:
        query = select(OutboxRow).where(OutboxRow.conversation_id == talk).order_by(OutboxRow.id)
        return list(await session.scalars(query))


async def heard(on_zalo: OnZalo, user: str) -> list[str]:
    """What stands in the resident's chat from us."""
    return [said["text"] for said in await on_zalo.theirs.chat(user) if said["from"] == "bot"]


async def test_words_and_choices_arrive(on_zalo: OnZalo) -> None:
    await on_zalo.consent()
    chat, talk = await on_zalo.a_chat()
    choices = tuple(ReplyButton(f"Việc {n}", "send_feedback") for n in range(7))
    await on_zalo.tells(talk, "Bác chọn giúp tôi.", buttons=choices)
    await on_zalo.delivers(talk)
    first, second = [said for said in await on_zalo.theirs.chat(chat.user_id) if said["from"] == "bot"]
    assert first["text"] == "Bác chọn giúp tôi."
    assert [*first["buttons"], *second["buttons"]] == [f"Việc {n}" for n in range(7)]
    assert [row.state for row in await rows(on_zalo, talk)] == ["sent"]


@pytest.mark.parametrize(
    ("silent_hours", "billed", "template", "sent", "state", "reason"),
    [
        (0, False, "", ["Dạ."], "sent", None),
        (47, False, "", ["Dạ."], "sent", None),  # free
        (49, True, "", ["Dạ."], "sent", None),  # costs money, and may
        (49, False, "", [], "waiting", reasons.WINDOW_OVER),  # costs money, and may not: until they write
        (7 * 24 + 1, True, "", [], "waiting", reasons.WINDOW_OVER),  # Zalo would refuse
        (49, False, "300001", ["[Mẫu 300001]\nngay: {day}"], "waiting", reasons.WINDOW_OVER),  # they hear of it
        (7 * 24 + 1, True, "300001", ["[Mẫu 300001]\nngay: {day}"], "waiting", reasons.WINDOW_OVER),
        (7 * 24 + 1, True, "999", [], "waiting", reasons.WINDOW_OVER),  # a template nobody approved
    ],
)
async def test_windows(
    on_zalo: OnZalo, silent_hours: int, billed: bool, template: str, sent: list[str], state: str, reason: str | None
) -> None:
    await on_zalo.consent()
    chat, talk = await on_zalo.a_chat()
    chat.silent_for(silent_hours)
    on_zalo.terms(billed=billed, template_id=template)
    async with unit_of_work(on_zalo.town) as session:
        conversation = await session.get_one(Conversation, talk)
        conversation.last_contact_at = on_zalo.hours_ago(silent_hours)
    await on_zalo.tells(talk, "Dạ.")
    await on_zalo.delivers(talk)
    day = f"{on_zalo.clock():%d/%m/%Y}"
    assert await heard(on_zalo, chat.user_id) == [words.format(day=day) for words in sent]
    [row] = await rows(on_zalo, talk)
    assert (row.state, row.reason) == (state, reason)


async def test_news_is_told_once_a_day_and_not_at_night(on_zalo: OnZalo) -> None:
    await on_zalo.consent()
    chat, talk = await on_zalo.a_chat()
    on_zalo.terms(template_id="300001")
    async with unit_of_work(on_zalo.town) as session:
        (await session.get_one(Conversation, talk)).last_contact_at = on_zalo.hours_ago(200)
    on_zalo.clock.pass_by(hours=14)  # 22:30
    await on_zalo.tells(talk, "một", "hai")
    await on_zalo.delivers(talk)
    assert await heard(on_zalo, chat.user_id) == []
    on_zalo.clock.pass_by(hours=8)  # 6:30
    await on_zalo.delivers(talk)
    assert len(await heard(on_zalo, chat.user_id)) == 1
    assert [row.state for row in await rows(on_zalo, talk)] == ["waiting", "waiting"]


async def test_what_waited_comes_first_when_the_resident_writes_again(on_zalo: OnZalo) -> None:
    await on_zalo.consent()
    chat, talk = await on_zalo.a_chat()
    async with unit_of_work(on_zalo.town) as session:
        (await session.get_one(Conversation, talk)).last_contact_at = on_zalo.hours_ago(200)
    await on_zalo.tells(talk, "tin cũ")
    await on_zalo.delivers(talk)
    await on_zalo.writes(chat, "alo")
    await on_zalo.tells(talk, "tin mới")
    await on_zalo.delivers(talk)
    assert await heard(on_zalo, chat.user_id) == ["tin cũ", "tin mới"]


@pytest.mark.parametrize(
    ("fault", "how", "state", "told"),
    [
        ("5xx", {}, "sent", 1),  # tried again after a second
        ("429", {}, "pending", 0),  # -32: after a minute
        ("unreachable", {"count": 1}, "uncertain", 0),  # cut after the request went out: who knows
        ("expired_token", {}, "sent", 1),  # refreshed, then sent
        ("blocked", {}, "waiting", 0),
    ],
)
async def test_faults(on_zalo: OnZalo, fault: str, how: dict[str, int], state: str, told: int) -> None:
    await on_zalo.consent()
    chat, talk = await on_zalo.a_chat()
    await on_zalo.tells(talk, "Dạ.")
    await on_zalo.theirs.fault(fault, **how)
    await on_zalo.delivers(talk)
    assert [row.state for row in await rows(on_zalo, talk)] == [state]
    assert len(await heard(on_zalo, chat.user_id)) == told


async def test_a_time_out_after_accepting_is_uncertain_until_its_echo_tells(on_zalo: OnZalo) -> None:
    await on_zalo.consent()
    chat, talk = await on_zalo.a_chat()
    await on_zalo.tells(talk, "Dạ, có.")
    on_zalo.impatient(0.3)
    await on_zalo.theirs.fault("timeout_after_accepting", delay_ms=1_000)
    await on_zalo.delivers(talk)
    await on_zalo.delivers(talk)
    assert await heard(on_zalo, chat.user_id) == ["Dạ, có."]  # not sent again
    assert [row.state for row in await rows(on_zalo, talk)] == ["uncertain"]
    [said] = [said for said in chat.said if said.sender == "bot"]
    await on_zalo.echoes(chat, said)
    assert [row.state for row in await rows(on_zalo, talk)] == ["sent"]


async def test_without_consent_everything_waits_and_then_goes(on_zalo: OnZalo) -> None:
    chat, talk = await on_zalo.a_chat()
    await on_zalo.tells(talk, "Dạ.")
    await on_zalo.delivers(talk)
    assert await on_zalo.stopped() == reasons.NO_CONSENT
    await on_zalo.consent()
    on_zalo.clock.pass_by(minutes=6)
    await on_zalo.delivers(talk)
    assert await heard(on_zalo, chat.user_id) == ["Dạ."]
    assert await on_zalo.stopped() is None
