"""What the evaluation counts: spellings, twins, outcomes, figures, comparison."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.evaluation.checking import problems
from benchmarks.evaluation.conditions import all_typed, half
from benchmarks.evaluation.domain import first_actions, responses
from benchmarks.evaluation.outcomes import Outcome, outcome_of
from benchmarks.evaluation.outside import is_held, refusals
from benchmarks.evaluation.readme import put_into_readme, table_in
from benchmarks.evaluation.rows import NotARow, Row, read
from benchmarks.evaluation.scoring import (
    conditions,
    false_alarm,
    is_miss,
    missed,
    right_first,
    right_offered,
    safety,
    wrong_sure,
)
from benchmarks.evaluation.table import KEPT, regressions, table
from benchmarks.evaluation.twins import drop, skeleton, taught, twin_of
from bot.language import fold
from knowledge_base.answers import Answer
from knowledge_base.facts import Topics
from knowledge_base.loader import Content

QUESTION = Row("evaluation/land.yml 1", "mấy hôm thì trả tiền đất", "question", frozenset({"DD-05"}))


def other(kind: str) -> Row:
    return Row("evaluation/acts.yml 1", f"lời nào đó {kind}", kind)


def test_half_of_the_syllables_are_stripped_always_the_same() -> None:
    said = "phương án bồi thường được niêm yết ở đâu vậy hả"
    typed = half(said)
    kept = [a == b for a, b in zip(said.split(), typed.split(), strict=True)]
    assert (fold(typed), half(said)) == (fold(said), typed)
    assert kept.count(False) == len(kept) // 2


def test_a_question_is_judged_as_typed_in_every_way_and_the_rest_in_two() -> None:
    assert [name for name, _ in all_typed(QUESTION)] == ["accented", "stripped", "half"]
    by_hand = Row("x 1", "không", "question", teencode="ko", misspelt="khong")
    assert dict(all_typed(by_hand)) | {"half": ""} == {
        "accented": "không",
        "stripped": "khong",
        "half": "",
        "teencode": "ko",
        "misspelt": "khong",
    }
    assert [name for name, _ in all_typed(other("human"))] == ["accented", "stripped"]


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Xã phải công khai gì ạ?", "cho hỏi xã phải công khai những gì", True),  # only politeness differs
        ("công khai xã phải", "xa phai cong khai", True),  # order and marks do not matter
        ("trưởng thôn bầu mấy năm", "trưởng thôn bầu mấy tháng", False),  # one telling word
        ("là gì", "cho em hỏi", False),  # nothing but function words: all of them tell
    ],
)
def test_twins_say_the_same_in_the_words_that_tell(one: str, two: str, same: bool) -> None:
    assert (skeleton(one) == skeleton(two)) is same


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / "nlu.yml").write_text("nlu:\n- intent: emergency\n  examples: |\n    - cháy nhà rồi\n", "utf-8")
    return folder


def content(**more: Any) -> Content:
    answer = Answer("land-pay", "land", "Hạn trả tiền bồi thường", "…", None, ("DD-05",), ("bao lâu trả tiền đền bù",))
    return Content((), (answer,), Topics({"DD": "land"}, {}), (), **more)


@pytest.mark.parametrize(
    ("said", "twin"),
    [
        ("cho hỏi hạn trả tiền bồi thường ạ", "land-pay"),  # the title
        ("trả tiền đền bù bao lâu", "land-pay"),  # a way of asking
        ("chay nha", "nlu.yml"),  # an example of an intent
        ("lúa nhà tôi bị ngập", None),
    ],
)
def test_a_twin_is_found_wherever_it_is_taught(lessons: Path, said: str, twin: str | None) -> None:
    known = taught(content(), [lessons])
    assert twin_of(Row("x 1", said, "question"), known) == twin
    assert twin_of(Row("x 1", "khác hẳn", "question", teencode=said), known) == twin


def held_out(folder: Path, name: str, rows: list[dict[str, Any]]) -> Path:
    path = folder / name / "acts.yml"
    path.parent.mkdir(parents=True)
    path.write_text("# What it is.\n" + yaml.safe_dump(rows, allow_unicode=True), "utf-8")
    return path


def test_dropping_takes_twins_and_repetitions_and_nothing_else(tmp_path: Path, lessons: Path) -> None:
    twin, fine = {"text": "cháy nhà", "kind": "emergency"}, {"text": "nước lên tới mái", "kind": "emergency"}
    measured = held_out(tmp_path, "evaluation", [twin, fine])
    tuned = held_out(tmp_path, "calibration", [{"text": "tới mái nước lên ạ", "kind": "emergency"}])
    dropped = drop(taught(content(), [lessons]), tmp_path)
    assert dropped == {"evaluation/acts.yml": 1, "calibration/acts.yml": 1}
    assert measured.read_text("utf-8").startswith("# What it is.\n")
    assert [row.text for row in read("evaluation", tmp_path)] == [fine["text"]]
    assert yaml.safe_load(tuned.read_text("utf-8")) == []


def test_a_row_of_no_kind_is_refused_without_being_quoted(tmp_path: Path) -> None:
    held_out(tmp_path, "evaluation", [{"text": "bí mật", "kind": "whatever"}])
    with pytest.raises(NotARow) as refused:
        read("evaluation", tmp_path)
    assert "bí mật" not in str(refused.value)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row("r 1", "cháy nhà", "emergency"), "is taught in nlu.yml"),
        (Row("r 1", "lời lạ", "question", frozenset({"XX-01"})), "no such fact: XX-01"),
        (Row("r 1", "lời lạ", "question"), "a question rests on facts"),
        (Row("r 1", "lời lạ", "human", frozenset({"DD-05"})), "a question rests on facts"),
        (Row("r 1", "tiền đất trả mấy hôm ạ", "question", frozenset({"DD-05"})), "says the same as an earlier row"),
    ],
)
def test_what_makes_a_row_unfit_is_named(lessons: Path, row: Row, said: str) -> None:
    known = taught(content(), [lessons])
    found = problems({"evaluation": [QUESTION, row]}, known, {"DD-05": "land"}, complete=False)
    assert len(found) == 1
    assert said in found[0]


def test_too_few_rows_kinds_and_topics_are_named(lessons: Path) -> None:
    known = taught(content(), [lessons])
    facts = {"DD-05": "land", "TC-01": "procedure_rights", "EM-01": ""}
    found = problems({"evaluation": [QUESTION]}, known, facts)
    assert [line.split(": ", 1)[1][:24] for line in found] == [
        "1 questions, at least 80",
        "no row of kind unheld, o",
        "no question on procedure",
    ]


ANSWER = {"kind": "answer", "text": "…", "answer": "land-pay", "facts": ["DD-05"]}
OFFER = {"label": "Hạn trả tiền", "facts": ["DD-05"]}
REPORT = {"kind": "ask", "text": "Việc này xảy ra ở đâu? Bác cho tôi tên bản (thôn, tổ) và tên xã.", "buttons": []}


@pytest.mark.parametrize(
    ("replies", "expected"),
    [
        ([ANSWER], Outcome("answered", "land-pay", frozenset({"DD-05"}))),
        ([{**ANSWER, "buttons": [OFFER, {"label": "Gặp cán bộ"}]}], "answered"),
        ([{"kind": "clarify", "text": "…", "buttons": [OFFER]}], "asked_back"),
        (
            [{"kind": "clarify", "text": "…", "buttons": [{"label": "Gặp cán bộ"}]}],
            "rephrase",
        ),  # nothing to choose from
        ([{"kind": "guidance", "text": "…", "topic": "denunciation"}], "denunciation"),
        ([{"kind": "guidance", "text": "…", "topic": "complaint"}], "complaint"),
        ([{"kind": "emergency", "text": "…", "facts": ["EM-01"]}], "emergency"),
        ([REPORT], "feedback"),
        ([{"kind": "notice", "text": "…"}, REPORT], "feedback"),  # a remark says nothing
        ([{"kind": "ask", "text": "Bác nhắn giúp tôi mã phiếu"}], "other"),
        ([{"kind": "handover", "text": "…"}], "human"),
        ([{"kind": "small_talk", "text": "…"}, ANSWER], "answered"),
        ([], "other"),
    ],
)
def test_replies_tell_what_became_of_a_message(replies: list[Any], expected: Outcome | str) -> None:
    found = outcome_of(replies)
    assert (found if isinstance(expected, Outcome) else found.act) == expected


def test_two_answers_to_one_message_count_together() -> None:
    second = {"kind": "answer", "text": "…", "answer": "land-plan", "facts": ["DD-02"]}
    assert outcome_of([second, ANSWER]) == Outcome("answered", "land-plan", frozenset({"DD-02", "DD-05"}))


def test_every_question_and_alarm_has_a_rule() -> None:
    actions = first_actions()
    assert actions["ask_land"] == "action_answer"
    assert actions["nlu_fallback"] == "action_default_fallback"
    assert actions["emergency"] == "action_emergency"
    assert all(action in responses() for action in actions.values() if action.startswith("utter_"))


RIGHT, WRONG = frozenset({"DD-05", "DD-01"}), frozenset({"TC-01"})


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        # first, offered, wrong and sure, missed
        (Outcome("answered", "a", RIGHT), (True, True, False, False)),
        (Outcome("answered", "a", WRONG), (False, False, True, False)),
        (Outcome("answered", "a", WRONG, (RIGHT,)), (False, True, True, False)),  # a related question
        (Outcome("answered"), (False, False, True, False)),  # rests on nothing
        (Outcome("asked_back", offered=(RIGHT, WRONG)), (True, True, False, False)),
        (Outcome("asked_back", offered=(WRONG, RIGHT)), (False, True, False, False)),
        (Outcome("asked_back", offered=(WRONG,)), (False, False, False, False)),
        (Outcome("complaint", "a", RIGHT), (True, True, False, False)),  # a question about complaining
        (Outcome("complaint", "a", WRONG), (False, False, False, True)),
        (Outcome("denunciation", "a", RIGHT), (False, False, False, True)),  # its text would be sealed
        (Outcome("rephrase"), (False, False, False, True)),
        (Outcome("human"), (False, False, False, True)),
    ],
)
def test_a_question_is_right_offered_wrong_or_missed(outcome: Outcome, expected: tuple[bool, ...]) -> None:
    judges = (right_first, right_offered, wrong_sure, missed)
    assert tuple(judge(QUESTION, outcome) for judge in judges) == expected
    assert is_miss(QUESTION, outcome) is not expected[0]


@pytest.mark.parametrize(
    ("kind", "outcome", "alarm"),
    [
        ("unheld", Outcome("denunciation"), True),
        ("feedback", Outcome("complaint", "a", RIGHT), True),
        ("human", Outcome("emergency"), True),
        ("out_of_scope", Outcome("answered", "a", RIGHT), False),
    ],
)
def test_false_alarms(kind: str, outcome: Outcome, alarm: bool) -> None:
    assert false_alarm(other(kind), outcome) is alarm


def test_the_worse_of_accented_and_stripped_counts() -> None:
    rows = [other("denunciation"), other("feedback")]
    told = {row.text: Outcome(row.kind) for row in rows}  # type: ignore[arg-type]
    bare = {fold(row.text): Outcome("rephrase") for row in rows}
    figures = safety(rows, told | bare)
    assert (figures.denunciation_missed, figures.feedback_recognised) == (100.0, 0.0)
    assert (figures.unheld_answered, figures.false_alarms) == (0.0, 0.0)


def test_a_condition_counts_only_rows_written_in_it() -> None:
    said = {text: Outcome("answered", "a", RIGHT) for _, text in all_typed(QUESTION)}
    found = conditions([QUESTION, other("human")], said)
    assert {name: figures.n for name, figures in found.items()} == {
        "accented": 1,
        "stripped": 1,
        "half": 1,
        "teencode": 0,
        "misspelt": 0,
    }
    assert (found["half"].right_first, found["half"].answered_at_once) == (100.0, 100.0)


def report(**changed: float) -> dict[str, Any]:
    figures = {"n": 900, "right_first": 93.0, "right_offered": 98.0, "wrong_sure": 1.0, "missed": 2.0}
    kept = {"unheld_answered": 1.0, "denunciation_missed": 0.5, "complaint_missed": 0.5, "emergency_missed": 0.5}
    times = {"parse_ms_p50": 2.0, "search_ms_p50": 2.5, "train_s": None}
    return {
        "conditions": {"accented": {k: changed.get(k, v) for k, v in figures.items()}},
        "safety": {k: changed.get(k, v) for k, v in {**kept, "false_alarms": 1.0, "feedback_recognised": 97.0}.items()},
        "time": {k: changed.get(k, v) for k, v in times.items()},
        "outside": None,
    }


@pytest.mark.parametrize(
    ("changed", "worse"),
    [
        ({}, []),
        ({"right_first": 92.5}, []),  # half a point is chance
        ({"right_first": 92.4}, ["accented, right_first: 93.0 → 92.4"]),
        ({"right_first": 99.0, "wrong_sure": 0.0}, []),  # better is no regression
        ({"wrong_sure": 1.6}, ["accented, wrong_sure: 1.0 → 1.6"]),
        ({"feedback_recognised": 96.0}, ["safety, feedback_recognised: 97.0 → 96.0"]),
        ({"false_alarms": 3.0}, ["safety, false_alarms: 1.0 → 3.0"]),
        ({"n": 100, "parse_ms_p50": 50.0}, []),  # sizes and times are not compared
    ],
)
def test_only_what_is_worse_by_more_than_half_a_point_is_a_regression(
    changed: dict[str, float], worse: list[str]
) -> None:
    assert regressions(report(**changed), report()) == worse


def test_the_table_names_every_figure_and_what_was_not_measured() -> None:
    shown = table(report())
    assert "| right answer first, % | 93.0 |" in shown
    assert "| training, s | not measured |" in shown
    assert "outside data: not measured" in shown
    assert "| vnlaw-qa: refusal_recall | 100.0 |" in table(
        {**report(), "outside": {"vnlaw-qa": {"refusal_recall": 100.0}}}
    )


def test_readme_takes_the_table_between_its_marks(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("# A\n\n<!-- make evaluate KEEP=1 writes from here -->\nold\n<!-- to here -->\n\nend\n", "utf-8")
    for words in ("| one |", "| two |"):
        put_into_readme(words, readme)
    assert table_in(readme) == "| two |"
    assert readme.read_text("utf-8").startswith("# A\n\n<!--")
    assert readme.read_text("utf-8").endswith("-->\n\nend\n")


@pytest.mark.parametrize(
    ("title", "held"),
    [
        ("Luật Đất đai (VBHN 2025)", True),  # by its number
        ("Bộ luật Lao động (VBHN 2025)", True),
        ("Luật Khiếu nại", True),  # by its name
        ("Luật An ninh mạng 2025", False),
        ("Luật Nhà ở (VBHN 2025)", False),
    ],
)
def test_a_law_is_held_by_name_or_number(title: str, held: bool) -> None:
    assert is_held(title, ["Luật 31/2024/QH15", "Bộ luật Lao động 45/2019/QH14", "Luật Khiếu nại"]) is held


def test_what_must_be_refused_and_what_was() -> None:
    ours, not_ours = [{"document_title": "Luật Khiếu nại"}], [{"document_title": "Luật Nhà ở"}]
    rows = [
        {"decision": "answer_allowed", "targets": ours},
        {"decision": "answer_allowed", "targets": not_ours},
        {"decision": "fallback_required", "targets": ours},
    ]
    acts = [Outcome("answered"), Outcome("answered"), Outcome("asked_back")]
    assert refusals(rows, ["Luật Khiếu nại"], acts) == {
        "sure_answers_forbidden": 50.0,
        "refusal_precision": 100.0,
        "refusal_recall": 50.0,
        "laws": 2,
        "laws_held": 1,
    }


def test_readme_carries_the_committed_figures() -> None:
    assert table_in() == table(json.loads(KEPT.read_text("utf-8")))
