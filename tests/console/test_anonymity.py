"""“Không ai biết tôi”: whatever its sender does with the case later, on whichever channel, no page tells who it was."""

import secrets

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.cases.changes import Resident
from bot.cases.merging import merge
from bot.cases.models import Case
from bot.cases.resident_steps import add_words, rate, show_to
from bot.cases.rules import Act, Step
from bot.cases.service import Report, open_case, work
from bot.conversations.models import Conversation
from bot.db import unit_of_work
from tests.console.conftest import Browser, Open
from tests.tallies.made_up import NOON, MadeUp

HIDDEN = "BIMAT"


async def sent(session: AsyncSession, made: MadeUp, talk: Conversation, words: str, level: str) -> Case:
    agreed = await made.message(session, talk, f"Đồng ý {HIDDEN if level == 'nobody' else ''}")
    report = Report("đầu bản", made.communes[0].id, None, "roads", words, level)
    return await open_case(session, agreed.id, report, NOON, secrets.randbelow)


async def does(session: AsyncSession, made: MadeUp, talk: Conversation) -> Resident:
    return Resident(talk.id, (await made.message(session, talk, f"lời thêm {HIDDEN}")).id)


async def told_nothing(browser: Browser, talks: list[Conversation], case: Case) -> None:
    for talk in talks:
        for address in (f"/console/conversations/{talk.id}", f"/console/conversations/{talk.id}/messages"):
            page = (await browser.get(address)).text
            assert HIDDEN not in page
            assert "Đã san lại đường." not in page
            assert case.code not in page
    waiting = (await browser.get("/console/waiting")).text
    assert HIDDEN not in waiting
    assert case.code not in waiting
    for address in (f"/console/cases/{case.code}", "/console/cases"):
        page = (await browser.get(address)).text
        assert not any(str(talk.id) in page for talk in talks)


@pytest.mark.parametrize("merged", [False, True])  # into a case whose sender officials know
async def test_what_is_done_later_and_elsewhere(browser: Open, made: MadeUp, engine: AsyncEngine, merged: bool) -> None:
    async with unit_of_work(engine) as session:
        here, there, other = [await made.talk(session) for _ in range(3)]
        there.resident_id = here.resident_id
        case = await sent(session, made, here, "đường sạt", "nobody")
        staff = made.officials["commune_staff"]
        target = await sent(session, made, other, "đường sạt lở", "officials")
        if merged:
            await merge(session, case, target, staff, NOON)
        going_on = target if merged else case
        await work(session, going_on, Step(Act.RECEIVE), staff, NOON)
        await add_words(session, case, await does(session, made, there), "cống cũng vỡ", NOON)
        await work(session, going_on, Step(Act.ANSWER, "Đã san lại đường.", "resolved"), staff, NOON)
        await rate(session, case, await does(session, made, here), 5, NOON)
    official = await browser("commune_staff")
    assert "cống cũng vỡ" in (await official.get(f"/console/cases/{going_on.code}")).text  # the matter itself is read
    await told_nothing(official, [here, there], case)


async def test_a_level_changed_to_nobody_hides_what_was_seen_before(
    browser: Open, made: MadeUp, engine: AsyncEngine
) -> None:
    async with unit_of_work(engine) as session:
        talk = await made.talk(session)
        case = await sent(session, made, talk, "đường sạt", "officials")
    staff = await browser("commune_staff")
    assert str(talk.id) in (await staff.get(f"/console/cases/{case.code}")).text
    async with unit_of_work(engine) as session:
        mine = await session.get_one(Case, case.id)
        await show_to(session, mine, await does(session, made, talk), "nobody", NOON)
    await told_nothing(staff, [talk], case)
