"""The trained model, named by the hash of all it was trained from: same sources, no training."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from bot.dialogue.sources import TAUGHT, source_hash
from bot.settings import PROJECT
from bot.supervisor.logs import last_line
from bot.supervisor.problems import CannotStart
from bot.supervisor.processes import Program, Supervisor

ISLAND = PROJECT / "bot" / "dialogue" / ".venv" / "bin" / "python"
KEPT_MODELS = 2


def island_python() -> Path:
    """Rasa's Python 3.10; raises CannotStart when its environment has not been made."""
    if not ISLAND.exists():
        raise CannotStart(f"Thiếu môi trường của Rasa ({ISLAND}). Hãy chạy: make setup")
    return ISLAND


def model_path(models: Path) -> Path:
    """Where the model of the present sources, with the ways exported into that folder, lies, trained or not yet."""
    return models / f"{source_hash(taught=models / TAUGHT)}.tar.gz"


def train(supervisor: Supervisor, target: Path, say: Callable[[str], None]) -> None:
    """Train the present sources into ``target``, which appears only when whole. Raises CannotStart."""
    new = target.with_name(f"new-{target.name}")
    new.unlink(missing_ok=True)
    say(f"Huấn luyện mô hình {target.name} (vài phút; nhật ký: {supervisor.logs / 'train.log'})…")
    since = time.monotonic()
    if supervisor.run_once(training(new), progress=_tell_every_ten_seconds(say)) or not new.exists():
        line = last_line(supervisor.logs, "train")[:200]
        raise CannotStart(f"Huấn luyện không xong. Hãy xem {supervisor.logs / 'train.log'} (dòng cuối: {line})")
    new.rename(target)
    say(f"  ✓ đã huấn luyện trong {time.monotonic() - since:.0f} giây")


def _tell_every_ten_seconds(say: Callable[[str], None]) -> Callable[[float], None]:
    told = 0

    def tell(seconds: float) -> None:
        nonlocal told
        if seconds >= told + 10:
            told = int(seconds)
            say(f"  … {told} giây")

    return tell


def training(target: Path) -> Program:
    """The program that trains into ``target``, with the ways exported beside it."""
    command: list[str | Path] = [island_python(), "-m", "bot.dialogue", "train", "--out", target]
    command += ["--ways", target.with_name(TAUGHT)]
    return Program("train", command, {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}, PROJECT)


def remove_old(models: Path, current: Path) -> None:
    """Keep the present model and the one used before it."""
    current.touch()
    by_age = sorted(models.glob("[!n]*.tar.gz"), key=lambda model: model.stat().st_mtime, reverse=True)
    for model in by_age[KEPT_MODELS:]:
        model.unlink()
