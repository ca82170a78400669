"""Whatever officials and residents do in whatever order, against the real database: the promises of a case hold."""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.pool import NullPool

from bot.cases import resident_steps as residents
from bot.cases.admission import NotAdmitted
from bot.cases.changes import Change, Resident
from bot.cases.clocks.models import Clock
from bot.cases.history import history, prove
from bot.cases.merging import living, merge
from bot.cases.models import Case, CaseReporter
from bot.cases.rules import Act, NotAllowed, Step, Who, open_to
from bot.cases.service import DESK_ACTS, Report, assign_person, close_after_grace, open_case, work
from bot.cases.states import OPEN
from bot.cases.transfers import accept, assign_office, give_back, transfer
from bot.db import create_engine
from bot.officials.models import Office, Official
from bot.places.service import communes
from tests.cases.people import coordinator, office_of, somebody, staff_of, writes
from tests.conversations.town import MORNING

MANY = st.integers(0, 1_000)
STEPS = {
    Act.ASK: Step(Act.ASK, "Đoạn nào ạ?"),
    Act.ANSWER: Step(Act.ANSWER, "Đã sửa.", "resolved"),
    Act.NOTE: Step(Act.NOTE, "đã gọi"),
}
BY_RESIDENTS: tuple[tuple[Act, Callable[..., Awaitable[Change]]], ...] = (
    (Act.ADD, partial(residents.add_words, words="thêm")),
    (Act.REOPEN, partial(residents.reopen, words="vẫn hỏng")),
    (Act.RATE, partial(residents.rate, stars=3)),
    (Act.SHOW_TO, partial(residents.show_to, level="nobody")),
    (Act.SHOW_TO, partial(residents.show_to, level="public")),
    (Act.FOLLOW, residents.follow),
    (Act.LEAVE, residents.leave),
    (Act.WITHDRAW, residents.withdraw),
)


class Town(RuleBasedStateMachine):
    """A few cases, three offices and the province, five residents; everything is rolled back afterwards."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.at = MORNING
        self.senders: dict[UUID, set[UUID]] = defaultdict(set)
        """Who must still be told about each case, as its sender, by what was done."""
        self.done: list[tuple[Callable[..., Awaitable[Change]], Case, Resident]] = []
        self.run(self.begin())

    def run(self, what: Any) -> Any:
        return self.runner.run(what)

    async def begin(self) -> None:
        self.engine = create_engine(self.url, poolclass=NullPool)
        self.connection: AsyncConnection = await self.engine.connect()
        await self.connection.begin()
        self.session = AsyncSession(self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        self.cases: list[Case] = []
        self.residents = [(await somebody(self.session)).conversation_id for _ in range(5)]
        self.offices: list[Office] = [await office_of(self.session, number) for number in range(3)]
        self.staff: list[Official] = [await staff_of(self.session, office.id) for office in self.offices]
        self.staff.append(await coordinator(self.session))
        self.offices.append(await self.session.get_one(Office, self.staff[-1].office_id))
        self.places = [commune.id for commune in (await communes(self.session))[:3]]
        for resident, place, level in ((0, 0, "public"), (1, 0, "officials"), (2, 0, "nobody"), (3, 1, "public")):
            await self._report(self.residents[resident], self.places[place], level)
        for step in (Step(Act.RECEIVE), STEPS[Act.ANSWER]):
            await work(self.session, self.cases[2], step, self._in_charge(self.cases[2]), self.at)

    def teardown(self) -> None:
        self.run(self.end())
        self.runner.close()

    async def end(self) -> None:
        await self.session.close()
        await self.connection.rollback()
        await self.connection.close()
        await self.engine.dispose()

    def case(self, number: int) -> Case:
        return self.cases[number % len(self.cases)]

    async def attempt(self, case: Case, what: Awaitable[Change]) -> Change | None:
        """Done, or refused and then nothing is different."""
        before = await self.seen(case)
        try:
            return await what
        except NotAllowed:
            await self.session.flush()
            assert await self.seen(case) == before
            return None

    async def seen(self, case: Case) -> tuple[Any, ...]:
        row = (await self.session.execute(select(Case.__table__).where(Case.id == case.id))).one()
        return tuple(row)

    @rule(resident=MANY, place=MANY, level=st.sampled_from(["nobody", "officials", "public"]))
    def report(self, resident: int, place: int, level: str) -> None:
        self.run(self._report(self.residents[resident % 5], self.places[place % 3], level))

    async def _report(self, resident: UUID, place: int, level: str) -> None:
        who = await writes(self.session, resident, "đồng ý")
        report = Report("bản Hon", place, None, "roads", "đường hỏng", level)
        try:
            case = await open_case(self.session, who.message_id, report, self.at, secrets.randbelow)
        except NotAdmitted:
            return
        self.cases.append(case)
        self.senders[case.id] = {resident}

    @rule(case=MANY, official=st.integers(0, 9), act=st.sampled_from(sorted(DESK_ACTS)))
    def at_the_desk(self, case: int, official: int, act: Act) -> None:
        """Mostly by the office in charge, now and then by another."""
        found = self.case(case)
        step, doer = STEPS.get(act, Step(act)), self.staff[official] if official < 4 else self._in_charge(found)
        self.run(self.attempt(found, work(self.session, found, step, doer, self.at)))

    @rule(case=MANY)
    def its_office_goes_on(self, case: int) -> None:
        """So that cases get far: what its office does next in the ordinary course."""
        found = self.case(case)
        step = {"new": Step(Act.RECEIVE), "received": STEPS[Act.ASK]}.get(found.state, STEPS[Act.ANSWER])
        self.run(self.attempt(found, work(self.session, found, step, self._in_charge(found), self.at)))

    def _in_charge(self, case: Case) -> Official:
        return next(official for official in self.staff if official.office_id == case.office_id)

    @rule(case=MANY, official=MANY, to=MANY, way=st.sampled_from(["send", "take", "return", "assign", "person"]))
    def between_offices(self, case: int, official: int, to: int, way: str) -> None:
        found = self.case(case)
        self.run(self.attempt(found, self._between(found, self.staff[official % 4], to % 4, way)))

    @rule(case=MANY, to=MANY)
    def sent_and_returned(self, case: int, to: int) -> None:
        """The ordinary course of a quarrel between offices."""
        found = self.case(case)
        way, official = ("return", found.to_office_id) if found.state == "transferred" else ("send", found.office_id)
        doer = next(o for o in self.staff if o.office_id == official)
        self.run(self.attempt(found, self._between(found, doer, to % 4, way)))

    def _between(self, case: Case, doer: Official, to: int, way: str) -> Awaitable[Change]:
        office, at = self.offices[to], self.at
        ways: dict[str, Callable[[], Awaitable[Change]]] = {
            "send": lambda: transfer(self.session, case, office, doer, at, reason="not_our_place"),
            "take": lambda: accept(self.session, case, doer, at),
            "return": lambda: give_back(self.session, case, doer, at, reason="not_ours", text="không phải"),
            "assign": lambda: assign_office(self.session, case, office, doer, at, text="làm đi"),
            "person": lambda: assign_person(self.session, case, self.staff[to], doer, at),
        }
        return ways[way]()

    @rule(one=MANY, into=MANY, official=st.integers(0, 9))
    def merged(self, one: int, into: int, official: int) -> None:
        case, other = self.case(one), self.case(into)
        doer = self.staff[official] if official < 4 else self._in_charge(case)
        if self.run(self.attempt(case, merge(self.session, case, other, doer, self.at))):
            self.senders[other.id] |= self.senders[case.id]

    @rule(case=MANY, resident=MANY, step=st.sampled_from(BY_RESIDENTS))
    def anybody_does(self, case: int, resident: int, step: tuple[Act, Callable[..., Awaitable[Change]]]) -> None:
        self.run(self._a_resident_does(self.case(case), self.residents[resident % 5], step[1]))

    @rule(case=MANY, step=MANY)
    def its_sender_does(self, case: int, step: int) -> None:
        """What is open to a sender just then."""
        found = self.case(case)
        acts = {row.act for row in open_to({Who.SENDER}, self.run(living(self.session, found)).state)}
        if ways := [do for act, do in BY_RESIDENTS if act in acts]:
            self.run(self._a_resident_does(found, found.conversation_id, ways[step % len(ways)]))

    async def _a_resident_does(self, case: Case, conversation: UUID, do: Callable[..., Awaitable[Change]]) -> None:
        who = await writes(self.session, conversation)
        going_on = await living(self.session, case)
        change = await self.attempt(going_on, do(self.session, case, who, at=self.at))
        if change:
            self.done.append((do, case, who))
            if change.entry.act == Act.LEAVE:
                self.senders[going_on.id].discard(conversation)

    @rule(number=MANY)
    def the_same_message_again(self, number: int) -> None:
        if self.done:
            do, case, who = self.done[number % len(self.done)]
            self.run(self._again(do, case, who))

    async def _again(self, do: Callable[..., Awaitable[Change]], case: Case, who: Resident) -> None:
        before = [await self.seen(one) for one in self.cases]
        change = await do(self.session, case, who, at=self.at)
        assert not change.fresh
        await self.session.flush()
        assert [await self.seen(one) for one in self.cases] == before

    @rule(hours=st.sampled_from([1, 30, 24 * 6]))
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        self.run(close_after_grace(self.session, self.at))

    @invariant()
    def promises_hold(self) -> None:
        self.run(self._promises_hold())

    async def _promises_hold(self) -> None:
        for case in self.cases:
            lines = await history(self.session, case)
            assert prove(lines).broken_at is None
            assert [line.number for line in lines] == list(range(1, case.version + 1))
            assert all(a.to_state == b.from_state for a, b in pairwise(lines))
            assert (lines[-1].to_state, lines[-1].office_id) == (case.state, case.office_id)
            assert (case.outcome is None) == (case.state in OPEN)
            assert await self._clocks_of(case) == (case.state in OPEN)
            assert await self._senders_of(case) == self.senders[case.id], case.state
            if case.assignee_id is not None:
                assert (await self.session.get_one(Official, case.assignee_id)).office_id == case.office_id

    async def _clocks_of(self, case: Case) -> bool:
        """Whether exactly one clock for settling it runs; none may run of a case that is over."""
        running = select(Clock.measure).where(Clock.case_id == case.id, Clock.stopped_at.is_(None))
        measures = list(await self.session.scalars(running))
        assert measures.count("settlement") <= 1
        return "settlement" in measures if measures else False

    async def _senders_of(self, case: Case) -> set[UUID]:
        told = select(CaseReporter.conversation_id).where(
            CaseReporter.case_id == case.id, CaseReporter.part == "sender", CaseReporter.left_at.is_(None)
        )
        return set(await self.session.scalars(told))


@pytest.mark.slow
def test_the_promises_of_a_case(town_url: str) -> None:
    machine = type("TownHere", (Town,), {"url": town_url})
    few = settings(max_examples=8, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(machine, settings=few)
