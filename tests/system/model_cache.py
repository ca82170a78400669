"""The trained model, shared by every test that starts the product: trained once, kept by the hash of its sources."""

import os
import subprocess
import sys
from pathlib import Path

from bot.dialogue.sources import source_hash
from bot.settings import PROJECT


def put_model_into(data_dir: Path) -> None:
    """The model of the present sources lies in ``data_dir/models``, so that the start there trains nothing.

    It is a link into ``MODEL_CACHE`` (default ``var/models``), where it is trained first when it is missing.
    """
    models = data_dir / "models"
    models.mkdir(parents=True, exist_ok=True)
    trained = _trained()
    (models / trained.name).symlink_to(trained)


def _trained() -> Path:
    cache = Path(os.environ.get("MODEL_CACHE", PROJECT / "var" / "models")).resolve()
    model = cache / f"{source_hash()}.tar.gz"
    if not model.exists():
        environment = {**os.environ, "DATA_DIR": str(cache.parent)}
        subprocess.run([sys.executable, "-m", "bot.cli", "train"], cwd=PROJECT, env=environment, check=True)
    return model
