"""Children that are kept alive: started, watched, restarted on any exit, stopped in order.

Everything happens in the main thread, one short step at a time: the kernel ties a child to the thread that made it.
"""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from bot.supervisor.lifeline import die_with_parent
from bot.supervisor.logs import last_line, open_log, rotate
from bot.supervisor.problems import CannotStart

STEP_SECONDS = 0.05
DELAYS = (0.0, 0.3, 1.0, 2.0, 5.0)
"""Seconds before the first, second … restart in a row; the last one repeats."""
STEADY_SECONDS = 10.0
"""A child that has lived this long starts again from the first delay."""
HOPELESS_STARTS = 5
"""A child that never became healthy and ended this often stops the whole start."""
ROTATE_SECONDS = 5.0


@dataclass(frozen=True)
class Program:
    """What to run and how to tell that it is up. ``start`` is given for a child that starts itself (PostgreSQL)."""

    name: str
    command: Sequence[str | Path] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path = Path("/")
    healthy: Callable[[], bool] = lambda: True
    start: Callable[[IO[bytes] | None], subprocess.Popen[bytes]] | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 5.0
    start_seconds: float = 120.0

    def spawn(self, log: IO[bytes] | None) -> subprocess.Popen[bytes]:
        """A new child that dies with us and is out of the terminal's reach (Ctrl-C comes to us alone).

        Without a log it writes where we write.
        """
        if self.start is not None:
            return self.start(log)
        return subprocess.Popen(
            self.command,
            cwd=self.folder,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT if log else None,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGKILL),  # noqa: PLW1509 - one thread only
        )


class Child:
    """One program and its present process."""

    def __init__(self, program: Program, logs: Path) -> None:
        self.program = program
        self.logs = logs
        self.process: subprocess.Popen[bytes] | None = None
        self.ends_in_a_row = 0
        self.started_at = 0.0
        self.start_at = 0.0

    @property
    def name(self) -> str:
        return self.program.name

    def start(self) -> None:
        """A new process; one that cannot even be started counts as one that ended at once."""
        self.started_at = time.monotonic()
        with open_log(self.logs, self.name) as log:
            try:
                self.process = self.program.spawn(log)
            except (OSError, subprocess.SubprocessError, CannotStart) as problem:
                log.write(f"{problem}\n".encode())
                self._note_end()

    def ended(self) -> int | None:
        """The exit code once the process has ended; what it left in its group is ended too."""
        if self.process is None or (code := self.process.poll()) is None:
            return None
        _kill_group(self.process.pid)
        self.process = None
        self._note_end()
        return code

    def is_due(self) -> bool:
        return self.process is None and time.monotonic() >= self.start_at

    def is_healthy(self) -> bool:
        return self.process is not None and self.process.poll() is None and self.program.healthy()

    def ask_to_stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(self.program.stop_signal)

    def wait_or_kill(self) -> None:
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(self.program.stop_seconds)
        _kill_group(self.process.pid)
        self.process.wait()
        self.process = None

    def _note_end(self) -> None:
        if time.monotonic() - self.started_at > STEADY_SECONDS:
            self.ends_in_a_row = 0
        self.start_at = time.monotonic() + DELAYS[min(self.ends_in_a_row, len(DELAYS) - 1)]
        self.ends_in_a_row += 1


class Stopped(Exception):
    """SIGTERM, SIGHUP or Ctrl-C arrived."""


class Supervisor:
    """Keeps children alive. ``pids`` is a JSON file {name: pid}, rewritten at each start of a child."""

    def __init__(self, logs: Path, pids: Path, say: Callable[[str], None] = print) -> None:
        self.logs = logs
        self.pids = pids
        self.say = say
        self.children: list[Child] = []
        self.stop_asked = False
        self._rotate_at = 0.0

    def listen_to_signals(self) -> None:
        """From now on a signal only sets a mark; the next ``step`` raises ``Stopped``."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)

    def add(self, *programs: Program) -> None:
        """Start these now, all at once, and keep them alive from here on."""
        new = [Child(program, self.logs) for program in programs]
        self.children += new
        for child in new:
            child.start()
        self._write_pids()

    def wait_until_healthy(self, *names: str) -> None:
        """Raises CannotStart when one of them ends again and again or is not up in its time."""
        waiting = [child for child in self.children if child.name in names]
        since = time.monotonic()
        while waiting:
            self.step()
            for child in [child for child in waiting if child.is_healthy()]:
                waiting.remove(child)
                self.say(f"  ✓ {child.name} ({time.monotonic() - since:.1f} giây)")
            for child in waiting:
                self._give_up_if_hopeless(child, time.monotonic() - since)

    def run_once(
        self, program: Program, *, on_screen: bool = False, progress: Callable[[float], None] | None = None
    ) -> int:
        """Run a program to its end while the children are watched; its output goes to its log or to the screen.

        ``progress`` is called at each step with the seconds gone by. Returns the exit code.
        """
        since = time.monotonic()
        with open_log(self.logs, program.name) as log:
            process = program.spawn(None if on_screen else log)
        try:
            while (code := process.poll()) is None:
                self.step()
                if progress is not None:
                    progress(time.monotonic() - since)
            return code
        finally:
            _kill_group(process.pid)
            process.wait()

    def keep_alive(self) -> None:
        """Until a signal comes."""
        with suppress(Stopped):
            while True:
                self.step()

    def step(self) -> None:
        """Look at each child once, then pause shortly. Raises ``Stopped`` once a signal has come."""
        for child in self.children:
            if (code := child.ended()) is not None:
                self.say(f"  ! {child.name} đã dừng ({_reason(code)}), khởi động lại")
            if child.is_due():
                child.start()
                self._write_pids()
        self._rotate_logs()
        time.sleep(STEP_SECONDS)
        if self.stop_asked:
            raise Stopped

    def stop(self, *groups: Sequence[str]) -> None:
        """Group after group, each at once within itself; whoever is not named goes last, newest first."""
        named = {name for group in groups for name in group}
        rest = [[child.name] for child in reversed(self.children) if child.name not in named]
        for group in [*groups, *rest]:
            leaving = [child for child in self.children if child.name in group]
            for child in leaving:
                child.ask_to_stop()
            for child in leaving:
                child.wait_or_kill()
        self.children.clear()
        self.pids.unlink(missing_ok=True)

    def _give_up_if_hopeless(self, child: Child, seconds: float) -> None:
        hopeless = child.ends_in_a_row >= HOPELESS_STARTS
        if hopeless or seconds > child.program.start_seconds:
            log = self.logs / f"{child.name}.log"
            why = "dừng liên tục" if hopeless else f"chưa sẵn sàng sau {seconds:.0f} giây"
            line = last_line(self.logs, child.name)
            raise CannotStart(f"{child.name} {why}. Hãy xem {log}" + (f" (dòng cuối: {line[:200]})" if line else ""))

    def _ask_to_stop(self, number: int, frame: object) -> None:
        self.stop_asked = True

    def _rotate_logs(self) -> None:
        if time.monotonic() >= self._rotate_at:
            self._rotate_at = time.monotonic() + ROTATE_SECONDS
            rotate(self.logs)

    def _write_pids(self) -> None:
        pids = {child.name: child.process.pid for child in self.children if child.process is not None}
        self.pids.parent.mkdir(parents=True, exist_ok=True)
        new = self.pids.with_suffix(".new")
        new.write_text(json.dumps(pids))
        new.replace(self.pids)


def _kill_group(leader: int) -> None:
    """Whatever the child itself had started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _reason(code: int) -> str:
    return f"tín hiệu {signal.Signals(-code).name}" if code < 0 else f"mã {code}"
