"""How many cases one resident may send, who is blocked for a while, and what stays open to them nevertheless."""

import secrets
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.admission import BlockRefused, NotAdmitted, TooMany, block, lift
from bot.cases.limits import LIMITS, next_allowed
from bot.cases.models import Case
from bot.cases.service import Report, open_case
from bot.conversations.models import Conversation
from bot.conversations.service import hand_over
from bot.officials.models import Official
from tests.cases.people import somebody, staff_of, writes
from tests.conversations.town import MORNING

REPORT = Report("bản Hon", None, None, "roads", "đường hỏng", "officials")


@pytest.mark.parametrize(
    ("minutes_ago", "wait"),
    [
        ((), None),  # the first
        ((0.5,), 0.5),  # one a minute
        ((2,), None),
        ((2, 10, 20, 30, 40), 20),  # five an hour: until the fifth newest is an hour old
        ((2, 10, 20, 30, 61), None),
        ((70, 80, 90, 100, 110, 120), 24 * 60 - 120),  # six a day
        ((70, 80, 90, 100, 110, 24 * 60 + 1), None),
    ],
)
def test_when_the_next_case_may_be_sent(minutes_ago: tuple[float, ...], wait: float | None) -> None:
    found = next_allowed([MORNING - timedelta(minutes=m) for m in minutes_ago], MORNING)
    assert found == (MORNING + timedelta(minutes=wait) if wait else None)


@given(st.lists(st.integers(1, 100_000), max_size=60))
def test_who_waits_as_told_never_sends_more_than_the_limits(gaps: list[int]) -> None:
    sent: list[datetime] = []
    at = MORNING
    for gap in gaps:
        at += timedelta(seconds=gap)
        at = next_allowed(sent, at) or at
        sent.append(at)
    for most, within in LIMITS:
        assert all(sum(start <= other < start + within for other in sent) <= most for start in sent)


async def sends(session: AsyncSession, conversation: Conversation, at: datetime) -> Case:
    who = await writes(session, conversation.id, "đồng ý")
    return await open_case(session, who.message_id, REPORT, at, secrets.randbelow)


async def a_talk(session: AsyncSession) -> Conversation:
    return await session.get_one(Conversation, (await somebody(session)).conversation_id)


async def test_a_second_case_within_the_minute_waits_and_is_told_until_when(visit: AsyncSession) -> None:
    talk = await a_talk(visit)
    await sends(visit, talk, MORNING)
    with pytest.raises(TooMany) as refused:
        await sends(visit, talk, MORNING + timedelta(seconds=20))
    assert refused.value.until == MORNING + timedelta(minutes=1)
    assert "từ 08:31" in refused.value.told
    await sends(visit, talk, MORNING + timedelta(minutes=1))


async def test_another_channel_of_the_same_resident_is_no_way_round(visit: AsyncSession) -> None:
    one, other = await a_talk(visit), await a_talk(visit)
    other.resident_id = one.resident_id
    await sends(visit, one, MORNING)
    with pytest.raises(TooMany):
        await sends(visit, other, MORNING)


async def test_the_same_message_is_no_second_case(visit: AsyncSession) -> None:
    talk = await a_talk(visit)
    who = await writes(visit, talk.id, "đồng ý")
    cases = {(await open_case(visit, who.message_id, REPORT, MORNING, secrets.randbelow)).id for _ in range(2)}
    assert len(cases) == 1


async def leader(session: AsyncSession, case: Case) -> Official:
    return await staff_of(session, case.office_id, "province_coordinator")


async def test_a_block_says_why_and_until_when_and_leaves_the_human(visit: AsyncSession) -> None:
    talk = await a_talk(visit)
    boss = await leader(visit, await sends(visit, talk, MORNING))
    until = MORNING + timedelta(days=7)
    held = await block(visit, talk.id, boss, "gửi nhiều phiếu bịa đặt", until, MORNING)
    with pytest.raises(NotAdmitted) as refused:
        await sends(visit, talk, MORNING + timedelta(days=6))
    assert "gửi nhiều phiếu bịa đặt" in refused.value.told
    assert "27/11/2026" in refused.value.told
    danger = await writes(visit, talk.id, "cháy nhà")
    await hand_over(visit, danger.message_id, "emergency", MORNING)
    assert talk.owner == "official"
    lift(held, boss, MORNING + timedelta(days=6))
    await sends(visit, talk, MORNING + timedelta(days=6))


async def test_a_block_ends_by_itself(visit: AsyncSession) -> None:
    talk = await a_talk(visit)
    boss = await leader(visit, await sends(visit, talk, MORNING))
    await block(visit, talk.id, boss, "gửi bừa", MORNING + timedelta(hours=2), MORNING)
    await sends(visit, talk, MORNING + timedelta(hours=2))


@pytest.mark.parametrize(
    ("reason", "days", "role"),
    [
        (" ", 7, "province_coordinator"),  # no reason
        ("gửi bừa", 31, "province_coordinator"),  # no near end
        ("gửi bừa", -1, "province_coordinator"),  # over before it begins
        ("gửi bừa", 7, "province_department"),  # not theirs to decide
    ],
)
async def test_no_block_without_reason_end_and_permission(
    visit: AsyncSession, reason: str, days: int, role: str
) -> None:
    talk = await a_talk(visit)
    official = await staff_of(visit, (await sends(visit, talk, MORNING)).office_id, role)
    with pytest.raises(BlockRefused):
        await block(visit, talk.id, official, reason, MORNING + timedelta(days=days), MORNING)
    count = select(func.count()).select_from(Case).where(Case.conversation_id == talk.id)
    await sends(visit, talk, MORNING + timedelta(days=2))
    assert await visit.scalar(count) == 2
