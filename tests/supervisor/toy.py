"""A supervisor over PostgreSQL and toys: ``python -m tests.supervisor.toy FOLDER``; says "ready" when all are up."""

import sys
from contextlib import suppress
from pathlib import Path

from bot.supervisor.postgres import EmbeddedPostgres
from bot.supervisor.processes import Program, Stopped, Supervisor
from bot.supervisor.run import embedded

PARENT = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
time.sleep(600)
"""
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"


def say(line: str) -> None:
    print(line, flush=True)


def toy(name: str, code: str) -> Program:
    return Program(name, [sys.executable, "-c", code], stop_seconds=1.0)


def main(folder: Path) -> None:
    supervisor = Supervisor(folder / "logs", folder / "run" / "processes.json", say)
    supervisor.listen_to_signals()
    postgres = EmbeddedPostgres(folder)
    postgres.prepare()
    with suppress(Stopped):
        supervisor.add(embedded(postgres))
        supervisor.wait_until_healthy("postgres")
        supervisor.add(toy("sleeper", "import time; time.sleep(600)"), toy("parent", PARENT), toy("deaf", DEAF))
        supervisor.add(toy("brief", "import time; time.sleep(0.2)"))
        say("ready")
        supervisor.keep_alive()
    supervisor.stop(["sleeper"], ["parent", "deaf"])
    say("stopped")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
