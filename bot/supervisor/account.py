"""The system account the embedded PostgreSQL runs under: our own, or an unprivileged one when we are root."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = 0
NOBODY = 65_534


@dataclass(frozen=True)
class Account:
    """A user and group id."""

    uid: int
    gid: int

    @property
    def is_ours(self) -> bool:
        return self.uid == os.geteuid()

    def spawn_options(self) -> dict[str, Any]:
        """Keyword arguments that make ``subprocess`` run a program under this account."""
        return {} if self.is_ours else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_run(self, command: Sequence[str | Path]) -> bool:
        """Whether the program starts and ends well under this account; the kernel decides, not the mode bits."""
        try:
            done = subprocess.run(command, cwd="/", capture_output=True, check=False, **self.spawn_options())
        except (PermissionError, FileNotFoundError):
            return False
        return done.returncode == 0

    def can_enter(self, folder: Path) -> bool:
        """Whether this account may pass through the folder and everything above it."""
        return self.can_run(["test", "-x", folder])

    def make_private(self, folder: Path) -> None:
        """The folder exists, belongs to this account and is closed to all others (mode 0700)."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if not self.is_ours:
            os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)


def account_for(data: Path) -> Account:
    """Who runs the server: the owner of the existing data, ourselves, or ``nobody`` for root."""
    if os.geteuid() != ROOT:
        return Account(os.geteuid(), os.getegid())
    if data.exists() and (owner := data.stat()).st_uid != ROOT:
        return Account(owner.st_uid, owner.st_gid)
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return Account(NOBODY, NOBODY)
    return Account(entry.pw_uid, entry.pw_gid)


def user_name() -> str:
    """The login name of this process, as PostgreSQL's peer check sees it."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())
