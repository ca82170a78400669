"""Where verified events wait while PostgreSQL is away: one file each, on disk before the platform hears “200”.

File names follow the time of arrival, so that a sorted listing is the order in which they are to be taken in.
"""

import fcntl
import itertools
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_count = itertools.count()


@dataclass(frozen=True)
class Spooled:
    """One event as it came."""

    path: Path
    channel: str
    at: datetime
    raw: bytes


class Spool:
    """A folder of events; several web processes may write, one worker at a time drains."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, channel: str, raw: bytes, at: datetime) -> None:
        """On disk once this returns; raises ``OSError``."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"{time.time_ns():020}-{os.getpid()}-{next(_count):06}"
        half, whole = self._folder / f"{name}.half", self._folder / f"{name}.event"
        header = json.dumps({"channel": channel, "at": at.isoformat()}).encode()
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(header + b"\n" + raw)
            file.flush()
            os.fsync(file.fileno())
        half.rename(whole)
        self._sync()

    def holds_any(self) -> bool:
        """Whether anything waits; what comes later must queue behind it."""
        return next(iter(self._names()), None) is not None

    def count(self) -> int:
        """How many events wait."""
        return len(self._names())

    def waiting(self) -> Iterator[Spooled]:
        """What waits, the oldest first."""
        for name in sorted(self._names()):
            path = self._folder / name
            header, _, raw = path.read_bytes().partition(b"\n")
            told = json.loads(header)
            yield Spooled(path, told["channel"], datetime.fromisoformat(told["at"]), raw)

    def forget(self, spooled: Spooled) -> None:
        """It is in the database."""
        spooled.path.unlink(missing_ok=True)

    def set_aside(self, spooled: Spooled) -> None:
        """It cannot be taken in as it is: kept apart for an engineer, so that what is behind it goes on."""
        aside = self._folder / "refused"
        aside.mkdir(mode=0o700, exist_ok=True)
        spooled.path.rename(aside / spooled.path.name)

    @contextmanager
    def draining(self) -> Iterator[bool]:
        """True for the only process that drains now."""
        if not self._folder.is_dir():
            yield False
            return
        with (self._folder / ".lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def _names(self) -> list[str]:
        try:
            return [entry.name for entry in os.scandir(self._folder) if entry.name.endswith(".event")]
        except FileNotFoundError:
            return []

    def _sync(self) -> None:
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
