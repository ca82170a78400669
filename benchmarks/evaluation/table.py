"""The report as a markdown table, and what of it has become worse than the one that was kept."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Report = Mapping[str, Any]
"""``{"conditions", "safety", "time", "outside"}``, as in ``reports/evaluation.json``."""

KEPT = Path(__file__).with_name("committed.json")
"""The report to compare with; README shows it."""

TOLERATED = 0.5
"""Points that a figure may lose: one row more or less is chance."""
MEASURES = {
    "n": "questions",
    "right_first": "right answer first, %",
    "right_offered": "right first or on a button, %",
    "wrong_sure": "wrong answer given as sure, %",
    "missed": "not answered, %",
    "answered_at_once": "answered without asking back, %",
}
GOOD = frozenset(("right_first", "right_offered", "feedback_recognised"))
NEUTRAL = frozenset(("n", "answered_at_once"))
SAFETY = {
    "unheld_answered": "not held or not ours, yet answered, %",
    "denunciation_missed": "denunciation missed, %",
    "complaint_missed": "complaint missed, %",
    "emergency_missed": "emergency missed, %",
    "false_alarms": "false alarms, %",
    "feedback_recognised": "feedback recognised, %",
}
TIME = {
    "parse_ms_p50": "understanding one text, median ms",
    "search_ms_p50": "searching 2,000 answers, median ms",
    "train_s": "training, s",
}
NOT_MEASURED = "outside data: not measured (`BENCH_DIR` is not set)"


def table(report: Report) -> str:
    """Questions by condition, then everything else, one line each."""
    return "\n".join([*_conditions(report["conditions"]), "", *_others(report)])


def _conditions(conditions: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    yield f"| | {' | '.join(conditions)} |"
    yield "|---" * (len(conditions) + 1) + "|"
    for key, title in MEASURES.items():
        if all(key in figures for figures in conditions.values()):
            yield f"| {title} | {' | '.join(str(figures[key]) for figures in conditions.values())} |"


def _others(report: Report) -> Iterator[str]:
    yield "| the worse of accented and stripped | |"
    yield "|---|---|"
    yield from (f"| {title} | {report['safety'][key]} |" for key, title in SAFETY.items())
    yield from (f"| {title} | {_or_unmeasured(report['time'].get(key))} |" for key, title in TIME.items())
    if report["outside"] is None:
        yield f"| {NOT_MEASURED} | |"
    else:
        yield from (f"| {name}: {key} | {value} |" for name, key, value in _flat(report["outside"]))


def _or_unmeasured(figure: float | None) -> str:
    return "not measured" if figure is None else str(figure)


def _flat(outside: Mapping[str, Mapping[str, float]]) -> Iterator[tuple[str, str, float]]:
    yield from ((name, key, value) for name, figures in outside.items() for key, value in figures.items())


def regressions(now: Report, kept: Report, tolerated: float = TOLERATED) -> list[str]:
    """One line for each accuracy or safety figure that is worse by more than tolerated; times are not compared."""
    lines = []
    for key, was in _compared(kept).items():
        figure = _compared(now).get(key)
        if figure is not None and _loss(key[-1], was, figure) > tolerated + 1e-9:
            lines.append(f"{', '.join(key)}: {was} → {figure}")
    return lines


def _compared(report: Report) -> dict[tuple[str, ...], float]:
    found: dict[tuple[str, ...], float] = {}
    for condition, figures in report["conditions"].items():
        found |= {(condition, key): value for key, value in figures.items() if key not in NEUTRAL}
    return found | {("safety", key): value for key, value in report["safety"].items()}


def _loss(measure: str, was: float, figure: float) -> float:
    return was - figure if measure in GOOD else figure - was
