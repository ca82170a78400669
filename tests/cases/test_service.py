"""A case is opened once, moves as the rules say, and its history cannot be rewritten."""

import secrets
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.cases import chain
from bot.cases.changes import Overtaken
from bot.cases.history import Written, append, history, line_of
from bot.cases.models import Case, CaseEntry
from bot.cases.queries import Wanted, of_conversation, seen_by
from bot.cases.rules import Act, NotAllowed, Step
from bot.cases.service import Report, assign_person, close_after_grace, open_case, work
from bot.cases.telling import view_of
from bot.conversations.models import Conversation, Message
from bot.officials.models import Office
from bot.officials.queries import office_for
from tests.cases.people import answered, office_of, opened, sender, staff_of, told
from tests.conversations.town import MORNING, an_official, said


async def chain_of(session: AsyncSession, case: Case) -> int | None:
    await session.flush()
    session.expunge_all()
    return chain.broken_at((line_of(entry), entry.chain) for entry in await history(session, case))


async def test_a_case_goes_to_its_communes_office_with_its_first_line(visit: AsyncSession) -> None:
    case = await opened(visit)
    office = await visit.get_one(Office, case.office_id)
    assert (case.state, office.commune_id) == ("new", case.commune_id)
    (first,) = await history(visit, case)
    assert (first.number, first.actor, first.to_state, first.note) == (1, "resident", "new", "đường hỏng")
    assert (await visit.get_one(Conversation, case.conversation_id)).commune_id == case.commune_id
    assert (case.consent_channel, bool(case.consent_version)) == ("web", True)


async def test_without_a_commune_the_province_coordinates(visit: AsyncSession) -> None:
    case = await opened(visit, commune=None)
    assert case.office_id == (await office_for(visit, None)).id


async def test_the_same_message_opens_no_second_case(visit: AsyncSession) -> None:
    case = await opened(visit)
    other = Report("nơi khác", None, None, "land", "chuyện khác", "public")
    again = await open_case(visit, case.message_id, other, MORNING, secrets.randbelow)
    assert again.id == case.id
    assert again.description == "đường hỏng"
    assert len(await history(visit, case)) == 1


async def test_a_taken_code_is_not_given_again(visit: AsyncSession) -> None:
    draws = iter([*[1] * 7, *[1] * 7, *[2] * 7])
    codes = []
    for _ in range(2):
        message = await said(visit, "đồng ý")
        report = Report("bản Hon", None, None, "roads", "đường hỏng", "officials")
        codes.append((await open_case(visit, message.id, report, MORNING, lambda _: next(draws))).code)
    assert codes[0] != codes[1]
    assert codes[1].startswith("XH-2222-222")


async def test_a_move_is_written_down_and_told(visit: AsyncSession) -> None:
    case = await opened(visit)
    official = await staff_of(visit, case.office_id)
    await work(visit, case, Step(Act.RECEIVE), official, MORNING)
    await work(visit, case, Step(Act.ANSWER, "Đã san lại đường.", "resolved"), official, MORNING)
    assert (case.state, case.outcome) == ("answered", "resolved")
    lines = await history(visit, case)
    assert [(e.number, e.from_state, e.to_state) for e in lines] == [
        (1, None, "new"),
        (2, "new", "received"),
        (3, "received", "answered"),
    ]
    assert lines[-1].actor == f"official:{official.id}"
    told = select(Message).where(Message.conversation_id == case.conversation_id, Message.sender == "bot")
    news = (await visit.scalars(told.order_by(Message.id))).all()
    assert [m.kind for m in news] == ["status", "status"]
    assert "Đã san lại đường." in (news[-1].text or "")
    assert "đã giải quyết xong" in (news[-1].text or "")
    assert await chain_of(visit, case) is None


async def test_a_step_that_does_not_follow_changes_nothing(visit: AsyncSession) -> None:
    case = await opened(visit)
    official = await staff_of(visit, case.office_id)
    with pytest.raises(NotAllowed):
        await work(visit, case, Step(Act.CLOSE), official, MORNING)
    assert case.state == "new"
    assert len(await history(visit, case)) == 1


async def test_the_fingerprint_stays_that_of_the_receipt(visit: AsyncSession) -> None:
    case = await opened(visit)
    official = await staff_of(visit, case.office_id)
    office = await visit.get_one(Office, case.office_id)
    before = (await view_of(visit, case, office))["fingerprint"]
    await work(visit, case, Step(Act.RECEIVE), official, MORNING)
    assert (await view_of(visit, case, office))["fingerprint"] == before


async def test_no_date_is_promised(visit: AsyncSession) -> None:
    case = await opened(visit)
    assert (await view_of(visit, case, await visit.get_one(Office, case.office_id)))["due"] is None


@pytest.mark.parametrize(
    "statement",
    [
        "delete from case_entries where case_id = :id",
        "update case_entries set to_state = 'answered' where case_id = :id",
        "update case_entries set note = 'lời khác' where case_id = :id",
        "update case_entries set note = null where case_id = :id",  # words without their salt
        "update case_entries set salt = null where case_id = :id",  # the salt alone
        "update case_entries set note = null, salt = null, actor = 'system' where case_id = :id",
        "update case_entries set note = null, salt = null, digest = '' where case_id = :id",
    ],
)
async def test_the_history_refuses(visit: AsyncSession, statement: str) -> None:
    case = await opened(visit)
    with pytest.raises(DBAPIError, match="append-only"):
        await visit.execute(text(statement), {"id": case.id})


async def test_erasing_words_with_their_salt_leaves_the_chain_whole(visit: AsyncSession) -> None:
    case = await opened(visit)
    official = await staff_of(visit, case.office_id)
    await work(visit, case, Step(Act.RECEIVE, "lời của đơn vị"), official, MORNING)
    await visit.execute(update(CaseEntry).where(CaseEntry.case_id == case.id).values(note=None, salt=None))
    assert await chain_of(visit, case) is None
    assert all(entry.note is None for entry in await history(visit, case))


async def test_cases_are_listed_to_their_resident_and_their_office(visit: AsyncSession, town: AsyncEngine) -> None:
    case = await opened(visit)
    ((mine, office),) = await of_conversation(visit, case.conversation_id)
    assert (mine.id, office.id) == (case.id, case.office_id)
    coordinator, front = await an_official(town, "province_coordinator"), await an_official(town, "front")
    assert case.id in {listed.case.id for listed in await seen_by(visit, coordinator)}
    assert case.id in {
        listed.case.id for listed in await seen_by(visit, coordinator, Wanted(code=case.code, state="new"))
    }
    assert case.id not in {listed.case.id for listed in await seen_by(visit, front)}


async def test_codes_never_repeat(visit: AsyncSession) -> None:
    cases = [await opened(visit) for _ in range(3)]
    assert len({case.code for case in cases}) == 3
    ids: list[UUID] = [case.id for case in cases]
    assert await visit.scalar(select(func.count()).select_from(Case).where(Case.id.in_(ids))) == 3


async def test_a_note_is_for_the_desk_only(visit: AsyncSession) -> None:
    case = await opened(visit)
    staff = await staff_of(visit, case.office_id)
    before = await told(visit, case.conversation_id)
    done = await work(visit, case, Step(Act.NOTE, "gọi trưởng bản"), staff, MORNING)
    assert not done.entry.shown
    assert await told(visit, case.conversation_id) == before


async def test_a_case_belongs_to_one_person_of_its_office(visit: AsyncSession) -> None:
    case = await opened(visit)
    staff = await staff_of(visit, case.office_id)
    stranger = await staff_of(visit, (await office_of(visit, 1)).id)
    await assign_person(visit, case, staff, staff, MORNING)
    assert case.assignee_id == staff.id
    with pytest.raises(NotAllowed):
        await assign_person(visit, case, stranger, staff, MORNING)
    assert case.assignee_id == staff.id


async def test_who_read_an_older_version_is_told_what_changed(visit: AsyncSession) -> None:
    case = await opened(visit)
    staff, seen = await staff_of(visit, case.office_id), case.version
    await work(visit, case, Step(Act.RECEIVE), staff, MORNING, seen=seen)
    with pytest.raises(Overtaken) as newer:
        await work(visit, case, Step(Act.RECEIVE), staff, MORNING, seen=seen)
    assert [(n.act, n.to_state, n.at) for n in newer.value.newer] == [("receive", "received", MORNING)]
    assert staff.title in newer.value.newer[0].who
    assert len(await history(visit, case)) == 2


async def test_what_the_product_notes_does_not_stand_in_anybodys_way(visit: AsyncSession) -> None:
    case = await opened(visit)
    staff, seen = await staff_of(visit, case.office_id), case.version
    await append(visit, case, Written("system", "warn", case.state, shown=False), MORNING)
    await work(visit, case, Step(Act.RECEIVE), staff, MORNING, seen=seen)
    assert case.state == "received"


async def test_cases_close_when_they_can_no_longer_be_reopened(visit: AsyncSession) -> None:
    case = await opened(visit)
    await answered(visit, case)
    news = await told(visit, case.conversation_id)
    await close_after_grace(visit, MORNING + timedelta(days=10))
    assert case.state == "answered"
    await close_after_grace(visit, MORNING + timedelta(days=10, seconds=1))
    assert (case.state, case.outcome) == ("closed", "resolved")
    assert await told(visit, case.conversation_id) == news


async def test_a_new_case_may_name_the_old_one_of_the_same_resident_only(visit: AsyncSession) -> None:
    old = await opened(visit)
    who = await sender(visit, old)
    agreed = await visit.get_one(Message, who.message_id)
    later = MORNING + timedelta(days=20)
    assert (await opened(visit, message=agreed, at=later, earlier_id=old.id)).earlier_id == old.id
    with pytest.raises(NotAllowed):
        await opened(visit, earlier_id=old.id)


async def test_a_question_is_a_case_too(visit: AsyncSession) -> None:
    case = await opened(visit, kind="question", description="Con tôi 15 tuổi có được cấp thẻ không?")
    assert (case.kind, case.state) == ("question", "new")
    assert await chain_of(visit, case) is None
