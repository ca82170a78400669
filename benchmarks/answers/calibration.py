"""What the constants of ranking and decision rest on: held-out text for tuning, through the trained model.

Fits the decision again (logistic regression, judged on questions left out in eighths) and shows the three ways of
deciding at several bounds, then the ranking with each of its parts left out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from benchmarks.evaluation.conditions import CONDITIONS, as_typed
from benchmarks.evaluation.rows import CALIBRATION, read
from benchmarks.evaluation.understanding import Parsed, parsed, trained
from knowledge_base import ranking
from knowledge_base.deciding import NOT_HELD, SHOWN, SURE, Understanding, candidates, signs
from knowledge_base.ranking import Hit, Index

FOREIGN_KINDS = ("unheld", "out_of_scope")
PARTS = 8
BOUNDS = (0.7, 0.75, 0.8, 0.84, SURE, 0.9)
WEIGHTS = ("LIKENESS", "TOPIC", "LEARNT")
TODAY = date(2026, 11, 21)

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Typed:
    """One row in one condition; ``facts`` are empty where nothing of ours answers it."""

    row: int
    condition: str
    text: str
    kind: str
    facts: frozenset[str]
    reaches: bool
    """Whether the intent leads to the ranking at all."""
    understood: Understanding


def calibrate(index: Index) -> None:
    """Print all of it; trains the model of the present sources when it is missing (minutes)."""
    typed = _typed()
    _show_ranking(index, typed)
    print()
    _show_decision(index, typed)


def _typed() -> list[Typed]:
    rows = [(n, row) for n, row in enumerate(read(CALIBRATION)) if row.kind in ("question", *FOREIGN_KINDS)]
    said = [(n, row, c, text) for n, row in rows for c in CONDITIONS if (text := as_typed(row, c))]
    found = parsed(trained(), list(dict.fromkeys(text for *_, text in said)))
    return [
        Typed(n, c, text, row.kind, row.facts, _reaches(found[text]), Understanding.of(found[text]))
        for n, row, c, text in said
    ]


def _reaches(found: Parsed) -> bool:
    intent = found["intent"]["name"] or "nlu_fallback"
    return intent == "nlu_fallback" or (intent.startswith("ask_") and intent != NOT_HELD)


def _hits(index: Index, typed: Typed) -> list[Hit]:
    return candidates(index, typed.text, typed.understood, TODAY)


def _right(typed: Typed, hits: Sequence[Hit]) -> bool:
    return any(typed.facts & set(hit.facts) for hit in hits)


def _show_ranking(index: Index, typed: Sequence[Typed]) -> None:
    asked = [each for each in typed if each.kind == "question"]
    print(f"{'first / among three, %':24}" + "".join(f"{condition:>16}" for condition in CONDITIONS))
    print(f"{'all':24}{_line(index, asked)}")
    for name in WEIGHTS:
        kept = getattr(ranking, name)
        for label, weight in ((f"without {name}", 0.0), (f"{name} doubled", 2 * kept)):
            setattr(ranking, name, weight)
            print(f"{label:24}{_line(index, asked)}")
        setattr(ranking, name, kept)


def _line(index: Index, asked: Sequence[Typed]) -> str:
    found = [(each, _hits(index, each)) for each in asked]
    figures = []
    for condition in CONDITIONS:
        of = [
            (_right(each, hits[:1]), _right(each, hits[:SHOWN])) for each, hits in found if each.condition == condition
        ]
        first, three = 100 * np.mean(of, axis=0)
        figures.append(f"{first:8.1f} /{three:6.1f}")
    return "".join(figures)


def _show_decision(index: Index, typed: Sequence[Typed]) -> None:
    found = [(each, hits) for each in typed if (hits := _hits(index, each))]
    seen = np.array([signs(hits, each.understood) for each, hits in found])
    right = np.array([_right(each, hits[:1]) for each, hits in found])
    reaches = np.array([each.reaches for each, _ in found])
    print("LEAD, HELD, FOREIGN, LEVEL =", np.round(fitted(seen[reaches], right[reaches]), 2))
    chances = np.zeros(len(found))
    for left_out in _parts(np.array([each.row for each, _ in found])):
        learnt = fitted(seen[reaches & ~left_out], right[reaches & ~left_out])
        chances[left_out] = _chances(seen[left_out], learnt)
    kinds = np.array([each.kind for each, _ in found])
    print(
        f"{'bound':>8}{'sure':>8}{'wrong':>8}" + "".join(f"{kind:>14}" for kind in FOREIGN_KINDS) + "   (answered, %)"
    )
    for bound in BOUNDS:
        sure, share = reaches & (chances >= bound), _share_of(kinds)
        figures = f"{share(sure, 'question'):8.1f}{share(sure & ~right, 'question'):8.2f}"
        print(f"{bound:8.2f}{figures}" + "".join(f"{share(sure, kind):14.1f}" for kind in FOREIGN_KINDS))


def fitted(seen: Floats, right: Flags, penalty: float = 0.01) -> Floats:
    """Logistic regression by Newton's method: one weight for each column of ``seen`` (n × k), then the level."""
    rows = np.column_stack((seen, np.ones(len(seen))))
    weights = np.zeros(rows.shape[1])
    for _ in range(30):
        chances = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (chances - right) + penalty * weights
        bend = (rows * (chances * (1 - chances))[:, None]).T @ rows + penalty * np.eye(len(weights))
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def _chances(seen: Floats, weights: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-(seen @ weights[:-1] + weights[-1]))))


def _parts(rows: NDArray[np.int_]) -> Iterator[Flags]:
    """A row's conditions are left out together."""
    for part in range(PARTS):
        yield rows % PARTS == part


def _share_of(kinds: NDArray[np.str_]) -> Callable[[Flags, str], float]:
    return lambda chosen, kind: 100 * float(chosen[kinds == kind].mean()) if (kinds == kind).any() else 0.0
