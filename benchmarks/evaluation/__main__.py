"""``make evaluate`` and ``make check-evaluation``: ``.venv/bin/python -m benchmarks.evaluation``.

``evaluate [--set calibration [--misses]] [--model FILE] [--keep]`` measures, prints the table and writes
``reports/evaluation.json``;
``check`` measures without training anew and fails where a figure is worse than in ``committed.json``;
``twins [--drop]`` names (or takes out) rows that the bot has been taught; ``ask TEXT…`` says what becomes of texts.
Misses are shown for the calibration set only: nobody is to tune on the evaluation set.
"""

import argparse
import json
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.evaluation import outside, scoring, understanding
from benchmarks.evaluation.acting import outcomes
from benchmarks.evaluation.checking import problems
from benchmarks.evaluation.conditions import all_typed
from benchmarks.evaluation.outcomes import Outcome
from benchmarks.evaluation.readme import put_into_readme
from benchmarks.evaluation.rows import CALIBRATION, EVALUATION, SETS, Row, read
from benchmarks.evaluation.table import KEPT, regressions, table
from benchmarks.evaluation.timing import search_ms
from benchmarks.evaluation.twins import drop, taught, twin_of
from bot.settings import PROJECT
from knowledge_base.loader import Content, load

REPORT = PROJECT / "reports" / "evaluation.json"


def main() -> int:
    """0; 1 when rows are unfit or a figure has become worse."""
    arguments = _arguments()
    if arguments.command == "twins":
        return _twins(arguments.drop)
    if arguments.command == "ask":
        return _ask(arguments.texts)
    content = load()
    if wrong := _unfit(content, arguments):
        print("\n".join(wrong), f"{len(wrong)} rows or sets are unfit to measure with", sep="\n", file=sys.stderr)
        return 1
    if arguments.command == "check":
        return _check(content)
    return _evaluate(content, arguments)


def _unfit(content: Content, arguments: argparse.Namespace) -> list[str]:
    """Problems of the set in question; a developer's run on the calibration set is not held up by the other's."""
    facts = {fact.id: content.topics.of(fact.id) or "" for fact in content.facts}
    sets = {name: read(name) for name in SETS}
    if getattr(arguments, "set", EVALUATION) == CALIBRATION:
        sets.pop(EVALUATION)
        return problems(sets, taught(content), facts, complete=False)
    return problems(sets, taught(content), facts)


def _evaluate(content: Content, arguments: argparse.Namespace) -> int:
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        model, train_s = _model(arguments, Path(folder) / "model.tar.gz")
        rows = read(arguments.set)
        measured, said = _measured(content, rows, model, train_s)
    print(table(measured))
    print(f"{time.monotonic() - started:.0f} s; ratios to stock Rasa in one run: make bench")
    if arguments.set == CALIBRATION:
        print(*(_misses(rows, said) if arguments.misses else ()), sep="\n")
        return 0
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(_public(measured), indent=2) + "\n", "utf-8")
    if arguments.keep:
        KEPT.write_text(json.dumps(measured, indent=2) + "\n", "utf-8")
        put_into_readme(table(measured))
    return 0


def _model(arguments: argparse.Namespace, new: Path) -> tuple[Path, float | None]:
    """The model to judge, and the seconds it took where it was trained to be timed."""
    if arguments.model or arguments.set == CALIBRATION:
        return arguments.model or understanding.trained(), None
    return new, round(understanding.train(new), 1)


def _check(content: Content) -> int:
    measured, _ = _measured(content, read(EVALUATION), understanding.trained(), None)
    print(table(measured))
    worse = regressions(measured, json.loads(KEPT.read_text("utf-8")))
    print(*(f"worse than committed: {line}" for line in worse), sep="\n", file=sys.stderr)
    return 1 if worse else 0


def _measured(
    content: Content, rows: list[Row], model: Path, train_s: float | None
) -> tuple[dict[str, Any], scoring.Said]:
    """The whole report, and what became of every text."""
    texts = [text for row in rows for _, text in all_typed(row)]
    laws = outside.questions()
    parsed = understanding.parsed(model, list(dict.fromkeys([*texts, *laws])))
    said = outcomes(parsed)
    questions = [row.text for row in rows if row.kind == "question"]
    report = {
        "conditions": {name: asdict(figures) for name, figures in scoring.conditions(rows, said).items()},
        "safety": asdict(scoring.safety(rows, said)),
        "time": {
            "parse_ms_p50": round(median(one["ms"] for one in parsed.values()), 2),
            "search_ms_p50": search_ms(content, questions),
            "train_s": train_s,
        },
        "outside": outside.figures(content, said),
    }
    return report, said


def _public(measured: dict[str, Any]) -> dict[str, Any]:
    """Without the column that only the table shows."""
    shown = {
        name: {k: v for k, v in f.items() if k != "answered_at_once"} for name, f in measured["conditions"].items()
    }
    return {**measured, "conditions": shown}


def _misses(rows: list[Row], said: scoring.Said) -> list[str]:
    typed = [(row, condition, text) for row in rows for condition, text in all_typed(row)]
    return [
        _miss(row, condition, text, said[text]) for row, condition, text in typed if scoring.is_miss(row, said[text])
    ]


def _miss(row: Row, condition: str, text: str, outcome: Outcome) -> str:
    wanted = ", ".join(sorted(row.facts)) or row.kind
    rests = ",".join(sorted(outcome.facts))
    offered = " / ".join(",".join(sorted(facts)) for facts in outcome.offered)
    said = " ".join(
        filter(None, (outcome.act, outcome.answer, rests and f"[{rests}]", offered and f"offers {offered}"))
    )
    return f"{condition}: {text}\n    {row.where}: wanted {wanted}; {said}"


def _ask(texts: list[str]) -> int:
    parsed = understanding.parsed(understanding.trained(), texts)
    for text, outcome in outcomes(parsed).items():
        offered = [sorted(facts) for facts in outcome.offered]
        told = {"text": text, "intent": parsed[text]["intent"], "act": outcome.act, "answer": outcome.answer}
        print(json.dumps({**told, "facts": sorted(outcome.facts), "offered": offered}, ensure_ascii=False))
    return 0


def _twins(take_out: bool) -> int:
    known = taught(load())
    if take_out:
        dropped = drop(known)
        print(*(f"{name}: {count} dropped" for name, count in dropped.items() if count), sep="\n")
        return 0
    found = [(row, twin) for name in SETS for row in read(name) if (twin := twin_of(row, known))]
    print(*(f"{row.where}: is taught in {twin}" for row, twin in found), sep="\n")
    return 1 if found else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evaluation")
    commands = parser.add_subparsers(dest="command")
    evaluate = commands.add_parser("evaluate", help="measure and print the table")
    evaluate.add_argument("--set", choices=SETS, default=EVALUATION)
    evaluate.add_argument("--misses", action="store_true", help="print what went wrong (calibration only)")
    evaluate.add_argument("--model", type=Path, help="judge this model instead of training one")
    evaluate.add_argument("--keep", action="store_true", help="the new figures to compare with, in README too")
    commands.add_parser("check", help="measure and compare with the committed figures")
    twins = commands.add_parser("twins", help="rows that are taught")
    twins.add_argument("--drop", action="store_true", help="take them out of the files")
    ask = commands.add_parser("ask", help="what becomes of texts, as JSON lines")
    ask.add_argument("texts", nargs="+")
    given = parser.parse_args(sys.argv[1:] or ["evaluate"])
    if given.command == "evaluate" and given.set == EVALUATION and given.misses:
        parser.error("--misses only with --set calibration: nobody is to tune on the evaluation set")
    return given


if __name__ == "__main__":
    sys.exit(main())
