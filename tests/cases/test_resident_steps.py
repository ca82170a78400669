"""What residents do with their case: once per message, and only what is theirs."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.history import history
from bot.cases.models import Case, CaseRating, CaseReporter
from bot.cases.resident_steps import (
    RatedBefore,
    TooLate,
    add_words,
    follow,
    leave,
    rate,
    reopen,
    show_to,
    withdraw,
)
from bot.cases.rules import Act, NotAllowed, Step
from bot.cases.service import work
from tests.cases.people import answered, opened, sender, somebody, staff_of, told, writes
from tests.conversations.town import MORNING


async def lines(session: AsyncSession, case: Case) -> int:
    return len(await history(session, case))


async def test_what_was_asked_for_lets_the_case_go_on(visit: AsyncSession) -> None:
    case = await opened(visit)
    staff = await staff_of(visit, case.office_id)
    await work(visit, case, Step(Act.RECEIVE), staff, MORNING)
    await work(visit, case, Step(Act.ASK, "Đoạn nào ạ?"), staff, MORNING)
    assert "Đoạn nào ạ?" in (await told(visit, case.conversation_id))[-1]
    who = await sender(visit, case)
    for _ in range(2):  # the same message again
        done = await add_words(visit, case, who, "đoạn đầu bản", MORNING)
    assert not done.fresh
    assert (case.state, case.news_since, await lines(visit, case)) == ("in_progress", MORNING, 4)
    await work(visit, case, Step(Act.NOTE, "đã đọc"), staff, MORNING)
    assert case.news_since is None


async def test_withdrawing_ends_it(visit: AsyncSession) -> None:
    case = await opened(visit)
    who = await sender(visit, case)
    await withdraw(visit, case, who, MORNING, words="xã sửa rồi")
    await withdraw(visit, case, who, MORNING)  # the same message again
    assert (case.state, case.outcome, await lines(visit, case)) == ("withdrawn", "withdrawn", 2)
    with pytest.raises(NotAllowed):
        await add_words(visit, case, await sender(visit, case), "thêm", MORNING)


async def test_reopening_is_new_work_with_a_reason(visit: AsyncSession) -> None:
    case = await opened(visit)
    await answered(visit, case)
    who = await sender(visit, case)
    for _ in range(2):
        await reopen(visit, case, who, "đường vẫn sạt", MORNING + timedelta(days=10))
    assert (case.state, case.outcome, case.answered_at) == ("new", None, None)
    assert (case.reopened_at, case.news_since) == (MORNING + timedelta(days=10),) * 2
    assert [(e.from_state, e.to_state, e.note) for e in await history(visit, case)][-1] == (
        "answered",
        "new",
        "đường vẫn sạt",
    )


@pytest.mark.parametrize("words", ["cảm ơn", "cam on can bo xa nhieu nhe", "Ok, tốt quá rồi ạ", "vâng", " "])
async def test_thanks_reopen_nothing(visit: AsyncSession, words: str) -> None:
    case = await opened(visit)
    await answered(visit, case)
    with pytest.raises(NotAllowed):
        await reopen(visit, case, await sender(visit, case), words, MORNING)
    assert case.state == "answered"


@pytest.mark.parametrize("words", ["chưa sửa", "cảm ơn nhưng đường vẫn hỏng", "mới làm một nửa"])
async def test_a_reason_reopens_however_politely_it_is_said(visit: AsyncSession, words: str) -> None:
    case = await opened(visit)
    await answered(visit, case)
    await reopen(visit, case, await sender(visit, case), words, MORNING)
    assert case.state == "new"


async def test_after_ten_days_nothing_is_reopened(visit: AsyncSession) -> None:
    case = await opened(visit)
    await answered(visit, case)
    with pytest.raises(TooLate):
        await reopen(visit, case, await sender(visit, case), "vẫn sạt", MORNING + timedelta(days=10, seconds=1))
    assert case.state == "answered"


async def test_each_answer_is_rated_once(visit: AsyncSession) -> None:
    case = await opened(visit)
    await answered(visit, case)
    who = await sender(visit, case)
    for _ in range(2):  # the same message again
        await rate(visit, case, who, 4, MORNING, comment="nhanh")
    with pytest.raises(RatedBefore):
        await rate(visit, case, await sender(visit, case), 1, MORNING)
    await reopen(visit, case, await sender(visit, case), "lại hỏng", MORNING)
    await answered(visit, case)
    await rate(visit, case, await sender(visit, case), 1, MORNING)
    stars = select(CaseRating.stars).where(CaseRating.case_id == case.id).order_by(CaseRating.id)
    assert list(await visit.scalars(stars)) == [4, 1]


async def test_nothing_to_rate_before_an_answer(visit: AsyncSession) -> None:
    case = await opened(visit)
    with pytest.raises(NotAllowed):
        await rate(visit, case, await sender(visit, case), 5, MORNING)
    assert await visit.scalar(select(func.count()).select_from(CaseRating).where(CaseRating.case_id == case.id)) == 0


async def test_the_level_changes_and_followers_of_what_is_no_longer_public_hear_no_more(visit: AsyncSession) -> None:
    case, follower = await opened(visit, visibility="public"), await somebody(visit)
    await follow(visit, case, follower, MORNING)
    await show_to(visit, case, await sender(visit, case), "nobody", MORNING)
    mine = select(CaseReporter).where(CaseReporter.case_id == case.id, CaseReporter.left_at.is_(None))
    (left,) = (await visit.scalars(mine)).all()
    assert (case.visibility, left.conversation_id, left.visibility) == ("nobody", case.conversation_id, "nobody")


async def test_following_again_after_leaving(visit: AsyncSession) -> None:
    case, follower = await opened(visit, visibility="public"), await somebody(visit)
    await follow(visit, case, follower, MORNING)
    away = await somebody(visit)
    with pytest.raises(NotAllowed):
        await leave(visit, case, away, MORNING)
    await leave(visit, case, await writes(visit, follower.conversation_id), MORNING)
    await follow(visit, case, await writes(visit, follower.conversation_id), MORNING)
    parts = select(CaseReporter).where(CaseReporter.case_id == case.id, CaseReporter.left_at.is_(None))
    assert {r.part for r in await visit.scalars(parts)} == {"sender", "follower"}


@pytest.mark.parametrize("visibility", ["nobody", "officials", "public"])
async def test_a_stranger_changes_nothing(visit: AsyncSession, visibility: str) -> None:
    case = await opened(visit, visibility=visibility)
    await answered(visit, case)
    before = await lines(visit, case)
    for attempt in (
        lambda who: add_words(visit, case, who, "x", MORNING),
        lambda who: withdraw(visit, case, who, MORNING),
        lambda who: reopen(visit, case, who, "x", MORNING),
        lambda who: rate(visit, case, who, 1, MORNING),
        lambda who: show_to(visit, case, who, "public", MORNING),
    ):
        with pytest.raises(NotAllowed):
            await attempt(await somebody(visit))
    assert await lines(visit, case) == before
    assert case.visibility == visibility
