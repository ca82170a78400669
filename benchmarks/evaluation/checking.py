"""What must hold before anything is measured: no row taught, no fact unknown, no row twice, enough rows."""

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.evaluation.rows import EVALUATION, KINDS, Row
from benchmarks.evaluation.twins import Skeleton, is_first, twin_of

LEAST_ROWS = 800


def problems(
    sets: Mapping[str, Sequence[Row]],
    known: Mapping[Skeleton, str],
    facts: Mapping[str, str],
    *,
    least: int = LEAST_ROWS,
    complete: bool = True,
) -> list[str]:
    """One line for each thing that is wrong; rows are named, never quoted. ``facts``: id → topic of every fact.

    ``complete``: the evaluation set is also asked whether it covers everything.
    """
    seen: dict[Skeleton, str] = {}
    found = [line for rows in sets.values() for row in rows for line in _of_row(row, known, facts, seen)]
    return [*found, *(_coverage(sets[EVALUATION], facts, least) if complete else ())]


def _of_row(
    row: Row, known: Mapping[Skeleton, str], facts: Mapping[str, str], seen: dict[Skeleton, str]
) -> Iterator[str]:
    if twin := twin_of(row, known):
        yield f"{row.where}: is taught in {twin}"
    if not is_first(row, seen):
        yield f"{row.where}: says the same as an earlier row"
    if unknown := sorted(row.facts - facts.keys()):
        yield f"{row.where}: no such fact: {', '.join(unknown)}"
    if bool(row.facts) != (row.kind == "question"):
        yield f"{row.where}: a question rests on facts, and nothing else does"


def _coverage(rows: Sequence[Row], facts: Mapping[str, str], least: int) -> Iterator[str]:
    questions = [row for row in rows if row.kind == "question"]
    if len(questions) < least:
        yield f"{EVALUATION}: {len(questions)} questions, at least {least} are wanted"
    if missing := [kind for kind in KINDS if kind not in {row.kind for row in rows}]:
        yield f"{EVALUATION}: no row of kind {', '.join(missing)}"
    asked = {facts[fact] for row in questions for fact in row.facts & facts.keys()}
    if silent := sorted(set(facts.values()) - asked - {""}):
        yield f"{EVALUATION}: no question on {', '.join(silent)}"
