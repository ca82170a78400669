"""Where bytes lie: a key is all that is known of them, and nobody can guess one. Files today, an object store later."""

import os
import secrets
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol


class NoRoom(OSError):
    """The disk is nearly full: nothing more is taken before somebody makes room."""


class Storage(Protocol):
    """Bytes by key. Written whole and safe on disk before ``put`` returns, so that a row never names half a file."""

    def put(self, content: bytes) -> str:
        """Keep the content; its new key. ``NoRoom``."""

    def open(self, key: str) -> bytes:
        """The content; ``FileNotFoundError``."""

    def delete(self, key: str) -> None:
        """Delete the content, if it is there."""

    def older_than(self, moment: datetime) -> Iterator[str]:
        """The keys of what was put before the moment."""


class Files:
    """A folder of files that only this account reads, each named by its key."""

    def __init__(self, data_dir: Path, least_free: int = 0) -> None:
        self._root = data_dir / "media"
        self._least_free = least_free

    def put(self, content: bytes) -> str:
        key = secrets.token_hex(32)
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if shutil.disk_usage(path.parent).free - len(content) < self._least_free:
            raise NoRoom
        half = path.with_suffix(".part")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
        _sync_folder(path.parent)
        return key

    def open(self, key: str) -> bytes:
        return self._path(key).read_bytes()

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def older_than(self, moment: datetime) -> Iterator[str]:
        for path in self._root.glob("*/*"):
            if path.suffix != ".part" and _written(path) < moment:
                yield path.name
            elif path.suffix == ".part" and _written(path) < moment:
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        if len(key) != 64 or not key.isalnum():
            raise FileNotFoundError(key[:8])
        return self._root / key[:2] / key


def _written(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:  # deleted meanwhile
        return datetime.max.replace(tzinfo=UTC)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
