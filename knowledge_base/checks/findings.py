"""A finding: what is wrong with which item, and how bad that is."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning", "report"]
LEVELS: tuple[Level, ...] = ("error", "warning", "report")


@dataclass(frozen=True, slots=True)
class Finding:
    """``where`` is an id, ``what`` one sentence for an editor."""

    level: Level
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.level}: {self.where}: {self.what}"
