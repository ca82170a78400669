"""The check catches planted faults: one good answer, and each fault that must not be shipped."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge_base.answers import Answer
from knowledge_base.check import Finding, check, main
from knowledge_base.facts import Citation, Fact, Topics
from knowledge_base.loader import Content

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


def findings(*answers: Answer, facts: tuple[Fact, ...] = (RULE, OLD)) -> list[Finding]:
    return check(Content(facts, answers, Topics({"CK": "disclosure"}, {}), ()))


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
        ({"text": "Xã dán. " * 80}, "at most 600"),  # first view too long
        ({"more": "Xã dán. " * 200}, "at most 1500"),  # the rest too long
        ({"id": "board"}, "begin with its topic"),  # an id that hides its topic
        ({"id": "disclosure-Bảng"}, "kebab"),  # an id no machine likes
        ({"ways": ()}, "no way of asking"),  # nobody would find it
    ],
)
def test_a_planted_fault_is_an_error(change: dict[str, object], told: str) -> None:
    found = findings(replace(GOOD, **change))  # type: ignore[arg-type]
    assert any(finding.level == "error" and told in finding.what for finding in found), found


@pytest.mark.parametrize(
    "text",
    [
        "1. Xã dán ở trụ sở.\n2. Xã dán ở bản.",  # numbering of lines is no claim
        "Xã dán 30 ngày theo Luật 10/2022.",  # the short form of a document's number
        "Xã dán ở trụ sở, ai cũng xem được một tháng.",  # “một” is mostly no number
    ],
)
def test_what_is_no_fault(text: str) -> None:
    assert findings(replace(GOOD, text=text)) == []


def test_a_changed_answer_may_rest_on_a_changed_rule() -> None:
    changed = replace(GOOD, facts=("CK-22", "CK-90"), changed=True, text="Trước 01/7/2026 là 20 ngày, nay 30 ngày.")
    assert findings(changed) == []


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
    found = findings(GOOD, replace(GOOD, id="disclosure-other", ways=(way,)))
    assert [(f.level, f.where) for f in found] == [(level, "disclosure-board")]


def test_a_rule_without_an_answer_is_reported_and_no_error(tmp_path: Path) -> None:
    assert [(f.level, f.where) for f in findings(facts=(RULE, OLD))] == [("report", "CK-22")]


def test_the_command_fails_on_errors_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    (tmp_path / "answers").mkdir()
    bad = "- {id: land-x, topic: land, title: Đất, text: Đất, facts: [DD-01], ways: [đất]}\n"
    (tmp_path / "answers" / "land.yml").write_text(bad, encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    assert "error: land-x: fact DD-01 does not exist" in capsys.readouterr().out
