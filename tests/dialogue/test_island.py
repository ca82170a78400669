"""The island's own walls: what a model is made of, what logs hold, what stands in for TensorFlow, which ways train."""

import importlib.util
import logging
from pathlib import Path

import pytest

from bot.dialogue import light
from bot.dialogue.failures import failures, raise_first
from bot.dialogue.logs import Reticent, where
from bot.dialogue.sources import source_files, source_hash
from bot.dialogue.ways import Asked, answer_of, as_training_file, asked_in, intents_in


def project(folder: Path) -> Path:
    for name in (
        "config.yml",
        "nlu_data/nlu/a.yml",
        "nlu_data/held_out/a.yml",
        "bot/dialogue/x.py",
        "knowledge_base/content/answers/a.yml",
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return folder


@pytest.mark.parametrize(
    "name", ["config.yml", "nlu_data/nlu/a.yml", "bot/dialogue/x.py", "knowledge_base/content/answers/a.yml"]
)
def test_the_hash_follows_every_source(tmp_path: Path, name: str) -> None:
    before = source_hash(project(tmp_path))
    (tmp_path / name).write_text("changed")
    assert source_hash(tmp_path) != before


def test_the_hash_follows_names_and_new_files_but_not_held_out_text(tmp_path: Path) -> None:
    before = source_hash(project(tmp_path))
    (tmp_path / "nlu_data/held_out/a.yml").write_text("changed")
    assert source_hash(tmp_path) == before
    (tmp_path / "nlu_data/nlu/a.yml").rename(tmp_path / "nlu_data/nlu/b.yml")
    assert source_hash(tmp_path) != before


def test_the_hash_follows_what_officials_taught(tmp_path: Path) -> None:
    taught = tmp_path / "models" / "ways.json"
    none = source_hash(project(tmp_path))
    assert source_hash(tmp_path, taught) == none
    taught.parent.mkdir()
    taught.write_text("[]")
    one = source_hash(tmp_path, taught)
    taught.write_text("[ ]")
    assert len({none, one, source_hash(tmp_path, taught)}) == 3


def test_our_own_sources_are_found() -> None:
    names = {path.name for path in source_files()}
    assert {"config.yml", "tokenizer.py", "folding.py", "uv.lock"} <= names


def test_logs_of_others_hold_no_text() -> None:
    with pytest.raises(ValueError, match="MARKER") as caught:
        raise ValueError("MARKER in the exception")
    error = (caught.type, caught.value, caught.tb)
    record = logging.LogRecord("rasa.core", 40, "x.py", 7, "MARKER %s", ("MARKER",), error, "parse")
    line = Reticent().format(record)
    assert "MARKER" not in line
    assert "rasa.core:parse:7 ValueError at test_island.py" in line
    assert "MARKER" not in where(caught.value)


def test_placeholders_stand_in_and_fail_loudly() -> None:
    finder = light._PlaceholderFinder()
    spec = finder.find_spec("rasa.core.policies.ted_policy")
    assert spec is not None
    assert finder.find_spec("rasa.core.policies.rule_policy") is None
    module = importlib.util.module_from_spec(spec)
    finder.exec_module(module)
    with pytest.raises(light.NeuralPartUsed):
        module.TEDPolicy()


def test_the_first_failure_of_a_turn_is_raised() -> None:
    failures().clear()
    raise_first()
    failures().append(KeyError("x"))
    with pytest.raises(KeyError):
        raise_first()
    failures().clear()


def test_ways_of_asking_become_examples_of_known_topics(tmp_path: Path) -> None:
    (tmp_path / "nlu.yml").write_text(
        "nlu:\n- intent: ask_land\n  examples: |\n    - đất\n- lookup: place\n  examples: x\n"
    )
    (tmp_path / "answers.yml").write_text(
        "- {id: land-book, topic: land, title: 'Sổ đỏ?', ways: ['/sổ [đỏ]', 'sổ đỏ', 'sổ đỏ']}\n"
        "- {id: other-x, topic: other, title: X, ways: ['x']}\n"
    )
    intents = intents_in([tmp_path / "nlu.yml"])
    asked = asked_in([tmp_path / "answers.yml"], intents)
    assert asked == [Asked("ask_land", "land-book", ("Sổ đỏ?", "sổ (đỏ)", "sổ đỏ"))]
    assert intents_in([as_training_file(asked, tmp_path / "ways.yml")]) == {"ask_land"}


def test_what_officials_taught_becomes_examples_of_the_same_answer(tmp_path: Path) -> None:
    taught = tmp_path / "ways.json"
    taught.write_text('[{"id": "land-book", "topic": "land", "ways": ["mất bìa đỏ", "[bìa] đỏ rách"]}]')
    assert asked_in([taught], {"ask_land"}) == [Asked("ask_land", "land-book", ("mất bìa đỏ", "(bìa) đỏ rách"))]


def test_only_ways_of_asking_name_their_answer() -> None:
    assert answer_of({"intent": {"answer": "land-book"}}) == "land-book"
    assert answer_of(None) is None
    assert answer_of({"example": {"sentiment": 1}}) is None
