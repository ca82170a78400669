"""The check catches planted faults: one good answer, and each fault that must not be shipped."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.answers import Answer
from knowledge_base.check import check, main
from knowledge_base.checks.findings import Finding
from knowledge_base.facts import Citation, Fact, Topics
from knowledge_base.loader import Content

TODAY = date(2026, 11, 21)
LAW = Citation("Luật 10/2022/QH15", "13", "2")
RULE = Fact(
    "CK-22", "rule", "sure", "Niêm yết ở trụ sở xã ít nhất 30 ngày; công khai trong 05 ngày làm việc.",
    (LAW,), None, None, "VERIFIED",
)  # fmt: skip
OLD = replace(RULE, id="CK-90", kind="changed", text="Trước 01/7/2026 thời gian niêm yết là 20 ngày.")
GOOD = Answer(
    id="disclosure-board",
    topic="disclosure",
    title="Giấy tờ niêm yết bao lâu?",
    text="Xã dán ở trụ sở ít nhất 30 ngày, chậm nhất 5 ngày làm việc sau khi có văn bản.",
    more="Điều 13 khoản 2 Luật 10/2022/QH15 nói như vậy.",
    facts=("CK-22",),
    ways=("giấy dán bao lâu thì gỡ",),
)


def findings(*answers: Answer, facts: tuple[Fact, ...] = (RULE,)) -> list[Finding]:
    return check(Content(facts, answers, Topics({"CK": "disclosure"}, {}), ()), TODAY)


def test_a_good_answer_has_no_findings() -> None:
    assert findings(GOOD) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"text": "Xã dán 40 ngày."}, "40 ngày"),  # a number no fact has
        ({"text": "Xã dán 30 ngày làm việc."}, "30 ngày làm việc"),  # working days are not days
        ({"text": "Xã công khai trong 5 ngày."}, "5 ngày"),  # and days are not working days
        ({"text": "Xã dán hai mươi ngày."}, "20 ngày"),  # a number in words
        ({"text": "Quá 50% hộ đồng ý."}, "50 %"),  # a share
        ({"more": "Gọi 1900 nếu cần."}, "1900"),  # an invented telephone number
        ({"more": "Có từ 01/7/2023."}, "1/7/2023"),  # a date
        ({"more": "Theo Điều 14 luật này."}, "Điều 14"),  # another article
        ({"more": "Theo khoản 3 Điều 13."}, "Khoản 3"),  # another clause
        ({"more": "Theo Nghị định 59/2023/NĐ-CP."}, "59/2023/NĐ-CP"),  # another document
        ({"facts": ("CK-22", "CK-99")}, "CK-99 does not exist"),  # an unknown fact
        ({"facts": ("CK-22", "CK-90")}, "changed rule CK-90"),  # rests on a changed rule in silence
        ({"changed": True}, "rests on no changed rule"),  # says “changed” of nothing
        ({"text": "Xã dán 30 ngày. Nội dung này cần cán bộ xác nhận."}, "by hand"),  # the caution is ours to add
        ({"text": "Xa phai dan o tru so it nhat 30 ngay cho dan xem."}, "without Vietnamese marks"),  # marks lost
        ({"text": "Xa phai dán ở tru so, ai cũng xem được."}, "“tru so” has lost its marks"),  # in two words only
        ({"text": "Bác mở ticket để hỏi."}, "“ticket” is no word residents know"),  # a foreign word
        ({"text": "Bác hỏi bot của xã."}, "by the glossary “trợ lý”"),  # our own word, though it could be Vietnamese
        ({"facts": ()}, "rests on no fact"),  # nothing behind it
        ({"text": "Xã dán. " * 80}, "at most 600"),  # first view too long
        ({"more": "Xã dán. " * 200}, "at most 1500"),  # the rest too long
        ({"id": "board"}, "begin with its topic"),  # an id that hides its topic
        ({"id": "disclosure-Bảng"}, "kebab"),  # an id no machine likes
        ({"ways": ()}, "no way of asking"),  # nobody would find it
    ],
)
def test_a_planted_fault_is_an_error(change: dict[str, object], told: str) -> None:
    found = findings(replace(GOOD, **change), facts=(RULE, OLD))  # type: ignore[arg-type]
    assert any(finding.level == "error" and told in finding.what for finding in found), found


@pytest.mark.parametrize(
    "text",
    [
        "1. Xã dán ở trụ sở.\n2. Xã dán ở bản.",  # numbering of lines is no claim
        "Xã dán 30 ngày theo Luật 10/2022.",  # the short form of a document's number
        "Xã dán ở trụ sở, ai cũng xem được một tháng.",  # “một” is mostly no number
        "UBND và MTTQ cùng dán.",  # abbreviations that the glossary knows
        "Hỏi gì, thuở nào, quẩy gánh.",  # rare syllables are Vietnamese all the same
    ],
)
def test_what_is_no_fault(text: str) -> None:
    assert findings(replace(GOOD, text=text)) == []


def test_a_changed_answer_may_rest_on_a_changed_rule() -> None:
    changed = replace(GOOD, facts=("CK-22", "CK-90"), changed=True, text="Trước 01/7/2026 là 20 ngày, nay 30 ngày.")
    assert findings(changed, facts=(RULE, OLD)) == []


def test_a_duplicate_id_is_an_error() -> None:
    assert [f.what for f in findings(GOOD, replace(GOOD, ways=("dán mấy hôm",)))] == ["answer id is used 2 times"]


@pytest.mark.parametrize(
    ("way", "level"),
    [
        ("GIẤY dán bao lâu thì gỡ", "error"),  # the same words
        ("bao lâu thì gỡ giấy dán vậy", "warning"),  # the same words in other order
    ],
)
def test_one_question_under_two_answers(way: str, level: str) -> None:
    other = replace(GOOD, id="disclosure-other", ways=(way, "xã dán giấy ở đâu", "ai được xem bảng tin"))
    assert [(f.level, f.where) for f in findings(GOOD, other)] == [(level, "disclosure-board")]


def test_all_but_a_small_word_under_two_answers_is_a_warning() -> None:
    small = ("họp thì phải ghi sổ", "ai phải ký", "phải xin phép xã", "đơn phải có dấu", "việc gì cũng phải họp")
    here = replace(GOOD, ways=("phương án đền bù niêm yết ở trụ sở mấy ngày", *small))
    there = replace(GOOD, id="disclosure-other", ways=("phương án đền bù phải niêm yết ở trụ sở mấy ngày",))
    assert [f.level for f in findings(here, there)] == ["warning"]


@pytest.mark.parametrize(
    "way",
    [
        "giấy dán bao lâu thì hỏng",  # one word that tells much
        "giấy dán ở đâu",  # the same thing, another question
    ],
)
def test_two_questions_under_two_answers(way: str) -> None:
    other = replace(GOOD, id="disclosure-other", ways=(way, "xã dán giấy ở chỗ nào", "ai được xem bảng tin"))
    assert findings(GOOD, other) == []


def test_a_name_written_otherwise_than_in_the_glossary_is_a_warning() -> None:
    found = findings(replace(GOOD, text="Uỷ ban Nhân dân xã dán; Ủy ban nhân dân tỉnh xem."))
    assert [str(f) for f in found] == ["warning: disclosure-board: “Uỷ ban Nhân dân” is written “Ủy ban nhân dân”"]


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (None, date(2026, 11, 20), ["report: disclosure-board: withheld today: CK-22 ended on 2026-11-20"]),
        (None, TODAY, []),  # its last day
        (date(2027, 3, 1), None, ["report: disclosure-board: withheld today: CK-22 begins on 2027-03-01"]),
    ],
)
def test_an_answer_withheld_today_is_reported(first: date | None, last: date | None, told: list[str]) -> None:
    found = findings(GOOD, facts=(replace(RULE, in_force_from=first, in_force_to=last),))
    assert [str(finding) for finding in found] == told


def test_a_rule_without_an_answer_is_reported_and_no_error() -> None:
    assert [(f.level, f.where) for f in findings(facts=(RULE, OLD))] == [("report", "CK-22"), ("report", "CK-90")]


def test_the_command_fails_on_errors_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    (tmp_path / "answers").mkdir()
    bad = "- {id: land-x, topic: land, title: Đất, text: Đất, facts: [DD-01], ways: [đất]}\n"
    (tmp_path / "answers" / "land.yml").write_text(bad, encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    assert "error: land-x: fact DD-01 does not exist" in capsys.readouterr().out
