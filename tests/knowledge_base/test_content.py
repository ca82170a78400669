"""What is shipped: all facts with their standing, and content that passes its own check."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.check import check
from knowledge_base.citations import written
from knowledge_base.facts import TOPICS, Fact
from knowledge_base.loader import Content, ContentError, load

NUMBERED = {
    "CK": 38, "BQ": 28, "YK": 9, "GS": 27, "HU": 30, "TH": 10, "TCD": 33, "DT": 9, "PA": 14, "KN": 22,
    "TC": 20, "TT": 12, "HG": 10, "DD": 10, "DL": 7, "TG": 6, "CQ": 31, "DN": 29, "VT": 5, "EM": 5,
}  # fmt: skip
"""How many facts each prefix has, numbered from 01 without a gap."""


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.fixture(scope="module")
def facts(content: Content) -> dict[str, Fact]:
    return {fact.id: fact for fact in content.facts}


def test_every_fact_is_there_once(content: Content) -> None:
    expected = [f"{prefix}-{number:02}" for prefix, last in NUMBERED.items() for number in range(1, last + 1)]
    assert sorted(fact.id for fact in content.facts) == sorted(expected)
    assert len(expected) == 355


def test_standings(content: Content) -> None:
    count = Counter(fact.standing for fact in content.facts)
    assert count == {"sure": 236, "ask_an_official": 106, "conflicting": 5, "own": 8}


def test_kinds(content: Content) -> None:
    count = Counter(fact.kind for fact in content.facts)
    assert count == {"rule": 336, "changed": 5, "policy": 4, "emergency": 5, "office": 5}


def test_own_facts_cite_nothing_and_all_others_cite(content: Content) -> None:
    assert all(bool(fact.citations) != (fact.standing == "own") for fact in content.facts)


@pytest.mark.parametrize(
    ("fact", "cited"),
    [
        ("CK-01", ["Điều 5 khoản 1 Luật 10/2022/QH15"]),  # the usual form
        # one document for two places
        ("CK-14", ["Điều 11 khoản 13 Luật 10/2022/QH15", "Điều 13 khoản 2 Luật 10/2022/QH15"]),
        ("TCD-12", ["Điều 7 khoản 1 điểm a–d Luật 42/2013/QH13"]),  # a range of points
        ("TCD-03", ["Điều 15 khoản 2 điểm d Luật 42/2013/QH13 (bản gốc)"]),  # which text of the document
        ("KN-20", ["Điều 8 Nghị định 124/2020/NĐ-CP", "Điều 6 Nghị định 155/2026/NĐ-CP"]),  # amended by
        ("KN-07", ["Điều 10 Nghị định 155/2026/NĐ-CP", "Điều 27, 36 Luật 02/2011/QH13"]),  # sources that disagree
        ("TC-19", []),  # our own policy
    ],
)
def test_citations(facts: dict[str, Fact], fact: str, cited: list[str]) -> None:
    assert [written(citation) for citation in facts[fact].citations] == cited


@pytest.mark.parametrize(
    ("fact", "first", "last"),
    [
        ("CK-01", None, None),  # no date told, none guessed
        ("TCD-02", date(2026, 7, 1), None),  # “đang áp dụng từ 01/7/2026”
        ("TCD-03", None, date(2026, 6, 30)),  # “chỉ áp dụng đến 30/6/2026”
        ("TT-06", None, date(2026, 8, 31)),  # “hết hiệu lực từ 01/9/2026”: the day before is the last
        ("DD-07", date(2025, 7, 1), date(2027, 2, 28)),  # both ends told
    ],
)
def test_in_force(facts: dict[str, Fact], fact: str, first: date | None, last: date | None) -> None:
    assert (facts[fact].in_force_from, facts[fact].in_force_to) == (first, last)


def test_every_topic_has_facts_and_only_desk_and_emergency_facts_have_none(content: Content) -> None:
    topics = {fact.id: content.topics.of(fact.id) for fact in content.facts}
    assert {topic for topic in topics.values() if topic} == set(TOPICS)
    assert {id_.split("-")[0] for id_, topic in topics.items() if topic is None} == {"VT", "EM"}


def test_shipped_content_passes_its_check(content: Content) -> None:
    assert [str(finding) for finding in check(content, date(2026, 11, 21)) if finding.level != "report"] == []


def test_there_are_answers_on_every_topic(content: Content) -> None:
    assert len(content.answers) >= 220
    assert {answer.topic for answer in content.answers} == set(TOPICS)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "land.yml").write_text("- id: DD-01\n  kind: rule\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"land\.yml: DD-01"):
        load(tmp_path)
