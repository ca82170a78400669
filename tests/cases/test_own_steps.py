"""What residents want with their own case, in their own words: which case, what is still asked, what is done."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import own_steps
from bot.cases.changes import Resident
from bot.cases.models import Case
from bot.cases.rules import Act, Step
from bot.cases.service import work
from bot.conversations.models import Message
from bot.conversations.queries import latest_replies
from tests.cases.people import answered, opened, sender, somebody, staff_of, told, writes
from tests.conversations.town import MORNING

READ = [
    ("rate", "4 sao", "inform", "4"),
    ("rate", "cho năm sao", "inform", "5"),
    ("rate", "3", "inform", "3"),
    ("rate", "7 sao", "inform", None),  # there are five
    ("rate", "tốt lắm", "nlu_fallback", None),  # how many stars is asked again
    ("show_to", "chi can bo", "inform", "officials"),
    ("show_to", "công khai được", "inform", "public"),
    ("show_to", "sao cũng được", "nlu_fallback", None),
    ("withdraw", "đồng ý", "affirm", "yes"),
    ("withdraw", "để tôi nghĩ đã", "nlu_fallback", None),
    ("reopen", "đường lại lún rồi", "send_feedback", "đường lại lún rồi"),
    ("reopen", "tôi không đồng ý với trả lời", "file_complaint", "tôi không đồng ý với trả lời"),
    ("add", "ừ", "affirm", None),  # says nothing
    ("add", "nhà thứ ba bên trái", "nlu_fallback", "nhà thứ ba bên trái"),
]


@pytest.mark.parametrize(("act", "said", "intent", "answer"), READ)
def test_answers_as_people_give_them(act: str, said: str, intent: str, answer: str | None) -> None:
    assert own_steps.read(act, said, intent, {}) == answer


async def begun(
    session: AsyncSession, who: Resident, intent: str, said: str = "", code: str | None = None
) -> own_steps.Begun:
    return await own_steps.begin(session, who, intent, said, code)


async def test_the_only_case_is_meant_without_a_code(visit: AsyncSession) -> None:
    case = await opened(visit)
    who = await sender(visit, case, "tôi rút phiếu")
    found = await begun(visit, who, "withdraw_case", "tôi rút phiếu")
    assert (found.code, found.act, found.answer, found.instead) == (case.code, "withdraw", None, None)
    assert "chắc muốn rút" in own_steps.ask(case.code, "withdraw")["text"]
    done = await own_steps.do(visit, who, case.code, "withdraw", "yes", MORNING)
    assert case.state == "withdrawn"
    assert "đã rút phiếu" in done["text"]


async def test_of_several_cases_the_resident_chooses(visit: AsyncSession) -> None:
    first = await opened(visit)
    first.created_at -= timedelta(days=1)  # one new case a minute
    again = await writes(visit, first.conversation_id, "đồng ý")
    second = await opened(visit, message=await visit.get_one(Message, again.message_id))
    found = await begun(visit, await sender(visit, first), "add_to_case", "bổ sung")
    assert found.instead is not None
    codes = {b["entities"]["case_code"] for b in found.instead["buttons"]}
    assert codes == {first.code, second.code}
    named = await begun(visit, await sender(visit, first), "add_to_case", f"bo sung phieu {second.code.lower()}")
    assert named.code == second.code


async def test_words_that_tell_the_reason_are_not_asked_for_it(visit: AsyncSession) -> None:
    case = await opened(visit)
    await answered(visit, case)
    said = f"mở lại phiếu {case.code} vì rác vẫn chất đống đầu bản"
    found = await begun(visit, await sender(visit, case, said), "reopen_case", said)
    assert found.answer == "rác vẫn chất đống đầu bản"


async def test_reopened_it_is_new_work_for_the_office(visit: AsyncSession) -> None:
    case = await opened(visit)
    await answered(visit, case)
    who = await sender(visit, case, "chưa xong")
    await own_steps.do(visit, who, case.code, "reopen", "vẫn chưa ai xuống làm", MORNING)
    assert (case.state, case.outcome) == ("new", None)


async def test_after_ten_days_a_new_case_is_offered(visit: AsyncSession) -> None:
    case = await opened(visit)
    await answered(visit, case)
    who = await sender(visit, case, "mở lại")
    late = await own_steps.do(visit, who, case.code, "reopen", "vẫn hỏng", MORNING + timedelta(days=10, seconds=1))
    assert "quá 10 ngày" in late["text"]
    assert case.state == "answered"


async def test_few_stars_show_the_way_to_reopen(visit: AsyncSession) -> None:
    case = await opened(visit)
    await answered(visit, case)
    low = await own_steps.do(visit, await sender(visit, case, "1 sao"), case.code, "rate", "1", MORNING)
    assert "reopen_case" in {b["intent"] for b in low["buttons"]}
    second = await own_steps.do(visit, await sender(visit, case, "5 sao"), case.code, "rate", "5", MORNING)
    assert "Tôi chưa đánh giá" in second["text"]  # once


@pytest.mark.parametrize("intent", ["add_to_case", "withdraw_case", "reopen_case", "rate_case", "hide_case"])
async def test_a_stranger_learns_nothing_of_a_case(visit: AsyncSession, intent: str) -> None:
    case = await opened(visit)
    stranger = await somebody(visit)
    found = await begun(visit, stranger, intent, f"phiếu {case.code}")
    assert found.code is None
    assert found.instead is not None
    assert case.description not in str(found.instead)


async def test_the_office_asks_and_the_notice_has_the_way_to_answer(visit: AsyncSession) -> None:
    case = await opened(visit)
    official = await staff_of(visit, case.office_id)
    await work(visit, case, Step(Act.RECEIVE), official, MORNING)
    await work(visit, case, Step(Act.ASK, text="Nhà bác ở đâu"), official, MORNING)
    assert await buttons_under_last(visit, case.conversation_id) == ["add_to_case"]
    who = await sender(visit, case, "cuối bản")
    await own_steps.do(visit, who, case.code, "add", "nhà tôi cuối bản", MORNING)
    assert case.state == "in_progress"
    await work(visit, case, Step(Act.ANSWER, text="Xong", outcome="resolved"), official, MORNING)
    assert await buttons_under_last(visit, case.conversation_id) == ["rate_case", "reopen_case"]
    assert any("Xong" in words for words in await told(visit, case.conversation_id))


async def buttons_under_last(session: AsyncSession, talk: UUID) -> list[str]:
    (last,) = await latest_replies(session, talk, 1)
    return [button.intent for button in last.buttons]


async def test_what_is_offered_is_what_the_rules_allow(visit: AsyncSession) -> None:
    case: Case = await opened(visit)
    who = await sender(visit, case)
    assert {b["intent"] for b in await own_steps.offers(visit, case, who)} == {
        "add_to_case",
        "withdraw_case",
        "hide_case",
    }
    await answered(visit, case)
    assert {b["intent"] for b in await own_steps.offers(visit, case, who)} == {"reopen_case", "rate_case", "hide_case"}
