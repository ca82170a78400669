"""From office to office: who answers for a case at every moment, and what the resident is told."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.history import history, prove
from bot.cases.models import Case
from bot.cases.rules import Act, NotAllowed, Step
from bot.cases.service import work
from bot.cases.transfers import accept, assign_office, give_back, transfer
from bot.officials.models import Office, Official
from tests.cases.people import coordinator, office_of, opened, staff_of, told
from tests.conversations.town import MORNING


async def sent(session: AsyncSession, at: datetime = MORNING) -> tuple[Case, Office, Office, Official, Official]:
    """A case on its way: the case, the sending and the receiving office, one official of each."""
    case, to = await opened(session), await office_of(session, 1)
    staff, receiver = await staff_of(session, case.office_id), await staff_of(session, to.id)
    sender = await session.get_one(Office, case.office_id)
    await transfer(session, case, to, staff, at, reason="not_our_place", text="đoạn này bên xã bạn")
    return case, sender, to, staff, receiver


async def test_the_sender_answers_for_it_until_it_is_accepted(visit: AsyncSession) -> None:
    case, sender, to, _, receiver = await sent(visit)
    assert (case.state, case.office_id, case.to_office_id) == ("transferred", sender.id, to.id)
    await accept(visit, case, receiver, MORNING)
    assert (case.state, case.office_id, case.to_office_id) == ("received", to.id, None)
    news = await told(visit, case.conversation_id)
    assert to.name in news[0]
    assert f"{sender.name} vẫn chịu trách nhiệm" in news[0]
    assert "sự việc xảy ra ở địa bàn khác" in news[0]
    assert f"{to.name} đã nhận" in news[1]
    assert "bên xã bạn" not in " ".join(news)  # words between offices
    assert prove(await history(visit, case)).broken_at is None


async def test_a_return_says_why_and_leaves_it_with_the_sender(visit: AsyncSession) -> None:
    case, sender, to, _, receiver = await sent(visit)
    await give_back(visit, case, receiver, MORNING, reason="not_ours", text="đường này của xã A")
    assert (case.state, case.office_id, case.to_office_id) == ("received", sender.id, None)
    assert f"{to.name} chưa nhận" in (await told(visit, case.conversation_id))[-1]
    last = (await history(visit, case))[-1]
    assert (last.act, last.reason, last.note, last.office_id) == ("return", "not_ours", "đường này của xã A", sender.id)


async def test_a_second_return_goes_to_the_provinces_coordinator_who_assigns(visit: AsyncSession) -> None:
    case, _, to, staff, receiver = await sent(visit)
    await give_back(visit, case, receiver, MORNING, reason="not_ours", text="của xã A")
    await transfer(visit, case, to, staff, MORNING, reason="not_our_place")
    await give_back(visit, case, receiver, MORNING, reason="not_ours", text="vẫn của xã A")
    boss = await coordinator(visit)
    assert case.office_id == boss.office_id
    assert "chưa thống nhất" in (await told(visit, case.conversation_id))[-1]
    await assign_office(visit, case, to, boss, MORNING, text="mốc lộ giới nằm bên xã B")
    assert (case.state, case.office_id, case.returns) == ("received", to.id, 0)
    with pytest.raises(NotAllowed):
        await give_back(visit, case, receiver, MORNING, reason="not_ours", text="không")


@pytest.mark.parametrize(
    ("sent_at", "last_moment"),
    [
        # Vietnam is seven hours ahead
        (datetime(2026, 11, 20, 1, 30, tzinfo=UTC), datetime(2026, 11, 23, 1, 30, tzinfo=UTC)),  # Friday 8:30 → Monday
        (datetime(2026, 11, 20, 9, 30, tzinfo=UTC), datetime(2026, 11, 23, 9, 30, tzinfo=UTC)),  # Friday 16:30
        (
            datetime(2026, 11, 21, 3, 0, tzinfo=UTC),
            datetime(2026, 11, 23, 10, 0, tzinfo=UTC),
        ),  # Saturday → Monday's end
        (
            datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
            datetime(2026, 11, 25, 9, 30, tzinfo=UTC),
        ),  # over the holiday of 24/11
        (datetime(2026, 11, 19, 13, 0, tzinfo=UTC), datetime(2026, 11, 20, 10, 0, tzinfo=UTC)),  # Thursday evening
    ],
)
async def test_returning_takes_one_working_day_at_most(
    visit: AsyncSession, sent_at: datetime, last_moment: datetime
) -> None:
    case, _, _, _, receiver = await sent(visit, sent_at)
    late = last_moment + timedelta(minutes=1)
    with pytest.raises(NotAllowed):
        await give_back(visit, case, receiver, late, reason="not_ours", text="không")
    assert case.state == "transferred"
    await give_back(visit, case, receiver, last_moment, reason="not_ours", text="không")


async def test_nobody_else_accepts_or_answers_meanwhile(visit: AsyncSession) -> None:
    case, _, _, staff, receiver = await sent(visit)
    stranger = await staff_of(visit, (await office_of(visit, 2)).id)
    for who in (staff, stranger):
        with pytest.raises(NotAllowed):
            await accept(visit, case, who, MORNING)
    with pytest.raises(NotAllowed):
        await work(visit, case, Step(Act.ANSWER, "xong", "resolved"), receiver, MORNING)
    assert len(await history(visit, case)) == 2


async def test_a_case_goes_neither_to_the_front_nor_nowhere(visit: AsyncSession) -> None:
    case = await opened(visit)
    staff = await staff_of(visit, case.office_id)
    front = Office(slug="front-made", name="Mặt trận", level="front")
    visit.add(front)
    await visit.flush()
    for target in (front, await visit.get_one(Office, case.office_id)):
        with pytest.raises(NotAllowed):
            await transfer(visit, case, target, staff, MORNING, reason="not_our_place")
    await visit.flush()
    assert (case.state, case.to_office_id, case.version) == ("new", None, 1)
