"""The supervisor with real processes: what it brings back, and what it leaves behind (nothing)."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from bot.settings import PROJECT
from tests.supervisor.temporary import open_folder

pytestmark = pytest.mark.slow


class Toy:
    """A running toy supervisor."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        command = [sys.executable, "-m", "tests.supervisor.toy", str(folder)]
        self.process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.strip() == "ready":
                return
        raise AssertionError("the toy supervisor did not start")

    def pid(self, name: str) -> int:
        return int(json.loads((self.folder / "run" / "processes.json").read_text()).get(name, 0))

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture(scope="module")
def shared() -> Iterator[Toy]:
    """One supervisor for the tests that only kill its children."""
    with open_folder() as folder:
        running = Toy(folder)
        yield running
        running.process.send_signal(signal.SIGTERM)
        running.process.wait(15)
        running.close()


@pytest.fixture
def toy(folder: Path) -> Iterator[Toy]:
    running = Toy(folder)
    family = running.family()
    yield running
    running.close()
    for left in family:
        with suppress(psutil.NoSuchProcess):
            left.kill()


def until(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def is_gone(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_killed_child_comes_back_at_once(shared: Toy) -> None:
    before = shared.pid("sleeper")
    os.kill(before, signal.SIGKILL)
    assert until(lambda: shared.pid("sleeper") not in (0, before), 1.0)


def test_a_child_that_ends_well_comes_back_too(shared: Toy) -> None:
    before = shared.pid("brief")
    assert until(lambda: shared.pid("brief") not in (0, before), 3.0)


def test_what_a_killed_child_had_started_goes_with_it(shared: Toy) -> None:
    assert until(lambda: bool(psutil.Process(shared.pid("parent")).children()), 3.0)
    grandchild = psutil.Process(shared.pid("parent")).children()[0]
    os.kill(shared.pid("parent"), signal.SIGKILL)
    assert until(lambda: is_gone(grandchild), 3.0)


def test_killed_postgres_comes_back(shared: Toy) -> None:
    before = shared.pid("postgres")
    os.kill(before, signal.SIGKILL)
    assert until(lambda: shared.pid("postgres") not in (0, before), 10.0)


def test_sigterm_stops_everything_even_the_deaf(toy: Toy) -> None:
    family = toy.family()
    toy.process.send_signal(signal.SIGTERM)
    assert toy.process.wait(15) == 0
    assert all(is_gone(process) for process in family)
    assert not (toy.folder / "run" / "processes.json").exists()


def test_nothing_stays_behind_after_kill_9_of_the_supervisor(toy: Toy) -> None:
    names = ("sleeper", "deaf", "postgres")
    family = [psutil.Process(toy.pid(name)) for name in names]
    family += psutil.Process(toy.pid("postgres")).children(recursive=True)
    toy.process.kill()
    assert until(lambda: all(is_gone(process) for process in family), 10.0)


def test_a_second_start_after_kill_9_finds_its_data_whole(folder: Path) -> None:
    first = Toy(folder)
    first.close()
    second = Toy(folder)
    assert second.pid("postgres")
    second.process.send_signal(signal.SIGINT)
    assert second.process.wait(15) == 0
    second.close()
