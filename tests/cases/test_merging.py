"""Two reports of one thing: nobody is lost, everybody hears of it in their own channel, nobody sees another."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.history import history, prove
from bot.cases.merging import living, merge
from bot.cases.models import Case, CaseReporter
from bot.cases.resident_steps import add_words, follow, rate, reopen, withdraw
from bot.cases.rules import NotAllowed
from tests.cases.people import answered, coordinator, opened, sender, somebody, staff_of, told
from tests.conversations.town import MORNING


async def told_of(session: AsyncSession, case: Case) -> set[tuple[object, str]]:
    """Who is told about the case, and by which part."""
    query = select(CaseReporter).where(CaseReporter.case_id == case.id, CaseReporter.left_at.is_(None))
    return {(r.conversation_id, r.part) for r in await session.scalars(query)}


async def merged(session: AsyncSession) -> tuple[Case, Case]:
    """A case and the one it was merged into."""
    first, second = await opened(session, description="đường sạt"), await opened(session, description="sạt lở đường")
    await merge(session, second, first, await staff_of(session, first.office_id), MORNING)
    return second, first


async def test_every_reporter_is_kept_and_told_by_their_own_code(visit: AsyncSession) -> None:
    second, first = await merged(visit)
    assert (second.state, second.outcome, (await living(visit, second)).id) == ("merged", "duplicate", first.id)
    assert await told_of(visit, first) == {(first.conversation_id, "sender"), (second.conversation_id, "sender")}
    news = (await told(visit, second.conversation_id))[-1]
    assert second.code in news
    assert first.code not in news
    assert first.description not in news
    await answered(visit, first)
    for case, other in ((first, second), (second, first)):
        words = (await told(visit, case.conversation_id))[-1]
        assert "Đã san lại đường." in words
        assert case.code in words
        assert other.code not in words
    assert all([prove(await history(visit, case)).broken_at is None for case in (first, second)])


async def test_reporters_go_along_through_several_merges(visit: AsyncSession) -> None:
    second, first = await merged(visit)
    third = await opened(visit)
    await merge(visit, first, third, await staff_of(visit, first.office_id), MORNING)
    everybody = {(case.conversation_id, "sender") for case in (first, second, third)}
    assert await told_of(visit, third) == everybody
    assert (await living(visit, second)).id == third.id


async def test_a_follower_who_reported_it_too_is_a_sender(visit: AsyncSession) -> None:
    first = await opened(visit, visibility="public")
    other = await opened(visit)
    await follow(visit, first, await sender(visit, other), MORNING)
    await merge(visit, other, first, await staff_of(visit, first.office_id), MORNING)
    assert (other.conversation_id, "sender") in await told_of(visit, first)


async def test_what_a_merged_resident_does_reaches_the_case_that_goes_on(visit: AsyncSession) -> None:
    second, first = await merged(visit)
    await add_words(visit, second, await sender(visit, second), "sạt thêm 5 mét", MORNING)
    assert [(e.actor, e.note) for e in await history(visit, first)][-1] == ("reporter", "sạt thêm 5 mét")
    await answered(visit, first)
    await rate(visit, second, await sender(visit, second), 2, MORNING)
    await reopen(visit, second, await sender(visit, second), "vẫn sạt", MORNING)
    assert first.state == "new"


async def test_one_of_several_who_withdraws_leaves_the_case_to_the_others(visit: AsyncSession) -> None:
    second, first = await merged(visit)
    await withdraw(visit, first, await sender(visit, first), MORNING)
    assert first.state == "new"
    assert await told_of(visit, first) == {(second.conversation_id, "sender")}
    await withdraw(visit, second, await sender(visit, second), MORNING)
    assert (first.state, first.outcome) == ("withdrawn", "withdrawn")


async def test_only_cases_in_charge_are_merged_and_only_open_ones(visit: AsyncSession) -> None:
    case, elsewhere = await opened(visit), await opened(visit, commune=1)
    staff = await staff_of(visit, case.office_id)
    for one, into in ((case, elsewhere), (elsewhere, case), (case, case)):
        with pytest.raises(NotAllowed):
            await merge(visit, one, into, staff, MORNING)
    done = await opened(visit)
    await answered(visit, done)
    with pytest.raises(NotAllowed):
        await merge(visit, case, done, staff, MORNING)
    assert await coordinator(visit)
    assert {case.state, elsewhere.state} == {"new"}


async def test_a_follower_hears_how_it_stands_and_none_of_the_words(visit: AsyncSession) -> None:
    case, follower = await opened(visit, visibility="public"), await somebody(visit)
    await follow(visit, case, follower, MORNING)
    await answered(visit, case)
    news = await told(visit, follower.conversation_id)
    assert "Đã giải quyết" in news[-1]
    assert "Đã san lại đường." not in " ".join(news)
    assert case.description not in " ".join(news)


async def test_what_is_not_public_cannot_be_followed(visit: AsyncSession) -> None:
    case, stranger = await opened(visit), await somebody(visit)
    with pytest.raises(NotAllowed):
        await follow(visit, case, stranger, MORNING)
    assert await told_of(visit, case) == {(case.conversation_id, "sender")}
