"""From a settled case to what everybody reads: with consent, without names, by two people, and back."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case
from bot.cases.resident_steps import show_to
from bot.cases.rules import Act, Step
from bot.cases.service import work
from bot.privacy.erasure import erase
from bot.publications import queries, service
from bot.publications.service import PublicationRefused, StillNamed, Words
from tests.cases.people import coordinator, opened, sender, staff_of
from tests.conversations.town import MORNING
from tests.privacy.test_own_data import newest

WORDS = Words("Đường vào bản hỏng", "Đường vào bản hỏng, bao giờ sửa?", "Xã đã đổ bê tông đoạn này xong.")
ASKED = "duong vao ban toi hong bao gio sua"


async def settled(session: AsyncSession, outcome: str = "resolved", **values: str) -> Case:
    given = {"visibility": "public", "description": "Đường vào bản hỏng, ông Lò Văn Tính ngã xe"} | values
    case = await opened(session, **given)
    official = await staff_of(session, case.office_id)
    reason = {"declined": "no_basis"}.get(outcome)
    await work(session, case, Step(Act.RECEIVE), official, MORNING)
    answer = Step(Act.ANSWER, text="Xã đã sửa, bà Vàng Thị Mỷ giám sát.", outcome=outcome, reason=reason)
    await work(session, case, answer, official, MORNING)
    return case


async def published(session: AsyncSession) -> tuple[Case, service.Publication]:
    case = await settled(session)
    row = await service.draft(session, case, await staff_of(session, case.office_id), WORDS, MORNING)
    await service.publish(session, row, await coordinator(session), MORNING)
    return case, row


async def test_names_are_proposed_for_masking(visit: AsyncSession) -> None:
    found = await service.proposed(visit, await settled(visit))
    assert "Lò Văn Tính" not in found.question.text
    assert "Vàng Thị Mỷ" not in found.answer.text
    assert found.question.finds
    assert found.answer.finds


@pytest.mark.parametrize("level", ["officials", "nobody"])
async def test_without_consent_nothing_is_drafted(visit: AsyncSession, level: str) -> None:
    case = await settled(visit, visibility=level)
    with pytest.raises(PublicationRefused, match="không đồng ý công khai"):
        await service.draft(visit, case, await staff_of(visit, case.office_id), WORDS, MORNING)


async def test_an_open_case_is_not_published(visit: AsyncSession) -> None:
    case = await opened(visit, visibility="public")
    with pytest.raises(PublicationRefused, match="đã giải quyết"):
        await service.proposed(visit, case)


async def test_a_name_left_in_is_refused_until_somebody_looked_at_it(visit: AsyncSession) -> None:
    case = await settled(visit)
    official = await staff_of(visit, case.office_id)
    named = Words("Đường hỏng", "Ông Lò Văn Tính hỏi về đường", "Đã sửa")
    with pytest.raises(StillNamed, match="Lò Văn Tính"):
        await service.draft(visit, case, official, named, MORNING)
    row = await service.draft(visit, case, official, named, MORNING, looked_at=True)
    assert row.state == "draft"


async def test_a_draft_is_read_by_nobody_and_its_author_cannot_approve_it(visit: AsyncSession) -> None:
    case = await settled(visit)
    author = await staff_of(visit, case.office_id)
    row = await service.draft(visit, case, author, WORDS, MORNING)
    assert await queries.similar(visit, ASKED) == []
    assert await queries.one_published(visit, row.id) is None
    with pytest.raises(PublicationRefused, match="người thứ hai"):
        await service.publish(visit, row, author, MORNING)


async def test_published_it_is_found_by_whoever_asks_the_same(visit: AsyncSession) -> None:
    _, row = await published(visit)
    assert [found.id for found in await queries.similar(visit, ASKED)] == [row.id]
    assert await queries.similar(visit, "làm căn cước ở đâu") == []
    (read,) = [one for one in await queries.published(visit, words="bê tông bản hỏng") if one.publication.id == row.id]
    assert read.publication.answer == WORDS.answer


async def test_consent_taken_back_takes_it_down_and_its_words_with_it(visit: AsyncSession) -> None:
    case, row = await published(visit)
    await show_to(visit, case, await sender(visit, case), "officials", MORNING)
    assert await queries.one_published(visit, row.id) is None  # at once, before anything is tidied
    assert await queries.similar(visit, ASKED) == []
    assert row.id not in [read.publication.id for read in await queries.published(visit)]
    assert await service.withdraw_without_consent(visit, MORNING) == 1
    assert (row.state, row.title, row.answer, row.terms) == ("withdrawn", "", "", [])
    assert await queries.similar(visit, ASKED) == []


async def test_consent_taken_back_before_approval_stops_it(visit: AsyncSession) -> None:
    case = await settled(visit)
    row = await service.draft(visit, case, await staff_of(visit, case.office_id), WORDS, MORNING)
    await show_to(visit, case, await sender(visit, case), "nobody", MORNING)
    with pytest.raises(PublicationRefused):
        await service.publish(visit, row, await coordinator(visit), MORNING)


async def test_erasing_ones_data_takes_it_down(visit: AsyncSession) -> None:
    case, row = await published(visit)
    await erase(visit, case.conversation_id, await newest(visit), MORNING)
    assert row.state == "withdrawn"
