"""“Phiếu của tôi đến đâu rồi?”: on its own channel by code or without, from elsewhere only with the secret."""

import secrets
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import codes
from bot.cases.rules import Act, Step
from bot.cases.service import work
from bot.cases.tracking import CHOOSE, Found, status
from bot.settings import derive
from tests.cases.people import opened, staff_of
from tests.conversations.town import MORNING, said


async def asked(session: AsyncSession, talk: UUID, words: str, code: str | None = None) -> Found:
    return await status(session, talk, words, code, derive)


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
    from bot.conversations.service import Incoming, receive

    more = await receive(visit, first.conversation_id, Incoming("web", secrets.token_hex(8), "ừ", {}), MORNING)
    second = await opened(visit, message=more)
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
