"""Where recordings lie: files named by their content's SHA-256, written whole or not at all."""

import os
import tempfile
from hashlib import sha256
from pathlib import Path


class RecordingFiles:
    """A folder of recordings; the same content is kept once."""

    def __init__(self, data_dir: Path) -> None:
        self._root = data_dir / "recordings"

    def keep(self, content: bytes) -> str:
        """Write the content and give its hash."""
        name = sha256(content).hexdigest()
        path = self._path(name)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(path)
        return name

    def read(self, name: str) -> bytes:
        """The content; ``FileNotFoundError``."""
        return self._path(name).read_bytes()

    def remove(self, name: str) -> None:
        """Delete the content, if it is there."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._root / name[:2] / name
