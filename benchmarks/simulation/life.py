"""Some communes' days, one appointment after another, through the product's own services on the real database."""

import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from benchmarks.simulation import people
from benchmarks.simulation.people import DILIGENCE, HOUR, Plan
from benchmarks.simulation.town import Town
from benchmarks.simulation.year import Arrival
from bot.calendars.queries import calendars
from bot.calendars.working_time import add
from bot.cases import merging, resident_steps, service, transfers
from bot.cases.changes import Resident
from bot.cases.clocks.models import Clock
from bot.cases.field_guess import guess, read_examples
from bot.cases.models import Case
from bot.cases.rules import Act, NotAllowed, Step
from bot.cases.states import OPEN
from bot.conversations.incoming import Incoming, begin_conversation, receive
from bot.db import unit_of_work
from bot.officials.models import Office, Official

REFUSALS = {"declined": "no_means", "not_within_authority": "other_body"}
ANY_TURN = -1
TOGETHER = 25
PATIENCE = timedelta(days=12)
"""How long an office waits for a resident who does not answer."""


@dataclass
class Life:
    """One process's share of the province."""

    engine: AsyncEngine
    dice: Random
    town: Town
    plans: dict[UUID, Plan] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)
    _agenda: list[tuple[datetime, int, str, object, int]] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)
    _texts: list[str] = field(default_factory=lambda: [text for _, text in read_examples()])

    def expect(self, arrivals: Iterable[Arrival]) -> None:
        for arrival in arrivals:
            self._plan(arrival.at, "send", arrival)

    @property
    def busy(self) -> bool:
        """Whether anything is still to happen."""
        return bool(self._agenda)

    async def live_until(self, end: datetime) -> None:
        """Everything that is to happen before ``end``; ``TOGETHER`` appointments share a unit of work, for speed."""
        while self._agenda and self._agenda[0][0] < end:
            async with unit_of_work(self.engine) as session:
                for _ in range(TOGETHER):
                    if not self._agenda or self._agenda[0][0] >= end:
                        break
                    await self._next(session)

    async def _next(self, session: AsyncSession) -> None:
        at, _, what, subject, turn = heapq.heappop(self._agenda)
        if isinstance(subject, UUID) and turn not in (ANY_TURN, self.plans[subject].turn):
            return
        await getattr(self, f"_{what}")(session, subject, at)
        self.done[what] += 1

    async def heed(self, warnings: Iterable[tuple[UUID, str]], at: datetime) -> None:
        """Officials read what they were warned of; who heeds it takes the case up within hours."""
        async with unit_of_work(self.engine) as session:
            for case_id, kind in warnings:
                case = await session.get(Case, case_id) if case_id in self.plans else None
                if case is None:
                    continue
                self.done[f"warned_{kind}"] += 1
                office = case.to_office_id or case.office_id
                if self.dice.random() < DILIGENCE[self.town.desks[office].diligence].heeds[kind]:
                    self.plans[case_id].warned = True
                    await self._appoint(session, case_id, "desk", at, self.dice.uniform(0.5, 6) * HOUR, office)

    def _plan(self, at: datetime, what: str, subject: object, turn: int = 0) -> None:
        heapq.heappush(self._agenda, (at, next(self._numbers), what, subject, turn))

    async def _appoint(
        self, session: AsyncSession, case_id: UUID, what: str, at: datetime, work: timedelta, office: int
    ) -> None:
        """The next appointment of a case, that much working time ahead; an earlier one falls away."""
        calendar = (await calendars(session)).of(office)
        mine = self.plans[case_id]
        mine.turn += 1
        self._plan(add(at, work, calendar), what, case_id, mine.turn)

    async def _send(self, session: AsyncSession, arrival: Arrival, at: datetime) -> None:
        """A resident agrees to send what they told."""
        text = self.dice.choice(self._texts)
        talk = await begin_conversation(session, "web", None, at)
        who = await self._says(session, talk, "đồng ý", at)
        report = service.Report(
            place="đầu bản",
            commune_id=self.town.communes[arrival.commune],
            village_id=None,
            field=guess(text) or "other",
            description=text,
            visibility=self.dice.choice(("officials", "officials", "public", "nobody")),
            kind="question" if self.dice.random() < 0.2 else "recommendation",
        )
        case = await service.open_case(session, who.message_id, report, at, self.dice.randrange)
        mine = self.plans[case.id] = people.plan(self.dice, arrival.flood)
        if mine.withdraws:
            self._plan(at + timedelta(hours=self.dice.uniform(1, 60)), "withdraw", case.id, ANY_TURN)
        who_works = DILIGENCE[self.town.desks[case.office_id].diligence]
        await self._appoint(session, case.id, "desk", at, people.wait_to_receive(self.dice, who_works), case.office_id)

    async def _desk(self, session: AsyncSession, case_id: UUID, at: datetime) -> None:
        """The office does what comes next, as the case stands."""
        case, mine = await session.get_one(Case, case_id), self.plans[case_id]
        desk = self.town.desks[case.to_office_id or case.office_id]
        official = await session.get_one(Official, desk.official)
        who = DILIGENCE[desk.diligence]
        after = people.wait_to_settle(self.dice, who) if not mine.warned else self.dice.uniform(0.2, 5) * HOUR
        match case.state:
            case "new":
                await service.work(session, case, Step(Act.RECEIVE), official, at)
                await self._appoint(session, case_id, "desk", at, people.wait_to_receive(self.dice, who), desk.office)
            case "received" if mine.transfers and not mine.warned:
                await self._transfer(session, case, official, at)
            case "received":
                await service.work(session, case, Step(Act.START), official, at)
                await self._appoint(session, case_id, "desk", at, after, desk.office)
            case "transferred":
                await self._answer_transfer(session, case, official, at)
            case "in_progress" if mine.asks:
                await self._ask(session, case, official, at)
            case "in_progress" | "waiting_for_resident":
                await self._settle(session, case, official, at)

    async def _transfer(self, session: AsyncSession, case: Case, official: Official, at: datetime) -> None:
        self.plans[case.id].transfers -= 1
        others = [office for office in self.town.departments if office != case.office_id]
        to = await session.get_one(Office, self.dice.choice(others))
        await transfers.transfer(session, case, to, official, at, reason="not_our_field")
        who = DILIGENCE[self.town.desks[to.id].diligence]
        await self._appoint(session, case.id, "desk", at, people.wait_to_receive(self.dice, who), to.id)

    async def _answer_transfer(self, session: AsyncSession, case: Case, official: Official, at: datetime) -> None:
        """Accepted, or given back while there is time for it."""
        mine = self.plans[case.id]
        returned, mine.returned = mine.returned, False
        if not returned or not await self._given_back(session, case, official, at):
            await transfers.accept(session, case, official, at)
        await self._appoint(session, case.id, "desk", at, self.dice.uniform(0.5, 6) * HOUR, case.office_id)

    async def _given_back(self, session: AsyncSession, case: Case, official: Official, at: datetime) -> bool:
        words = "Không thuộc lĩnh vực của đơn vị."
        try:
            await transfers.give_back(session, case, official, at, reason="not_ours", text=words)
        except NotAllowed:
            return False
        return True

    async def _ask(self, session: AsyncSession, case: Case, official: Official, at: datetime) -> None:
        mine = self.plans[case.id]
        mine.asks = False
        await service.work(session, case, Step(Act.ASK, text="Bác cho biết rõ chỗ nào."), official, at)
        mine.turn += 1
        if mine.answers_back:
            self._plan(at + timedelta(hours=self.dice.uniform(2, 150)), "add", case.id, mine.turn)
        else:
            self._plan(at + PATIENCE, "desk", case.id, mine.turn)

    async def _settle(self, session: AsyncSession, case: Case, official: Official, at: datetime) -> None:
        """Answered; or joined to an earlier case about the same."""
        mine = self.plans[case.id]
        if mine.merges and (into := await self._earlier(session, case)):
            await merging.merge(session, case, into, official, at)
            return
        outcome = mine.outcome
        competent = "cơ quan khác" if outcome == "not_within_authority" else ""
        step = Step(Act.ANSWER, "Đơn vị trả lời.", outcome, REFUSALS.get(outcome), competent)
        await service.work(session, case, step, official, at)
        mine.turn += 1
        if mine.reopens:
            self._plan(at + timedelta(days=self.dice.uniform(0.2, 9.5)), "reopen", case.id, mine.turn)
        elif mine.rates:
            self._plan(at + timedelta(hours=self.dice.uniform(0.1, 48)), "rate", case.id, mine.turn)

    async def _earlier(self, session: AsyncSession, case: Case) -> Case | None:
        """Of the same commune, so that no two processes change one case."""
        same = (Case.office_id == case.office_id, Case.commune_id == case.commune_id)
        open_ = Case.state.in_(("received", "in_progress"))
        query = select(Case).where(*same, open_, Case.created_at < case.created_at)
        return await session.scalar(query.order_by(Case.created_at).limit(1))

    async def _withdraw(self, session: AsyncSession, case_id: UUID, at: datetime) -> None:
        case = await session.get_one(Case, case_id)
        if case.state not in OPEN:
            return
        self.plans[case_id].turn += 1
        await resident_steps.withdraw(session, case, await self._says(session, case.conversation_id, "rút", at), at)

    async def _add(self, session: AsyncSession, case_id: UUID, at: datetime) -> None:
        case = await session.get_one(Case, case_id)
        who = await self._says(session, case.conversation_id, "ở đầu dốc", at)
        await resident_steps.add_words(session, case, who, "ở đầu dốc", at)
        diligence = DILIGENCE[self.town.desks[case.office_id].diligence]
        wait = people.wait_to_settle(self.dice, diligence)
        await self._appoint(session, case_id, "desk", at, wait, case.office_id)

    async def _rate(self, session: AsyncSession, case_id: UUID, at: datetime) -> None:
        case, mine = await session.get_one(Case, case_id), self.plans[case_id]
        settling = select(Clock).where(Clock.case_id == case_id, Clock.measure == "settlement")
        clock = await session.scalar(settling.order_by(Clock.id.desc()).limit(1))
        given = people.stars(self.dice, mine.outcome, clock is not None and clock.overdue(at))
        who = await self._says(session, case.conversation_id, f"{given} sao", at)
        await resident_steps.rate(session, case, who, given, at)

    async def _reopen(self, session: AsyncSession, case_id: UUID, at: datetime) -> None:
        case, mine = await session.get_one(Case, case_id), self.plans[case_id]
        mine.reopens, mine.warned = False, False
        who = await self._says(session, case.conversation_id, "mở lại", at)
        await resident_steps.reopen(session, case, who, "Vẫn chưa được.", at)
        wait = people.wait_to_receive(self.dice, DILIGENCE[self.town.desks[case.office_id].diligence])
        await self._appoint(session, case_id, "desk", at, wait, case.office_id)

    async def _says(self, session: AsyncSession, talk: UUID, words: str, at: datetime) -> Resident:
        """The resident writes; what the bot would answer is not part of this."""
        incoming = Incoming("web", str(UUID(int=self.dice.getrandbits(128))), words, {"text": words})
        message = await receive(session, talk, incoming, at)
        message.state = "done"
        return Resident(talk, message.id)
