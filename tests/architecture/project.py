"""The project's own files, as the architecture tests read them."""

import ast
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.settings import PROJECT


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that belongs to the project: tracked, or new and not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True, text=True).stdout
    return tuple(path for name in found.split("\0") if name and (path := PROJECT / name).is_file())


def python_files(*folders: str) -> list[Path]:
    """The project's Python files below these folders."""
    return [p for p in tracked() if p.suffix == ".py" and p.relative_to(PROJECT).parts[0] in folders]


def yaml_of(folder: str) -> dict[str, Any]:
    """Every YAML file below a folder: name → content."""
    return {
        p.stem: yaml.safe_load(p.read_text(encoding="utf-8"))
        for p in tracked()
        if p.suffix == ".yml" and p.is_relative_to(PROJECT / folder)
    }


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def named(path: Path) -> str:
    return str(path.relative_to(PROJECT))
