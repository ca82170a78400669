"""The real thing, all processes of it, in a folder of its own: ``product`` is started once for all tests that ask."""

import csv
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from bot.settings import PROJECT
from bot.supervisor.lifeline import die_with_parent
from bot.supervisor.ports import free_run
from bot.supervisor.postgres import EmbeddedPostgres
from tests.supervisor.temporary import open_folder
from tests.system.chat import Talk
from tests.system.desk import Desk
from tests.system.model_cache import put_model_into
from tests.system.phone import Phone
from tests.system.waiting import until

FRIDAY_MORNING = "2026-11-20T08:00+07:00"
START_SECONDS = 240
STOP_SECONDS = 60
_NOT_INHERITED = ("SERVER_KEY", "CLOCK_STARTED", "MAKELEVEL", "RASA_PORT", "ACTIONS_PORT")


class Product:
    """A running copy. ``output`` is the file with what the supervisor printed."""

    def __init__(self, data_dir: Path, settings: dict[str, str]) -> None:
        self.data_dir = data_dir
        self.output = data_dir / "supervisor-output.txt"
        self.port = free_run(3)
        self.url = f"http://127.0.0.1:{self.port}"
        environment = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
        fixed = {"DATA_DIR": str(data_dir), "PORT": str(self.port), "HOST": "127.0.0.1", "SAMPLE": "1"}
        outside = {"DATABASE_URL": "", "PUBLIC_URL": "", "CLOCK": FRIDAY_MORNING, "CRASH_TESTS": "1"}
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", "run"],
                cwd=PROJECT,
                env={**environment, **fixed, **outside, **settings},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )

    def wait_until_ready(self) -> None:
        until(self._has_started_or_ended, START_SECONDS, "ready", self.said)
        assert self.process.poll() is None, self.said()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        finally:
            self.process.kill()

    def said(self) -> str:
        """What the supervisor printed so far."""
        return self.output.read_text(errors="replace")

    def pid(self, name: str) -> int:
        """The process of that name as it runs now."""
        return self.pids()[name]

    def pids(self) -> dict[str, int]:
        """Every process under the supervisor."""
        pids: dict[str, int] = json.loads((self.data_dir / "run" / "processes.json").read_text())
        return pids

    def restarted(self, name: str, before: int) -> bool:
        """Whether another process of that name has taken the place of the one before."""
        return self.pid(name) != before

    def is_ready(self) -> bool:
        """Whether every part says that it is well."""
        try:
            health = httpx.get(f"{self.url}/health", timeout=10)
        except httpx.HTTPError:
            return False
        return health.status_code == 200 and health.json()["status"] == "ok"

    def resident_on(self, platform: str) -> Phone:
        """A new resident of ``zalo`` or ``telegram``, where the copy was started with its stand-ins."""
        return Phone(f"http://127.0.0.1:{self.port + {'zalo': 1, 'telegram': 2}[platform]}")

    def talk(self) -> Talk:
        """A new resident."""
        return Talk(self.url)

    def accounts(self) -> list[dict[str, str]]:
        """The sample accounts: role, user, password, commune."""
        with (self.data_dir / "sample-accounts.tsv").open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines, delimiter="\t"))

    def official(self, user: str) -> Desk:
        """That official, logged in."""
        account = next(account for account in self.accounts() if account["user"] == user)
        return Desk(self.url, user, account["password"])

    def official_with(self, role: str, commune: str = "") -> Desk:
        """The first official of that role (and commune), logged in."""
        fitting = (a for a in self.accounts() if a["role"] == role and commune in a["commune"])
        return self.official(next(fitting)["user"])

    def database(self, name: str = "xahoi") -> psycopg.Connection:
        """A connection of our own to ``xahoi`` or ``rasa``; each statement commits."""
        return psycopg.connect(EmbeddedPostgres(self.data_dir).url(name), autocommit=True)

    def _has_started_or_ended(self) -> bool:
        return "Sẵn sàng." in self.said() or self.process.poll() is not None


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    """A copy with the sample province, a Friday morning in working hours; its workers can be told to die."""
    with open_folder() as folder:
        put_model_into(folder)
        copy = Product(folder, {})
        try:
            copy.wait_until_ready()
            yield copy
        finally:
            copy.stop()
