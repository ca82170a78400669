"""The real product, started on its own folder and port to be measured or tortured, and stopped without a trace."""

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from bot.dialogue.sources import source_hash
from bot.settings import PROJECT
from bot.supervisor.postgres_home import SYSTEM_HOME

START_SECONDS = 240.0
STOP_SECONDS = 60.0


class NotRunning(RuntimeError):
    """The product did not start, or ended by itself; the text says where to look."""


@dataclass(frozen=True)
class Product:
    """A running copy: its folder, its address, its supervisor."""

    folder: Path
    url: str
    supervisor: psutil.Popen

    def pids(self) -> dict[str, int]:
        """Name and process id of each child, as the supervisor last wrote them."""
        pids: dict[str, int] = json.loads((self.folder / "run" / "processes.json").read_text())
        return pids

    def database_url(self) -> str:
        """The libpq URL that the worker was given."""
        return psutil.Process(self.pids()["worker"]).environ()["DATABASE_URL"]

    def cpu_seconds(self) -> float:
        """CPU time of every process of this copy so far, those that have ended included."""
        return sum(_cpu_seconds(process) for process in [self.supervisor, *self.supervisor.children(recursive=True)])

    def wait_until_ready(self, seconds: float = START_SECONDS) -> None:
        """Raises NotRunning when it ends or is not up in time."""
        deadline = time.monotonic() + seconds
        while not (_answers(f"{self.url}/ready") and "Sẵn sàng" in self.log()):
            if self.supervisor.poll() is not None or time.monotonic() > deadline:
                raise NotRunning(f"the product did not start, see {self.folder}: {self.log()[-400:]}")
            time.sleep(0.3)

    def log(self) -> str:
        return (self.folder / "run.log").read_text(encoding="utf-8")


@contextmanager
def running(purpose: str, settings: Mapping[str, str]) -> Iterator[Product]:
    """A fresh copy in var/<purpose>/, gone afterwards; after an exception the folder stays, to be looked at."""
    parent = PROJECT / "var" / purpose
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="copy-", dir=parent))
    _lend_model(folder / "models")
    product = _start(folder, settings)
    cluster: Path | None = None
    try:
        product.wait_until_ready()
        cluster = _cluster_of(product.pids()["postgres"])
        yield product
    finally:
        _stop(product.supervisor)
    shutil.rmtree(folder)
    if cluster is not None and cluster.is_relative_to(SYSTEM_HOME):
        shutil.rmtree(cluster, ignore_errors=True)


@asynccontextmanager
async def running_beside(purpose: str, settings: Mapping[str, str]) -> AsyncIterator[Product]:
    """The same from within a running loop, which goes on while the product starts and stops."""
    copy = running(purpose, settings)
    product = await asyncio.to_thread(copy.__enter__)
    try:
        yield product
    except BaseException as problem:
        await asyncio.to_thread(copy.__exit__, type(problem), problem, problem.__traceback__)
        raise
    await asyncio.to_thread(copy.__exit__, None, None, None)


def _lend_model(models: Path) -> None:
    """The model of the present sources, trained into var/models if it is not there, shared with the copy."""
    trained = PROJECT / "var" / "models" / f"{source_hash()}.tar.gz"
    if not trained.exists():
        subprocess.run(_command("train"), cwd=PROJECT, env=_environment(PROJECT / "var", {}), check=True)
    models.mkdir(parents=True)
    os.link(trained, models / trained.name)


def _start(folder: Path, settings: Mapping[str, str]) -> Product:
    port = _free_port()
    environment = _environment(folder, {"PORT": str(port), "HOST": "127.0.0.1", **settings})
    with (folder / "run.log").open("wb") as log:
        supervisor = psutil.Popen(
            _command("run"), cwd=PROJECT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    return Product(folder, f"http://127.0.0.1:{port}", supervisor)


def _stop(supervisor: psutil.Popen) -> None:
    with suppress(psutil.NoSuchProcess):
        supervisor.send_signal(signal.SIGTERM)
    try:
        supervisor.wait(STOP_SECONDS)
    except psutil.TimeoutExpired:
        supervisor.kill()


def _command(what: str) -> list[str]:
    return [sys.executable, "-m", "bot.cli", what]


def _environment(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Ours without what make handed down: under ``MAKELEVEL`` the supervisor would follow make's life."""
    kept = {name: value for name, value in os.environ.items() if name not in ("MAKELEVEL", "DATABASE_URL", "CLOCK")}
    return {**kept, "DATA_DIR": str(folder), "SAMPLE": "1", "PUBLIC_URL": "", "DATABASE_URL": "", **settings}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def _cluster_of(postgres: int) -> Path:
    """The folder around the data of the server with this process id (``postgres -D <data> …``)."""
    command = psutil.Process(postgres).cmdline()
    return Path(command[command.index("-D") + 1]).parent


def _cpu_seconds(process: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        spent = process.cpu_times()
        return float(spent.user + spent.system + spent.children_user + spent.children_system)
    return 0.0
