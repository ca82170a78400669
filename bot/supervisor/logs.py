"""One log file per child, kept small. The child writes to the file itself, so our death costs it no line."""

import shutil
from pathlib import Path
from typing import IO

MAX_BYTES = 5_000_000
KEPT = 3


def open_log(folder: Path, name: str) -> IO[bytes]:
    """The log of a child, opened for appending (O_APPEND: it may be emptied while the child writes)."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return (folder / f"{name}.log").open("ab", buffering=0)


def rotate(folder: Path, max_bytes: int = MAX_BYTES) -> None:
    """Each log that has grown too large becomes ``name.log.1`` (then .2, .3) and starts empty."""
    for log in folder.glob("*.log"):
        if log.stat().st_size > max_bytes:
            _shift(log)


def last_line(folder: Path, name: str) -> str:
    """The last line that says something, for a message about a child that does not start."""
    try:
        lines = (folder / f"{name}.log").read_text(errors="replace").splitlines()[-50:]
    except FileNotFoundError:
        return ""
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _shift(log: Path) -> None:
    for number in range(KEPT - 1, 0, -1):
        older = log.with_name(f"{log.name}.{number}")
        if older.exists():
            older.replace(log.with_name(f"{log.name}.{number + 1}"))
    # Copied and emptied, not renamed: the child keeps writing to the same open file.
    shutil.copyfile(log, log.with_name(f"{log.name}.1"))
    with log.open("r+b") as file:
        file.truncate(0)
