"""The clocks of a case, step by step, on a real database: golden rows with what they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.calendars.queries import Calendars
from bot.cases.clocks import data_requests, province, service
from bot.cases.clocks.limits import BOARDS, DATA_DONE, TARGETS, Limit, LimitRefused
from bot.cases.clocks.models import Clock, ClockMove
from bot.cases.clocks.queries import NO_DATE, promise, promised, running_of, told
from bot.cases.models import Case
from bot.clock import VIETNAM, local
from bot.conversations.models import DataRequest
from bot.officials.models import Office
from bot.privacy.erasure import erase
from bot.privacy.service import asked_in_words
from tests.conversations.town import MORNING, said
from tests.tallies.made_up import MadeUp, make


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


async def clocks_of(session: AsyncSession, case: Case) -> Sequence[Clock]:
    """Every clock the case has had, oldest first."""
    return (await session.scalars(select(Clock).where(Clock.case_id == case.id).order_by(Clock.id))).all()


@dataclass
class Desk:
    """A made-up province with one case."""

    session: AsyncSession
    made: MadeUp
    case: Case

    async def step(self, act: str, when: str, *, to: Office | None = None) -> None:
        await service.follow(self.session, self.case, act, at(when), to=to)

    async def clock(self, measure: str) -> Clock:
        """The newest of that measure."""
        found = [c for c in await clocks_of(self.session, self.case) if c.measure == measure]
        return found[-1]

    async def due(self, measure: str) -> str:
        clock = await self.clock(measure)
        await self.session.refresh(clock)
        return f"{local(clock.due_at):%Y-%m-%dT%H:%M}"

    async def accept(self, office: str, when: str) -> None:
        self.case.office_id = self.made.offices[office].id
        await self.step("accept", when)


@pytest.fixture
async def desk(session: AsyncSession) -> Desk:
    made = await make(session)
    return Desk(session, made, await made.case(session, await made.talk(session)))


@pytest.mark.parametrize(
    ("sent", "first_reply", "settlement"),
    [
        ("2026-11-20T16:30", "2026-11-25T16:30", "2026-12-14T16:30"),  # Friday 16:30, 24/11 off between
        ("2026-11-20T12:00", "2026-11-25T11:30", "2026-12-14T11:30"),  # at lunch: ends when lunch begins
        ("2026-11-23T16:30", "2026-11-26T16:30", "2026-12-15T16:30"),  # Monday before the holiday
        ("2026-08-21T16:30", "2026-08-24T16:30", "2026-09-15T16:30"),  # Saturday 22/8 counts; 31/8 to 2/9 do not
        ("2026-08-22T08:00", "2026-08-25T08:00", "2026-09-16T08:00"),  # sent on that Saturday
        ("2027-02-03T16:30", "2027-02-12T16:30", "2027-03-03T16:30"),  # the evening before Tết 2027
        ("2027-02-06T10:00", "2027-02-12T17:00", "2027-03-03T17:00"),  # on New Year's Day itself
        ("2026-11-21T23:59", "2026-11-25T17:00", "2026-12-14T17:00"),  # Saturday night: ends exactly at closing
    ],
)
async def test_when_a_new_case_is_due(desk: Desk, sent: str, first_reply: str, settlement: str) -> None:
    await desk.step("open", sent)
    assert await desk.due("first_reply") == first_reply
    assert await desk.due("settlement") == settlement


async def test_a_question_is_passed_on_without_the_law_of_reports(desk: Desk) -> None:
    desk.case.kind = "question"
    await desk.step("open", "2026-11-20T09:00")
    assert {c.measure for c in await clocks_of(desk.session, desk.case)} == {"first_reply", "settlement"}


async def test_the_first_word_and_taking_it_on_stop_their_clocks(desk: Desk) -> None:
    await desk.step("open", "2026-11-20T09:00")
    await desk.step("receive", "2026-11-20T10:00")
    assert (await desk.clock("first_reply")).end == "met"
    assert (await desk.clock("passing_on")).stopped_at is None  # received is not yet taken as one's own
    await desk.step("start", "2026-11-20T11:00")
    assert (await desk.clock("passing_on")).end == "met"
    await desk.step("answer", "2026-11-23T09:00")
    assert [c.end for c in await clocks_of(desk.session, desk.case)] == ["met"] * 3
    assert not (await desk.clock("settlement")).overdue(at("2027-06-01T00:00"))  # met stays met


async def test_pause_and_resume_give_back_exactly_what_was_left(desk: Desk) -> None:
    await desk.step("open", "2026-11-20T09:00")  # due 14/12 at 9:00
    await desk.step("ask", "2026-11-23T09:00")  # Monday: one day used, fourteen left
    settlement = await desk.clock("settlement")
    assert settlement.paused_at is not None
    assert not settlement.overdue(at("2027-03-01T09:00"))  # waiting is no delay of the office
    await desk.step("add", "2026-12-01T09:00")  # the resident answers eight days later
    assert await desk.due("settlement") == "2026-12-21T09:00"
    await desk.step("ask", "2026-12-02T17:30")  # asked after closing
    await desk.step("resume", "2026-12-05T10:00")  # the office goes on on a Saturday
    assert await desk.due("settlement") == "2026-12-23T09:00"  # Thursday and Friday were lost
    moves = await desk.session.scalars(select(ClockMove.reason).order_by(ClockMove.id))
    assert list(moves) == ["paused", "resumed"] * 2


async def test_what_the_law_sets_does_not_wait_for_the_resident(desk: Desk) -> None:
    await desk.step("open", "2026-11-20T09:00")
    await desk.step("ask", "2026-11-20T10:00")
    assert (await desk.clock("passing_on")).paused_at is None


async def test_an_end_missed_before_the_pause_stays_missed(desk: Desk) -> None:
    await desk.step("open", "2026-11-20T09:00")
    await desk.step("ask", "2026-12-15T09:00")
    await desk.step("add", "2026-12-20T09:00")
    assert await desk.due("settlement") == "2026-12-14T09:00"
    await desk.step("answer", "2026-12-21T09:00")
    assert (await desk.clock("settlement")).overdue(at("2026-12-21T09:00"))


async def test_answered_while_waiting_counts_the_time_until_the_question(desk: Desk) -> None:
    await desk.step("open", "2026-11-20T09:00")
    await desk.step("ask", "2026-12-11T09:00")
    await desk.step("answer", "2027-01-15T09:00")
    assert not (await desk.clock("settlement")).overdue(at("2027-01-15T09:00"))


async def test_transferred_at_the_last_minute(desk: Desk) -> None:
    """The sender stays answerable until the other accepts, and is then judged by when it sent the case on."""
    province = desk.made.offices["province"]
    await desk.step("open", "2026-11-20T09:00")
    await desk.step("receive", "2026-11-20T10:00")
    await desk.step("transfer", "2026-12-14T08:59", to=province)
    sender = await desk.clock("settlement")
    assert sender.overdue(at("2026-12-14T10:00"))  # nobody else has it yet
    assert await desk.due("acceptance") == "2026-12-15T08:59"
    await desk.accept("province", "2026-12-15T08:00")
    assert (sender.end, sender.overdue(at("2026-12-15T08:00"))) == ("passed_on", False)
    theirs = await desk.clock("settlement")
    assert (theirs.level, theirs.office_id) == ("province", province.id)
    assert await desk.due("settlement") == "2027-01-06T08:00"  # a full term of its own, over New Year
    assert await desk.due("passing_on") == "2026-12-22T08:00"  # they too must pass on what is not theirs


async def test_a_transfer_that_is_returned_has_never_stopped_the_sender(desk: Desk) -> None:
    await desk.step("open", "2026-11-20T09:00")
    await desk.step("transfer", "2026-11-26T09:00", to=desk.made.offices["province"])
    await desk.step("return", "2026-11-27T08:00")
    assert (await desk.clock("acceptance")).end == "met"
    sender = await desk.clock("settlement")
    assert (sender.handed_at, sender.stopped_at) == (None, None)
    assert await desk.due("settlement") == "2026-12-14T09:00"
    assert (await desk.clock("passing_on")).overdue(at("2026-11-30T09:01"))  # five working days are over


async def test_transferred_out_of_waiting(desk: Desk) -> None:
    await desk.step("open", "2026-11-20T09:00")
    await desk.step("ask", "2026-11-23T09:00")
    await desk.step("transfer", "2026-11-30T09:00", to=desk.made.offices["second"])
    sender = await desk.clock("settlement")
    assert sender.paused_at is None
    await desk.accept("second", "2026-11-30T10:00")
    assert (await desk.clock("settlement")).level == "commune"  # to another commune: a commune's clock again


async def test_returned_twice_the_coordinator_has_it(desk: Desk) -> None:
    await desk.step("open", "2026-11-20T09:00")
    await desk.step("transfer", "2026-11-26T09:00", to=desk.made.offices["second"])
    desk.case.office_id = desk.made.offices["province"].id
    await desk.step("return", "2026-11-27T08:00")
    running = {c.measure: c.office_id for c in await running_of(desk.session, desk.case)}
    assert running == dict.fromkeys(("first_reply", "settlement"), desk.case.office_id)
    ended = {c.end for c in await clocks_of(desk.session, desk.case) if c.stopped_at}
    assert ended == {"met", "passed_on"}


async def test_assigned_by_the_coordinator(desk: Desk) -> None:
    await desk.step("open", "2026-11-20T09:00")
    await desk.step("transfer", "2026-11-26T09:00", to=desk.made.offices["second"])
    desk.case.office_id = desk.made.offices["province"].id
    await desk.step("assign_office", "2026-11-27T09:00")
    running = {c.measure: c.office_id for c in await running_of(desk.session, desk.case)}
    assert running == dict.fromkeys(("first_reply", "settlement"), desk.case.office_id)


async def test_reopened_is_new_work_with_new_clocks(desk: Desk) -> None:
    await desk.step("open", "2026-11-20T09:00")
    await desk.step("answer", "2026-12-20T09:00")
    late = await desk.clock("settlement")
    await desk.step("reopen", "2026-12-24T18:00")
    assert await desk.due("first_reply") == "2026-12-28T17:00"
    assert await desk.due("settlement") == "2027-01-15T17:00"
    assert late.overdue(at("2027-01-01T00:00"))  # the first round stays what it was


@pytest.mark.parametrize("act", ["withdraw", "merge"])
async def test_nothing_runs_after_the_end(desk: Desk, act: str) -> None:
    await desk.step("open", "2026-11-20T09:00")
    await desk.step("ask", "2026-11-20T10:00")
    await desk.step(act, "2026-11-23T09:00")
    assert not await running_of(desk.session, desk.case)
    assert (await desk.clock("settlement")).end == "ended"


async def _change(desk: Desk, day: date, working: bool | None, when: str) -> int:
    days = {day: working}
    _, moved = await province.change_days(desk.session, days, note="QĐ thử", official_id=None, at=at(when))
    return moved


async def test_a_decree_adds_a_holiday_after_the_clock_started(desk: Desk) -> None:
    """What is ahead moves, what has passed or was met does not, and each clock knows its calendar's version."""
    await desk.step("open", "2026-11-20T09:00")
    await desk.step("receive", "2026-11-23T09:00")
    other = await desk.made.case(desk.session, await desk.made.talk(desk.session))
    await service.follow(desk.session, other, "open", at("2026-11-02T09:00"))  # first reply missed on 4/11
    assert await _change(desk, date(2026, 12, 1), False, "2026-11-25T10:00") == 1
    assert await desk.due("settlement") == "2026-12-15T09:00"  # was 14/12
    assert await desk.due("passing_on") == "2026-11-30T09:00"  # ends before the new holiday
    assert await desk.due("first_reply") == "2026-11-25T09:00"  # met on 23/11
    missed = next(c for c in await clocks_of(desk.session, other) if c.measure == "first_reply")
    assert local(missed.due_at) == at("2026-11-04T09:00")
    assert missed.calendar_version < (await desk.clock("settlement")).calendar_version


async def test_a_holiday_in_the_past_changes_nothing(desk: Desk) -> None:
    await desk.step("open", "2026-11-20T09:00")
    assert await _change(desk, date(2026, 11, 23), False, "2026-11-25T10:00") == 0
    assert await desk.due("settlement") == "2026-12-14T09:00"


async def test_a_paused_clock_meets_the_new_calendar_when_it_runs_on(desk: Desk) -> None:
    await desk.step("open", "2026-11-20T09:00")
    await desk.step("ask", "2026-11-23T09:00")
    await _change(desk, date(2026, 12, 2), False, "2026-11-25T10:00")
    await desk.step("add", "2026-12-01T09:00")
    assert await desk.due("settlement") == "2026-12-22T09:00"


async def test_a_swapped_saturday_and_taking_it_back(desk: Desk) -> None:
    await desk.step("open", "2026-11-20T09:00")
    await _change(desk, date(2026, 11, 28), True, "2026-11-25T10:00")
    assert await desk.due("settlement") == "2026-12-11T09:00"
    await _change(desk, date(2026, 11, 28), None, "2026-11-25T11:00")
    assert await desk.due("settlement") == "2026-12-14T09:00"


async def test_days_of_the_law_are_no_working_days(desk: Desk) -> None:
    await desk.step("open", "2026-11-20T09:00")
    clock = await service.from_board(desk.session, desk.case, "people_inspection", at("2026-11-23T09:00"))
    await _change(desk, date(2026, 11, 26), False, "2026-11-25T10:00")
    await desk.session.refresh(clock)
    assert local(clock.due_at) == at("2026-12-05T09:00")  # fifteen days since it was received
    with pytest.raises(LimitRefused):
        await service.from_board(desk.session, desk.case, "nobody", at("2026-11-25T10:00"))


async def test_the_provinces_own_limit_holds_for_what_starts_later(desk: Desk) -> None:
    await desk.step("open", "2026-11-20T09:00")
    values = {"document": "Quyết định thử", "official_id": None, "at": at("2026-11-20T10:00")}
    await province.set_limit(desk.session, "commune", "settlement", 10, **values)  # type: ignore[arg-type]
    assert await desk.due("settlement") == "2026-12-14T09:00"
    assert await promise(desk.session, desk.case) == NO_DATE  # the desk's own target is told to nobody
    await desk.step("answer", "2026-11-20T11:00")
    await desk.step("reopen", "2026-11-20T14:00")
    assert await desk.due("settlement") == "2026-12-07T14:00"
    expected = "Hạn trả lời: ngày 07/12/2026, theo Quyết định thử."
    assert await promise(desk.session, desk.case) == expected
    assert await promised(desk.session, desk.case) == at("2026-12-07T14:00")
    await desk.step("ask", "2026-11-20T15:00")
    assert await promise(desk.session, desk.case) == NO_DATE  # a clock that stands still has no date


@pytest.mark.parametrize(
    ("level", "measure", "days", "document"),
    [
        ("commune", "settlement", 0, "QĐ"),  # no time at all
        ("commune", "settlement", 999, "QĐ"),
        ("commune", "settlement", 10, " "),  # on no ground
        ("village", "settlement", 10, "QĐ"),
        ("commune", "passing_on", 10, "QĐ"),  # the law's, not the province's
    ],
)
async def test_a_limit_that_makes_no_sense(desk: Desk, level: str, measure: str, days: int, document: str) -> None:
    with pytest.raises(LimitRefused):
        await province.set_limit(
            desk.session, level, measure, days, document=document, official_id=None, at=at("2026-11-20T10:00")
        )


async def test_a_request_about_personal_data(desk: Desk) -> None:
    talk = await desk.made.talk(desk.session)
    request = DataRequest(conversation_id=talk.id, message_id=-1, at=at("2026-11-20T09:00"))
    desk.session.add(request)
    await desk.session.flush()
    opened = at("2026-11-20T09:00")
    reply, done = await data_requests.opened(desk.session, request, "withdraw", opened)
    assert await data_requests.opened(desk.session, request, "withdraw", opened) == [reply, done]  # once
    assert reply.office_id == desk.made.offices["first"].id
    assert local(reply.due_at) == at("2026-11-25T09:00")
    assert local(done.due_at) == at("2026-12-05T09:00")
    await data_requests.met(desk.session, [request.id], at("2026-11-20T10:00"), "data_reply")
    with pytest.raises(LimitRefused, match="từ 1 đến 15"):
        await data_requests.prolonged(desk.session, request.id, 16, opened)
    await data_requests.prolonged(desk.session, request.id, 15, opened)
    assert local(done.due_at) == at("2026-12-20T09:00")
    with pytest.raises(LimitRefused, match="một lần"):
        await data_requests.prolonged(desk.session, request.id, 1, opened)
    await data_requests.met(desk.session, [request.id], at("2026-12-20T08:00"))
    with pytest.raises(LimitRefused):
        await data_requests.prolonged(desk.session, request.id, 1, opened)


@pytest.mark.parametrize(
    ("limit", "told_as"),
    [
        # sure: GS-12
        (
            BOARDS["people_inspection"],
            "Hạn trả lời: ngày 05/12/2026, theo Điều 40 khoản 1 điểm c Luật 10/2022/QH15.",
        ),
        # not sure: DL-05
        (
            DATA_DONE["see"],
            "Hạn trả lời: ngày 30/11/2026, theo Điều 5 Nghị định 356/2025/NĐ-CP. Nội dung này cần cán bộ xác nhận.",
        ),
        (TARGETS["settlement"], None),
    ],
)
async def test_what_a_resident_is_told(visit: AsyncSession, limit: Limit, told_as: str | None) -> None:
    due = datetime(2026, 11, 20, 2, tzinfo=UTC)
    clock = Clock(
        measure=limit.measure, amount=limit.amount, unit=limit.unit, basis=limit.basis, level="commune",
        pauses=False, due_at=limit.due(due, Calendars(0, {}, {}).of(None)),
    )  # fmt: skip
    assert await told(visit, clock) == told_as


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 60 * 24 * 9), min_size=2, max_size=12))
async def test_pauses_never_shorten(desk: Desk, minutes: list[int]) -> None:
    """However often it is paused: the end never comes nearer, and no working time is lost or won."""
    case = await desk.made.case(desk.session, await desk.made.talk(desk.session))
    moment = at("2026-11-20T09:00")
    await service.follow(desk.session, case, "open", moment)
    query = select(Clock).where(Clock.case_id == case.id, Clock.measure == "settlement")
    clock = (await desk.session.scalars(query)).one()
    ends = [clock.due_at]
    for number, passed in enumerate(minutes):
        moment += timedelta(minutes=passed)
        await service.follow(desk.session, case, "add" if number % 2 else "ask", moment)
        ends.append(clock.due_at)
    assert ends == sorted(ends)


async def test_what_a_resident_asks_about_their_data_has_the_laws_clocks_until_it_is_done(visit: AsyncSession) -> None:
    message = await said(visit, "xóa dữ liệu của tôi")
    await asked_in_words(visit, message.id, "xóa dữ liệu của tôi", MORNING)
    mine = select(DataRequest.id).where(DataRequest.message_id == message.id)
    clocks = (await visit.scalars(select(Clock).where(Clock.data_request_id.in_(mine)).order_by(Clock.id))).all()
    assert [(c.measure, c.amount, c.basis) for c in clocks] == [("data_reply", 2, "DL-03"), ("data_done", 20, "DL-05")]
    await erase(visit, message.conversation_id, message.id, MORNING)
    for clock in clocks:
        await visit.refresh(clock)
    assert [c.end for c in clocks] == ["met", "met"]
