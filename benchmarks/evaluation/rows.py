"""What the held-out files hold: one row for each thing a resident might write, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.settings import PROJECT

HELD_OUT = PROJECT / "nlu_data" / "held_out"
EVALUATION, CALIBRATION = "evaluation", "calibration"
SETS = (EVALUATION, CALIBRATION)
KINDS = (
    "question",
    "unheld",
    "out_of_scope",
    "denunciation",
    "complaint",
    "emergency",
    "personal",
    "abuse",
    "feedback",
    "human",
)
"""``unheld`` is near our field but no fact answers it; ``out_of_scope`` is nothing of ours."""


class NotARow(ValueError):
    """A held-out file holds something else; the message names file and row, never the text."""


@dataclass(frozen=True, slots=True)
class Row:
    """``teencode`` and ``misspelt`` are the same said by hand in another way, where somebody wrote it."""

    where: str
    """File and number, ``evaluation/land.yml 12``."""
    text: str
    kind: str
    facts: frozenset[str] = frozenset()
    teencode: str | None = None
    misspelt: str | None = None

    @property
    def written(self) -> tuple[str, ...]:
        """Everything in the row that was written by hand."""
        return tuple(text for text in (self.text, self.teencode, self.misspelt) if text)


def read(name: str, folder: Path = HELD_OUT) -> list[Row]:
    """The rows of one set, in file order; raises ``NotARow``."""
    return [row for path in files(name, folder) for row in rows_in(path)]


def files(name: str, folder: Path = HELD_OUT) -> list[Path]:
    """The files of one set."""
    return sorted((folder / name).glob("*.yml"))


def rows_in(path: Path) -> list[Row]:
    """The rows of one file; raises ``NotARow``."""
    loaded: Iterable[Any] = yaml.safe_load(path.read_text("utf-8")) or []
    return [_row(item, f"{path.parent.name}/{path.name} {number}") for number, item in enumerate(loaded, start=1)]


def _row(item: Any, where: str) -> Row:
    if not isinstance(item, dict) or not isinstance(item.get("text"), str) or item.get("kind") not in KINDS:
        raise NotARow(f"{where}: text or kind is missing or wrong")
    return Row(
        where=where,
        text=item["text"].strip(),
        kind=item["kind"],
        facts=frozenset(map(str, item.get("facts") or ())),
        teencode=_other(item, "teencode"),
        misspelt=_other(item, "misspelt"),
    )


def _other(item: dict[str, Any], column: str) -> str | None:
    return str(item[column]).strip() if item.get(column) else None
