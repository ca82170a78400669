"""The small rules: caution, how a citation is written, when a fact may be told, which topic it has."""

from datetime import date

import pytest

from knowledge_base.caution import CAUTION, caution, with_caution
from knowledge_base.citations import written
from knowledge_base.facts import Citation, Topics
from knowledge_base.force import Window, common, window


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        ("sure", None),  # read in the law itself
        ("own", None),  # our policy and emergency numbers: no official confirms those
        ("ask_an_official", CAUTION),  # seen only at second hand
        ("conflicting", CAUTION),  # sources disagree
    ],
)
def test_caution_of_a_fact(standing: str, expected: str | None) -> None:
    assert caution(standing) == expected


@pytest.mark.parametrize(
    ("standings", "lines"),
    [
        (["sure", "own"], 0),  # nothing to confirm
        (["sure", "ask_an_official"], 1),  # one uncertain fact is enough
        (["conflicting", "ask_an_official"], 1),  # and two do not say it twice
        ([], 0),  # no fact, no caution
    ],
)
def test_caution_of_an_answer_is_one_last_line(standings: list[str], lines: int) -> None:
    text = with_caution("Xã niêm yết 30 ngày.", standings)
    assert text.count(CAUTION) == lines
    assert text.endswith(CAUTION) == bool(lines)
    assert text.startswith("Xã niêm yết 30 ngày.")


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        (Citation("Luật 10/2022/QH15", "11", "1", "a"), "Điều 11 khoản 1 điểm a Luật 10/2022/QH15"),  # all parts
        (Citation("Luật 10/2022/QH15", "10"), "Điều 10 Luật 10/2022/QH15"),  # a whole article
        (Citation("Luật Tiếp cận thông tin 2026"), "Luật Tiếp cận thông tin 2026"),  # number and article unknown
        (Citation("Luật 10/2022/QH15", "11", "1–14"), "Điều 11 khoản 1–14 Luật 10/2022/QH15"),  # a range
        (Citation("Luật X", "13", "2 đoạn 2"), "Điều 13 khoản 2 đoạn 2 Luật X"),  # a passage of a clause
        (Citation("Luật X", "11", "đoạn mở đầu"), "Điều 11 đoạn mở đầu Luật X"),  # the passage before the clauses
        (Citation("Luật Khiếu nại", "11a"), "Điều 11a Luật Khiếu nại"),  # an inserted article
    ],
)
def test_written_citation(citation: Citation, expected: str) -> None:
    assert written(citation) == expected


@pytest.mark.parametrize(
    ("kind", "first", "last", "on", "told"),
    [
        ("rule", None, None, date(2026, 11, 20), True),  # the source tells no date: in force
        ("rule", date(2026, 7, 1), None, date(2026, 6, 30), False),  # the day before it begins
        ("rule", date(2026, 7, 1), None, date(2026, 7, 1), True),  # the day it begins
        ("rule", date(2025, 7, 1), date(2027, 2, 28), date(2027, 2, 28), True),  # its last day
        ("rule", date(2025, 7, 1), date(2027, 2, 28), date(2027, 3, 1), False),  # the day after
        ("changed", None, date(2026, 6, 30), date(2026, 6, 30), False),  # not yet changed: the old rule still holds
        ("changed", None, date(2026, 6, 30), date(2026, 7, 1), True),  # “đã thay đổi” is true from the day after
        ("changed", None, None, date(2026, 1, 1), True),  # changed at a day no source tells
        ("emergency", None, None, date(2026, 11, 20), True),  # emergency numbers are always told
    ],
)
def test_when_a_fact_may_be_told(kind: str, first: date | None, last: date | None, on: date, told: bool) -> None:
    assert window(kind, first, last).holds(on) is told


def test_an_answer_is_told_only_while_all_its_facts_are() -> None:
    until, since = Window(last=date(2026, 8, 31)), Window(first=date(2026, 9, 1))
    assert not any(common([until, since]).holds(day) for day in (date(2026, 8, 31), date(2026, 9, 1)))
    assert common([until, Window()]).holds(date(2026, 8, 31))
    assert common([]).holds(date(2026, 8, 31))


@pytest.mark.parametrize(
    ("fact", "topic"),
    [
        ("CK-01", "disclosure"),  # by its prefix
        ("KN-15", "land"),  # a single exception wins
        ("EM-01", None),  # emergency numbers have no topic
    ],
)
def test_topic_of_a_fact(fact: str, topic: str | None) -> None:
    assert Topics({"CK": "disclosure", "KN": "procedure_rights"}, {"KN-15": "land"}).of(fact) == topic
