"""``.venv/bin/python -m benchmarks.fields [--misses]``: how often a report's field is guessed.

``reports.yml`` holds reports written apart from the examples and word lists. “Right” is the likeliest field; “taken”
is what the resident is not asked about, with how much of that is right. Stripped of marks the figures must not fall.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import yaml

from bot.cases.field_guess import guess, ranked
from bot.language import fold

Report = tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fields")
    parser.add_argument("--misses", action="store_true")
    show_misses = parser.parse_args().misses
    reports = read()
    print(f"{len(reports)} reports")
    for name, change in (("accented", str), ("stripped", fold)):
        print(name, *(f"{label} {figure:.1f} %" for label, figure in figures(reports, change).items()), sep="   ")
    if show_misses:
        print(
            *(f"  {field} ≠ {ranked(text)[0][0]}: {text}" for field, text in reports if not right(field, text)),
            sep="\n",
        )


def read() -> list[Report]:
    """Every report with its field."""
    rows = yaml.safe_load(Path(__file__).with_name("reports.yml").read_text("utf-8"))
    return [(field, text) for field, texts in rows.items() for text in texts]


def figures(reports: list[Report], change: Callable[[str], str]) -> dict[str, float]:
    """Per cent of all reports; “right of taken” of those taken without asking."""
    changed = [(field, change(text)) for field, text in reports]
    taken = [(field, guess(text)) for field, text in changed if guess(text)]
    return {
        "right": 100 * sum(right(*report) for report in changed) / len(reports),
        "among the first three": 100 * sum(f in [n for n, _ in ranked(t)[:3]] for f, t in changed) / len(reports),
        "taken": 100 * len(taken) / len(reports),
        "right of taken": 100 * sum(field == found for field, found in taken) / len(taken),
    }


def right(field: str, text: str) -> bool:
    return ranked(text)[0][0] == field


if __name__ == "__main__":
    main()
