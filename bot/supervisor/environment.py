"""The settings as a person may have mistyped them, and what the children are told."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dotenv.parser import parse_stream
from pydantic import ValidationError

from bot.settings import PROJECT, Settings
from bot.supervisor.databases import rasa_tracker_url
from bot.supervisor.problems import CannotStart

EXPECTED: Mapping[str, str] = {
    "int_parsing": "phải là số nguyên",
    "float_parsing": "phải là một số",
    "bool_parsing": "phải là 0 hoặc 1",
    "greater_than_equal": "phải từ {ge} trở lên",
    "less_than_equal": "không được quá {le}",
    "literal_error": "phải là một trong: {expected}",
    "value_error": "{error}",
}
A_MOMENT = "phải là thời điểm có múi giờ, ví dụ 2026-11-20T08:00+07:00"


def read_settings(env_file: Path = PROJECT / ".env") -> Settings:
    """The settings; raises CannotStart naming variable and expectation (never the value: it may be secret)."""
    _check_lines(env_file)
    try:
        return Settings(_env_file=env_file)
    except ValidationError as problem:
        faults = "; ".join(_fault(error) for error in problem.errors())
        raise CannotStart(f"Cấu hình sai: {faults}. Hãy sửa trong {env_file} hoặc biến môi trường.") from problem


def children_environment(settings: Settings, database_url: str, rasa_port: int, actions_port: int) -> dict[str, str]:
    """What every child of ours gets beside our own environment; see ``docs/decisions/0001-own-supervisor.md``."""
    return {
        **os.environ,
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": database_url,
        "RASA_PORT": str(rasa_port),
        "ACTIONS_PORT": str(actions_port),
        "PYTHONUNBUFFERED": "1",
    }


def rasa_environment(settings: Settings, database_url: str, actions_port: int) -> dict[str, str]:
    """What Rasa gets: its own database and the way to the actions, none of our secrets."""
    kept = {name: value for name, value in os.environ.items() if name not in ("SERVER_KEY", "DATABASE_URL")}
    return {
        **kept,
        "DATA_DIR": str(settings.data_dir),
        "LOG_LEVEL": settings.log_level,
        "RASA_TRACKER_URL": rasa_tracker_url(database_url, settings.rasa_database),
        "ACTIONS_URL": f"http://127.0.0.1:{actions_port}/webhook",
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONUNBUFFERED": "1",
    }


def _check_lines(env_file: Path) -> None:
    if not env_file.is_file():
        return
    try:
        with env_file.open(encoding="utf-8") as stream:
            broken = [str(line.original.line) for line in parse_stream(stream) if line.error]
    except (UnicodeDecodeError, PermissionError) as problem:
        raise CannotStart(
            f"Không đọc được {env_file}. Hãy lưu lại tệp bằng bảng mã UTF-8, theo mẫu .env.example."
        ) from problem
    if broken:
        raise CannotStart(
            f"{env_file}: dòng {', '.join(broken)} không phải TÊN=giá_trị. Hãy sửa theo mẫu .env.example."
        )


def _fault(error: Any) -> str:
    name = ".".join(str(part) for part in error["loc"]).upper()
    kind = str(error["type"])
    expected = A_MOMENT if kind.startswith(("datetime", "timezone")) else EXPECTED.get(kind, str(error["msg"]))
    return f"{name} {expected.format(**error.get('ctx', {}))}".strip()
