"""What runs beside PostgreSQL: the command of each process, what it is told, and how it shows that it is up."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.settings import MOST_PROCESSES, PROJECT, Settings
from bot.supervisor import stand_ins
from bot.supervisor.environment import children_environment, rasa_environment
from bot.supervisor.health import answers, beats, reachable_host
from bot.supervisor.model import island_python
from bot.supervisor.ports import free_ports, free_run
from bot.supervisor.processes import Program


def names(program: str, count: int) -> list[str]:
    """``rasa``, ``rasa-2``, ``rasa-3`` …"""
    return [program, *(f"{program}-{number}" for number in range(2, count + 1))]


STOP_ORDER = (
    ("web",),
    names("worker", MOST_PROCESSES),
    stand_ins.NAMES,
    ("actions", *names("rasa", MOST_PROCESSES)),
    ("postgres",),
)
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
        ours = children_environment(self.settings, self.database_url, self.rasa_port, self.actions_port)
        return {**ours, **stand_ins.environment(self.settings)}


def wire(settings: Settings, database_url: str) -> Wiring:
    """Choose the inner ports, unless the settings name them."""
    rasa_port = settings.rasa_port or free_run(settings.rasa_processes)
    return Wiring(settings, database_url, rasa_port, settings.actions_port or free_ports(1)[0])


def first_start(wiring: Wiring) -> Program:
    """Databases, tables, first content: see ``bot.supervisor.first_start``."""
    return _ours("first-start", "bot.supervisor.first_start", wiring)


def beside_postgres(wiring: Wiring, model: Path) -> list[Program]:
    """All that serves residents and officials, once the database and the model are there."""
    return [*rasas(wiring, model), actions(wiring), *workers(wiring), web(wiring)]


def web(wiring: Wiring) -> Program:
    host, port = reachable_host(wiring.settings.host), wiring.settings.port
    return _ours("web", "bot.app", wiring, healthy=answers(port, "/ready", host))


def workers(wiring: Wiring) -> list[Program]:
    """Each is given the time to finish a message in hand; killed, it would be taken up again after the next start."""
    healthy = beats(wiring.database_url)
    wanted = names("worker", wiring.settings.workers)
    return [_ours(name, "bot.worker", wiring, healthy=healthy, stop_seconds=11.0) for name in wanted]


def actions(wiring: Wiring) -> Program:
    return _ours("actions", "actions", wiring, healthy=answers(wiring.actions_port, "/health"))


def rasas(wiring: Wiring, model: Path) -> list[Program]:
    """Each with the whole model; the worker chooses among them by errand."""
    wanted = names("rasa", wiring.settings.rasa_processes)
    return [_rasa(name, wiring, wiring.rasa_port + number, model) for number, name in enumerate(wanted)]


def _rasa(name: str, wiring: Wiring, port: int, model: Path) -> Program:
    serve = ("-m", "bot.dialogue", "serve", "--port", str(port), "--model", str(model))
    environment = rasa_environment(wiring.settings, wiring.database_url, wiring.actions_port)
    ready = answers(port, "/webhooks/gateway/ready")
    return Program(name, [island_python(), *serve], environment, PROJECT, healthy=ready, start_seconds=300.0)


def _ours(name: str, module: str, wiring: Wiring, **more: Any) -> Program:
    return Program(name, [sys.executable, "-m", module], wiring.environment, PROJECT, **more)
