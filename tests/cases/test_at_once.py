"""Fifty officials on one case at the same moment: one is first, the others are told what changed, nothing is lost."""

import asyncio
from collections import Counter
from contextlib import suppress

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cases.changes import Overtaken
from bot.cases.history import history, prove
from bot.cases.merging import merge
from bot.cases.models import Case, CaseEntry
from bot.cases.resident_steps import add_words
from bot.cases.rules import Act, NotAllowed, Step
from bot.cases.service import work
from bot.conversations.models import Conversation
from bot.db import AGAINST_WRITERS, unit_of_work
from bot.officials.models import Official
from tests.cases.people import opened, sender, staff_of, told, writes
from tests.conversations.town import MORNING

OFFICIALS = 50


async def received(town: AsyncEngine) -> tuple[Case, Official]:
    async with unit_of_work(town) as session:
        case = await opened(session)
        staff = await staff_of(session, case.office_id)
        await work(session, case, Step(Act.RECEIVE), staff, MORNING)
        return case, staff


async def colleagues(town: AsyncEngine, office_id: int) -> list[Official]:
    async with unit_of_work(town) as session:
        made = [
            Official(
                username=f"one-of-{n}-{office_id}", role="commune_staff", title=f"Cán bộ số {n}", office_id=office_id
            )
            for n in range(OFFICIALS)
        ]
        for official in made:
            official.password_hash, official.active = "", True
        session.add_all(made)
        return made


async def lines(town: AsyncEngine, case: Case) -> list[CaseEntry]:
    async with unit_of_work(town) as session:
        return await history(session, case)


async def test_one_of_fifty_answers_and_the_others_are_told_who_was_first(town: AsyncEngine) -> None:
    case, _ = await received(town)
    seen = case.version

    async def answer(official: Official) -> Official | Overtaken:
        try:
            async with unit_of_work(town) as session:
                mine = await session.get_one(Case, case.id)
                step = Step(Act.ANSWER, f"Trả lời của {official.title}", "resolved")
                await work(session, mine, step, official, MORNING, seen=seen)
                return official
        except Overtaken as newer:
            return newer

    ended = await asyncio.gather(*(answer(one) for one in await colleagues(town, case.office_id)))
    (winner,) = [one for one in ended if isinstance(one, Official)]
    losers = [one for one in ended if isinstance(one, Overtaken)]
    assert len(losers) == OFFICIALS - 1
    for newer in losers:
        (line,) = newer.newer
        assert (line.act, line.to_state, line.at) == ("answer", "answered", MORNING)
        assert line.who.startswith(f"{winner.title} (UBND")
    written = await lines(town, case)
    assert [e.act for e in written] == ["open", "receive", "answer"]
    assert prove(written).broken_at is None
    async with unit_of_work(town) as session:
        news = await told(session, case.conversation_id)
    assert sum("Trả lời của" in words for words in news) == 1


async def test_fifty_notes_at_once_are_fifty_lines(town: AsyncEngine) -> None:
    case, staff = await received(town)

    async def note(number: int) -> None:
        async with unit_of_work(town) as session:
            mine = await session.get_one(Case, case.id)
            await work(session, mine, Step(Act.NOTE, f"việc {number}"), staff, MORNING)

    await asyncio.gather(*(note(number) for number in range(OFFICIALS)))
    written = await lines(town, case)
    assert {e.note for e in written if e.act == "note"} == {f"việc {number}" for number in range(OFFICIALS)}
    assert [e.number for e in written] == list(range(1, OFFICIALS + 3))
    assert prove(written).broken_at is None


async def test_two_cases_merged_into_each_other_at_once_end_as_one(town: AsyncEngine) -> None:
    one, staff = await received(town)
    other, _ = await received(town)

    async def into(case: Case, target: Case) -> str:
        try:
            async with unit_of_work(town) as session:
                mine, its = await session.get_one(Case, case.id), await session.get_one(Case, target.id)
                await merge(session, mine, its, staff, MORNING)
                return "merged"
        except NotAllowed:
            return "refused"

    ended = await asyncio.wait_for(asyncio.gather(into(one, other), into(other, one)), timeout=20)
    assert Counter(ended) == {"merged": 1, "refused": 1}


async def test_the_same_message_at_once_adds_its_words_once(town: AsyncEngine) -> None:
    case, _ = await received(town)
    async with unit_of_work(town) as session:
        who = await sender(session, case, "cống cũng vỡ")

    async def add() -> bool:
        async with unit_of_work(town) as session:
            mine = await session.get_one(Case, case.id)
            return (await add_words(session, mine, who, "cống cũng vỡ", MORNING)).fresh

    assert Counter(await asyncio.gather(*(add() for _ in range(10)))) == {True: 1, False: 9}
    assert sum(e.note == "cống cũng vỡ" for e in await lines(town, case)) == 1


async def test_officials_and_residents_never_wait_in_a_circle(town: AsyncEngine) -> None:
    """The worker holds a resident's talk while a photo is added; officials tell residents while they hold the case."""
    case, staff = await received(town)
    other, _ = await received(town)
    async with unit_of_work(town) as session:
        mine, its = await session.get_one(Case, other.id), await session.get_one(Case, case.id)
        await merge(session, mine, its, staff, MORNING)  # two reporters are told

    async def photo(number: int) -> None:
        async with unit_of_work(town) as session:
            talk = (case, other)[number % 2].conversation_id
            await session.get_one(Conversation, talk, with_for_update=AGAINST_WRITERS)
            await asyncio.sleep(0.01)
            mine = await session.get_one(Case, (case, other)[number % 2].id)
            await add_words(session, mine, await writes(session, talk), "một ảnh", MORNING)

    async def ask(number: int) -> None:
        async with unit_of_work(town) as session:
            mine = await session.get_one(Case, case.id)
            step = Step(Act.ASK, f"câu {number}") if number % 2 else Step(Act.RESUME)
            with suppress(NotAllowed):
                await work(session, mine, step, staff, MORNING)

    both = [step(number) for number in range(20) for step in (photo, ask)]
    await asyncio.wait_for(asyncio.gather(*both), timeout=60)
    written = await lines(town, case)
    assert prove(written).broken_at is None
    assert sum(e.note == "một ảnh" for e in written) == 20
