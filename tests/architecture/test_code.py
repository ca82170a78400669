"""Imports point one way, rules know nothing of the outside, pieces stay small."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import PROJECT
from tests.architecture.project import named, python_files, tracked, tree

RULES = [
    "bot/cases/abuse.py",
    "bot/cases/chain.py",
    "bot/cases/codes.py",
    "bot/cases/courtesy.py",
    "bot/cases/fields.py",
    "bot/cases/limits.py",
    "bot/cases/reasons.py",
    "bot/cases/rules.py",
    "bot/cases/similarity.py",
    "bot/cases/states.py",
    "bot/cases/visibility.py",
    "bot/cases/wording.py",
    "bot/conversations/doors.py",
    "bot/conversations/errands.py",
    "bot/conversations/hold_words.py",
    "bot/conversations/masking.py",
    "bot/conversations/replies.py",
    "bot/conversations/sentences.py",
    "bot/conversations/tokens.py",
    "bot/calendars/working_time.py",
    "bot/media/cleaning.py",
    "bot/media/identity.py",
    "bot/media/kinds.py",
    "bot/media/links.py",
    "bot/media/sentences.py",
    "bot/media/serving.py",
    "bot/officials/office_hours.py",
    "bot/officials/permissions.py",
    "knowledge_base/caution.py",
    "knowledge_base/dangers.py",
]
LONGEST_MODULE, LONGEST_FUNCTION = 300, 40
OTHER_PLACES = re.compile(r"(?<![\w./-])/work(?:/|\b)|(?<![\w-])shared/(?:design|reference)|\.\./shared", re.IGNORECASE)


def test_the_import_contracts_hold() -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    plain = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, env=plain, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", RULES)
def test_rules_import_the_standard_library_and_rules_only(name: str) -> None:
    for node in ast.walk(tree(PROJECT / name)):
        modules = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            modules = inside if all(_is_rules(module) for module in inside) else [node.module or ""]
        for module in modules:
            assert module.split(".")[0] in sys.stdlib_module_names or _is_rules(module), (name, module)


def _is_rules(module: str) -> bool:
    return f"{module.replace('.', '/')}.py" in RULES


@pytest.mark.parametrize("name", RULES)
def test_rules_ask_neither_the_clock_nor_chance(name: str) -> None:
    calls = {ast.unparse(node.func) for node in ast.walk(tree(PROJECT / name)) if isinstance(node, ast.Call)}
    asked = ("datetime.now", "date.today", "time.time", "datetime.utcnow", "uuid4", "open")
    assert not calls & set(asked)
    assert not {call for call in calls if call.startswith(("random.", "secrets.", "os."))}


def test_no_module_and_no_function_is_long() -> None:
    long = []
    for path in python_files("bot", "actions", "knowledge_base"):
        if "migrations" in path.parts:
            continue
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST_MODULE:
            long.append(f"{named(path)}: {lines} lines")
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long.append(f"{named(path)}: {node.name} {length} lines")
    assert long == []


def test_no_catch_all_modules() -> None:
    vague = {"utils", "helpers", "manager", "managers", "common", "misc", "base_utils"}
    assert [named(p) for p in python_files("bot", "actions", "knowledge_base", "tests") if p.stem in vague] == []


def test_every_module_says_what_it_is() -> None:
    """Empty ``__init__`` modules aside."""
    silent = [
        named(path)
        for path in python_files("bot", "actions", "knowledge_base")
        if path.read_text(encoding="utf-8").strip()
        and "migrations" not in path.parts
        and not ast.get_docstring(tree(path))
    ]
    assert silent == []


def test_nothing_points_outside_the_project() -> None:
    found = []
    for path in tracked():
        if path.name in ("uv.lock", "package-lock.json") or path == Path(__file__):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{named(path)}: {hit[0]}" for hit in OTHER_PLACES.finditer(text)]
    assert found == []


def test_nothing_big_and_no_databases_are_kept() -> None:
    assert [named(p) for p in tracked() if p.stat().st_size > 1_000_000] == []
    assert [named(p) for p in tracked() if p.suffix in (".db", ".sqlite", ".pyc", ".pem", ".key")] == []


def test_nobody_logs_words() -> None:
    """Ids and figures only: no log call is given text, words, payload or body."""
    said = re.compile(r"\.(text|words|payload|body|description|note)\b")
    found = []
    for path in python_files("bot", "actions", "knowledge_base"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("log.", "logger.", "logging.")):
                written = ast.unparse(node)
                if said.search(written):
                    found.append(f"{named(path)}: {written}")
    assert found == []
