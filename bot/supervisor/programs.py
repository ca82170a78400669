"""What runs beside PostgreSQL: the command of each process, what it is told, and how it shows that it is up."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.settings import PROJECT, Settings
from bot.supervisor.environment import children_environment, rasa_environment
from bot.supervisor.health import answers, beats, reachable_host
from bot.supervisor.model import island_python
from bot.supervisor.ports import free_ports
from bot.supervisor.processes import Program

STOP_ORDER = (("web",), ("worker",), ("actions", "rasa"), ("postgres",))
"""Nobody new comes in, what is in hand is finished, then what it leaned on goes."""


@dataclass(frozen=True)
class Wiring:
    """What the processes of one copy know of each other; fixed for the life of the supervisor."""

    settings: Settings
    database_url: str
    rasa_port: int
    actions_port: int

    @property
    def environment(self) -> Mapping[str, str]:
        return children_environment(self.settings, self.database_url, self.rasa_port, self.actions_port)


def wire(settings: Settings, database_url: str) -> Wiring:
    """Choose the inner ports, unless the settings name them."""
    rasa_port, actions_port = free_ports(2)
    return Wiring(settings, database_url, settings.rasa_port or rasa_port, settings.actions_port or actions_port)


def first_start(wiring: Wiring) -> Program:
    """Databases, tables, first content: see ``bot.supervisor.first_start``."""
    return _ours("first-start", "bot.supervisor.first_start", wiring)


def web(wiring: Wiring) -> Program:
    host, port = reachable_host(wiring.settings.host), wiring.settings.port
    return _ours("web", "bot.app", wiring, healthy=answers(port, "/ready", host))


def worker(wiring: Wiring) -> Program:
    """It is given the time to finish a message in hand; killed, it would be taken up again after the next start."""
    return _ours("worker", "bot.worker", wiring, healthy=beats(wiring.database_url), stop_seconds=11.0)


def actions(wiring: Wiring) -> Program:
    return _ours("actions", "actions", wiring, healthy=answers(wiring.actions_port, "/health"))


def rasa(wiring: Wiring, model: Path) -> Program:
    serve = ("-m", "bot.dialogue", "serve", "--port", str(wiring.rasa_port), "--model", str(model))
    environment = rasa_environment(wiring.settings, wiring.database_url, wiring.actions_port)
    ready = answers(wiring.rasa_port, "/webhooks/gateway/ready")
    return Program("rasa", [island_python(), *serve], environment, PROJECT, healthy=ready, start_seconds=300.0)


def _ours(name: str, module: str, wiring: Wiring, **more: Any) -> Program:
    return Program(name, [sys.executable, "-m", module], wiring.environment, PROJECT, **more)
