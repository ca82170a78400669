"""Intents, rules, responses and actions fit together; what residents read is written with its marks."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from bot.conversations.replies import KINDS, reply_from
from bot.language import fold
from bot.settings import PROJECT
from tests.architecture.project import python_files, tree, yaml_of

DOMAIN, RULES, NLU = (yaml_of(f"nlu_data/{part}") for part in ("domain", "rules", "nlu"))
NEVER_TAUGHT = {
    "inform",
    "listen",
    "name_place",
    "follow_case",
    "send_question",
    "see_publication",
    "deny_complaint",
    "deny_emergency",
    "doubt_denunciation",
}
"""Intents that only a button or our own reading means, and the doubt that lies between two taught ones."""
ANSWERED_BY_US = {"confirm_denunciation", "deny_denunciation", "only_asking"}
"""Button intents that the worker itself may settle, without Rasa."""
FROM_RASA = re.compile(r"^(action_(deactivate_loop|listen|restart|session_start)|\w+_form)$")


def all_of(key: str) -> list[Any]:
    return [item for part in DOMAIN.values() for item in part.get(key) or []]


def intents() -> set[str]:
    return {item if isinstance(item, str) else next(iter(item)) for item in all_of("intents")}


def responses() -> dict[str, list[dict[str, Any]]]:
    return {name: texts for part in DOMAIN.values() for name, texts in (part.get("responses") or {}).items()}


def steps() -> Iterator[dict[str, Any]]:
    for part in RULES.values():
        for rule in part["rules"]:
            for step in rule["steps"]:
                yield from step.get("or", [step])


def in_rules(key: str) -> set[str]:
    return {step[key] for step in steps() if key in step}


def examples() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in NLU.values():
        for block in part["nlu"]:
            if "intent" in block:
                lines = [line[1:].strip() for line in block["examples"].splitlines() if line.strip().startswith("-")]
                found.setdefault(block["intent"], []).extend(lines)
    return found


def named_in_actions() -> set[str]:
    """Every response named in the action server's or our own code."""
    found: set[str] = set()
    for path in python_files("actions", "bot"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("utter_"):
                found.add(node.value)
    return found


def our_actions() -> set[str]:
    """What the action classes call themselves."""
    return {
        node.value.value
        for path in python_files("actions")
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef) and function.name == "name"
        for node in ast.walk(function)
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Constant)
    }


def test_no_name_is_declared_twice() -> None:
    for key in ("intents", "actions", "entities"):
        names = [str(item) for item in all_of(key)]
        assert len(names) == len(set(names)), key


def test_every_intent_has_a_rule() -> None:
    assert intents() - in_rules("intent") == set()
    assert in_rules("intent") - intents() == {"nlu_fallback"}


def test_every_intent_has_ways_of_saying_it() -> None:
    said = examples()
    assert {intent for intent in intents() if not said.get(intent)} == NEVER_TAUGHT
    assert set(said) <= intents()


def test_every_held_out_way_belongs_to_an_intent() -> None:
    for part in yaml_of("nlu_data/held_out").values():
        for block in part.get("nlu", []) if isinstance(part, dict) else []:
            assert block.get("intent") in intents(), block


def test_every_response_exists_and_is_used() -> None:
    asked_by_forms = {
        f"utter_ask_{form}_{slot}"
        for part in DOMAIN.values()
        for form, settings in (part.get("forms") or {}).items()
        for slot in settings["required_slots"]
    }
    used = {a for a in in_rules("action") if a.startswith("utter_")} | named_in_actions() | asked_by_forms
    asked_by_actions = {f"utter_{action.removeprefix('action_')}" for action in all_of("actions")}
    assert used - asked_by_actions - set(responses()) == set()
    assert set(responses()) - used == set()


def test_every_action_exists_and_is_used() -> None:
    declared, ours = set(all_of("actions")), our_actions()
    in_use = {a for a in in_rules("action") if not a.startswith("utter_") and not FROM_RASA.match(a)}
    assert in_use - declared == set()
    assert declared == ours
    by_forms = re.compile(r"validate_|action_ask_")
    assert {a for a in declared if not by_forms.match(a)} - in_use == set()


def test_every_response_is_a_reply_of_ours() -> None:
    for name, variations in responses().items():
        for variation in variations:
            assert set(variation) == {"custom"}, name
            custom = {**variation["custom"], "case": None}
            reply = reply_from(custom)
            assert reply.kind in KINDS, name
            for button in reply.buttons:
                assert button.intent in intents() | ANSWERED_BY_US, (name, button)


def test_slots_in_texts_are_known() -> None:
    given = {"office", "when", "code", "case"}
    slots = {name for part in DOMAIN.values() for name in part.get("slots") or {}}
    for name, variations in responses().items():
        for variation in variations:
            assert set(re.findall(r"\{(\w+)\}", variation["custom"]["text"])) <= slots | given, name


def texts() -> Iterator[tuple[str, str]]:
    for name, variations in responses().items():
        for variation in variations:
            yield name, variation["custom"]["text"]
            for button in variation["custom"].get("buttons") or []:
                yield name, button["label"]


def test_what_residents_read_has_its_marks() -> None:
    for name, text in texts():
        plain = re.sub(r"\{\w+\}", "", text)
        assert fold(plain) != plain.lower(), (name, text)
        longest = max((len(run.split()) for run in re.findall(r"[a-zA-Z ]+", plain)), default=0)
        assert longest <= 6, (name, text)


def test_sentences_in_code_have_their_marks_too() -> None:
    from bot.conversations import sentences

    for name, text in vars(sentences).items():
        if name.isupper() and isinstance(text, str):
            assert fold(text) != text.lower(), name


def test_names_are_ascii_and_lower_case() -> None:
    names = [*intents(), *responses(), *map(str, all_of("entities")), *all_of("actions")]
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]*", name)] == []


def test_one_stem_for_one_subject() -> None:
    assert set(RULES) <= set(DOMAIN)
    assert {p.stem for p in (PROJECT / "nlu_data/held_out").glob("*.yml")} <= set(NLU)
