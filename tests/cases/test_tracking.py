"""“Phiếu của tôi đến đâu rồi?”: on its own channel by code or without, from elsewhere only with the secret."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import codes
from bot.cases.merging import merge
from bot.cases.resident_steps import add_words, follow
from bot.cases.rules import Act, Step
from bot.cases.service import work
from bot.cases.tracking import CHOOSE, LOCKED, Asker, Found, status
from bot.cases.transfers import transfer
from bot.conversations.models import Conversation, Message
from bot.settings import derive
from tests.cases.people import answered, office_of, opened, sender, staff_of, writes
from tests.conversations.town import MORNING, said


async def asked(session: AsyncSession, talk: UUID, words: str, code: str | None = None) -> Found:
    who = await writes(session, talk, words)
    return await status(session, Asker(talk, who.message_id, MORNING), words, code, derive)


async def elsewhere(session: AsyncSession) -> UUID:
    return (await said(session, "alo")).conversation_id


async def test_the_only_case_needs_no_code(visit: AsyncSession) -> None:
    case = await opened(visit)
    found = await asked(visit, case.conversation_id, "phiếu của tôi đến đâu rồi")
    assert found.payload is not None
    assert found.payload["kind"] == "status"
    assert case.code in found.payload["text"]
    assert found.payload["case"]["state"] == "new"
    assert "secret" not in found.payload["case"]


async def test_several_cases_are_offered_as_buttons(visit: AsyncSession) -> None:
    first = await opened(visit)
    who = await writes(visit, first.conversation_id, "đồng ý")
    agreed = await visit.get_one(Message, who.message_id)
    second = await opened(visit, message=agreed, at=MORNING + timedelta(minutes=1))
    found = await asked(visit, first.conversation_id, "phiếu của tôi")
    assert found.payload is not None
    assert found.payload["text"] == CHOOSE
    assert {b["entities"]["case_code"] for b in found.payload["buttons"]} == {first.code, second.code}


@pytest.mark.parametrize("spoken", ["{code}", "phiếu {code} sao rồi", "xh{plain}", "mã là {spaced} ạ"])
async def test_by_code_as_people_say_it(visit: AsyncSession, spoken: str) -> None:
    case = await opened(visit)
    words = spoken.format(
        code=case.code.lower(), plain=case.code[3:].replace("-", ""), spaced=case.code.replace("-", " ")
    )
    found = await asked(visit, case.conversation_id, words)
    assert found.payload is not None, words


async def test_nothing_here_means_asking_for_the_code(visit: AsyncSession) -> None:
    assert await asked(visit, await elsewhere(visit), "phiếu của tôi") == Found(response="utter_ask_case_code")


async def test_a_mistyped_code_is_noticed(visit: AsyncSession) -> None:
    case = await opened(visit)
    last = codes.ALPHABET[(codes.ALPHABET.index(case.code[-1]) + 1) % 32]
    found = await asked(visit, case.conversation_id, case.code[:-1] + last)
    assert found == Found(response="utter_wrong_case_code")


async def test_a_code_of_no_case(visit: AsyncSession) -> None:
    code = codes.make(lambda below: 31)
    assert await asked(visit, await elsewhere(visit), code) == Found(response="utter_unknown_case_code")


async def test_from_elsewhere_the_code_alone_tells_nothing(visit: AsyncSession) -> None:
    case = await opened(visit)
    other = await elsewhere(visit)
    assert await asked(visit, other, case.code) == Found(response="utter_ask_case_secret", code=case.code)
    wrong = await asked(visit, other, f"{case.code} AAAA-AAAA")
    assert wrong == Found(response="utter_wrong_case_secret", code=case.code)


@pytest.mark.parametrize("form", ["{code} {secret}", "{secret} {code}", "{code}, mã bí mật {lower}", "{code} {plain}"])
async def test_from_elsewhere_with_the_secret(visit: AsyncSession, form: str) -> None:
    case = await opened(visit)
    secret = codes.secret(case.code, derive)
    words = form.format(code=case.code, secret=secret, lower=secret.lower(), plain=secret.replace("-", ""))
    found = await asked(visit, await elsewhere(visit), words)
    assert found.payload is not None


async def test_the_outcome_and_the_offices_words_are_told(visit: AsyncSession) -> None:
    case = await opened(visit, commune=None)
    official = await staff_of(visit, case.office_id)
    await work(visit, case, Step(Act.RECEIVE), official, MORNING)
    await work(visit, case, Step(Act.ANSWER, "Đường ấy của tỉnh.", "explained"), official, MORNING)
    found = await asked(visit, case.conversation_id, case.code)
    assert found.payload is not None
    assert "Đã giải thích" in found.payload["text"]
    assert "Đường ấy của tỉnh." in found.payload["text"]


async def wrong(session: AsyncSession, case_code: str, talk: UUID, times: int) -> None:
    for _ in range(times):
        await asked(session, talk, f"{case_code} AAAA-AAAA")


async def test_five_wrong_secrets_lock_the_code_even_for_the_right_one(visit: AsyncSession) -> None:
    case = await opened(visit)
    right = f"{case.code} {codes.secret(case.code, derive)}"
    await wrong(visit, case.code, await elsewhere(visit), 2)
    await wrong(visit, case.code, await elsewhere(visit), 2)
    assert (await asked(visit, await elsewhere(visit), right)).payload != LOCKED  # four so far
    await wrong(visit, case.code, await elsewhere(visit), 1)
    assert await asked(visit, await elsewhere(visit), right) == Found(LOCKED)
    assert (await asked(visit, case.conversation_id, case.code)).payload != LOCKED  # its own place stays open


async def test_five_wrong_tries_lock_whoever_tries_codes_one_after_the_other(visit: AsyncSession) -> None:
    cases, thief = [await opened(visit) for _ in range(3)], await elsewhere(visit)
    for case in cases:
        await wrong(visit, case.code, thief, 1)
    for number in (30, 31):  # codes that nobody was given
        await asked(visit, thief, codes.make(lambda below, number=number: number))
    right = f"{cases[0].code} {codes.secret(cases[0].code, derive)}"
    assert await asked(visit, thief, right) == Found(LOCKED)
    assert (await asked(visit, await elsewhere(visit), right)).payload != LOCKED  # others may still look


async def test_the_same_message_again_is_no_second_try(visit: AsyncSession) -> None:
    case, thief = await opened(visit), await elsewhere(visit)
    who = await writes(visit, thief, "x")
    asker = Asker(thief, who.message_id, MORNING)
    for _ in range(6):
        found = await status(visit, asker, f"{case.code} AAAA-AAAA", None, derive)
    assert found == Found(response="utter_wrong_case_secret", code=case.code)


async def test_a_day_later_the_tries_are_forgotten(visit: AsyncSession) -> None:
    case, thief = await opened(visit), await elsewhere(visit)
    await wrong(visit, case.code, thief, 5)
    who = await writes(visit, thief, "x")
    later = Asker(thief, who.message_id, MORNING + timedelta(days=1, seconds=1))
    found = await status(visit, later, f"{case.code} {codes.secret(case.code, derive)}", None, derive)
    assert found.payload is not None
    assert found.payload["kind"] == "status"


async def test_on_a_linked_channel_the_code_is_enough(visit: AsyncSession) -> None:
    case, other = await opened(visit), await elsewhere(visit)
    mine = await visit.get_one(Conversation, case.conversation_id)
    (await visit.get_one(Conversation, other)).resident_id = mine.resident_id
    await visit.flush()
    for words in (case.code, "phiếu của tôi đến đâu rồi"):
        found = await asked(visit, other, words)
        assert found.payload is not None
        assert case.code in found.payload["text"]


async def test_a_merged_case_tells_how_the_other_one_stands_and_not_its_code(visit: AsyncSession) -> None:
    first, second = await opened(visit), await opened(visit, description="ngập cống")
    await merge(visit, second, first, await staff_of(visit, first.office_id), MORNING)
    await answered(visit, first)
    found = await asked(visit, second.conversation_id, second.code)
    assert found.payload is not None
    assert found.payload["case"]["code"] == second.code
    assert "Đã san lại đường." in found.payload["text"]
    assert first.code not in str(found.payload)


async def test_who_follows_reads_the_state_and_none_of_the_words(visit: AsyncSession) -> None:
    case = await opened(visit, visibility="public")
    follower = await elsewhere(visit)
    await follow(visit, case, await writes(visit, follower), MORNING)
    await answered(visit, case)
    found = await asked(visit, follower, case.code)
    assert found.payload is not None
    assert "Đã trả lời" in found.payload["text"]
    assert "Đã san lại đường." not in found.payload["text"]


async def test_while_it_is_on_its_way_both_offices_are_named(visit: AsyncSession) -> None:
    case, to = await opened(visit), await office_of(visit, 1)
    staff = await staff_of(visit, case.office_id)
    await transfer(visit, case, to, staff, MORNING, reason="not_our_place", text="của xã bạn mà")
    found = await asked(visit, case.conversation_id, case.code)
    assert found.payload is not None
    assert f"Đang chuyển sang {to.name}" in found.payload["text"]
    assert "của xã bạn mà" not in found.payload["text"]


async def test_words_between_residents_and_office_are_told_until_the_resident_answers(visit: AsyncSession) -> None:
    case = await opened(visit)
    staff = await staff_of(visit, case.office_id)
    await work(visit, case, Step(Act.RECEIVE), staff, MORNING)
    await work(visit, case, Step(Act.NOTE, "nội bộ: gọi trưởng bản"), staff, MORNING)
    await work(visit, case, Step(Act.ASK, "Đoạn nào ạ?"), staff, MORNING)
    before = await asked(visit, case.conversation_id, case.code)
    await add_words(visit, case, await sender(visit, case), "đoạn đầu bản", MORNING)
    after = await asked(visit, case.conversation_id, case.code)
    assert before.payload is not None
    assert after.payload is not None
    assert "Đoạn nào ạ?" in before.payload["text"]
    assert "Đoạn nào ạ?" not in after.payload["text"]
    assert "nội bộ" not in before.payload["text"] + after.payload["text"]
