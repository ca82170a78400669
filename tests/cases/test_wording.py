"""What residents are told: for every act, state and outcome; no refusal sounds like a success."""

import pytest

from bot.cases.reasons import REFUSALS
from bot.cases.rules import TABLE, Act, Who
from bot.cases.states import GIVEN, OUTCOMES, RESOLVED, STATES
from bot.cases.wording import ANSWERS, NEWS, Told, followed, news
from bot.language import fold

OFFICE = "UBND xã Nậm Lúa"
CHEERFUL = ("chuc mung", "vui mung", "da giai quyet xong", "da xong", "hoan thanh", "thanh cong")


def told(outcome: str | None = None, reason: str | None = None, competent: str = "", text: str = "") -> Told:
    return Told(
        "XH-1111-1111", OFFICE, "UBND xã B", "UBND xã A", text=text, reason=reason, competent=competent, outcome=outcome
    )


def answer(outcome: str) -> str:
    reason = next(iter(REFUSALS[outcome])) if outcome in REFUSALS else None
    competent = "Tòa án nhân dân khu vực 1" if outcome == "not_within_authority" else ""
    return news(Act.ANSWER, told(outcome, reason, competent, "Nội dung trả lời"))


def test_every_outcome_that_an_official_gives_has_its_words() -> None:
    assert set(ANSWERS) == set(GIVEN)


@pytest.mark.parametrize("outcome", GIVEN)
def test_an_answer_names_code_office_words_and_the_way_to_reopen(outcome: str) -> None:
    words = answer(outcome)
    for part in ("XH-1111-1111", OFFICE, "Nội dung trả lời", "trong 10 ngày", "mở lại phiếu XH-1111-1111"):
        assert part in words
    assert "{" not in words


@pytest.mark.parametrize("outcome", [outcome for outcome in GIVEN if outcome not in RESOLVED])
def test_only_what_is_resolved_is_told_as_done(outcome: str) -> None:
    assert not any(word in fold(answer(outcome)) for word in CHEERFUL)


@pytest.mark.parametrize("outcome", sorted(RESOLVED))
def test_what_is_resolved_is_told_as_the_offices_word(outcome: str) -> None:
    assert f"{OFFICE} báo đã giải quyết xong" in answer(outcome)


@pytest.mark.parametrize(("outcome", "reason"), [(o, r) for o, reasons in REFUSALS.items() for r in reasons])
def test_a_refusal_says_why_in_words(outcome: str, reason: str) -> None:
    words = news(Act.ANSWER, told(outcome, reason, "Tòa án nhân dân khu vực 1", "Nội dung"))
    assert REFUSALS[outcome][reason] in words


def test_who_is_competent_is_named() -> None:
    assert "Nơi có thẩm quyền: Tòa án nhân dân khu vực 1." in answer("not_within_authority")


def test_every_act_that_residents_see_and_others_do_has_its_words() -> None:
    """What senders do themselves is answered in their own talk."""
    by_others = {rule.act for rule in TABLE if rule.shown and not rule.who <= {Who.SENDER, Who.FOLLOWER, Who.READER}}
    assert by_others <= {*NEWS, Act.ANSWER}


@pytest.mark.parametrize("act", sorted(NEWS))
def test_news_are_filled_in_and_name_the_case(act: Act) -> None:
    words = news(act, told(reason="not_our_place"))
    assert "XH-1111-1111" in words
    assert "{" not in words


def test_a_transfer_says_who_has_it_and_who_answers_till_then() -> None:
    words = news(Act.TRANSFER, told(reason="needs_higher"))
    assert "sang UBND xã B" in words
    assert f"{OFFICE} vẫn chịu trách nhiệm" in words
    assert "cần cấp trên giải quyết" in words


@pytest.mark.parametrize("state", sorted(STATES))
@pytest.mark.parametrize("outcome", [None, *sorted(OUTCOMES)])
def test_who_follows_is_told_the_state_in_plain_words(state: str, outcome: str | None) -> None:
    words = followed("XH-1111-1111", state, outcome)
    assert "XH-1111-1111" in words
    assert not any(word in fold(words) for word in CHEERFUL)
    assert "Bác đã rút" not in words  # it was somebody else
