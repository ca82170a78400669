"""The folder of one copy: everything this copy keeps, and the lock that keeps a second supervisor out."""

import fcntl
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bot.dialogue.sources import TAUGHT
from bot.supervisor.postgres_home import Home
from bot.supervisor.problems import CannotStart

README = """Thư mục dữ liệu của “Xã hỏi – Tỉnh trả lời”. Hãy sao lưu cả thư mục này.

keys/                 khóa của máy chủ: mất khóa thì mã bí mật tra cứu cũ không dùng được nữa
logs/                 nhật ký từng tiến trình (không chứa lời người dân)
models/               mô hình hiểu ngôn ngữ, tự huấn luyện lại khi nguồn thay đổi
run/                  khóa và số tiến trình đang chạy
sample-accounts.tsv   tài khoản mẫu (chỉ khi SAMPLE=1)

Cơ sở dữ liệu: {database}
Chương trình PostgreSQL: {programs}
"""


@dataclass(frozen=True)
class DataFolder:
    """Absolute paths inside ``DATA_DIR``."""

    path: Path

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def models(self) -> Path:
        return self.path / "models"

    @property
    def taught_ways(self) -> Path:
        """Ways of asking approved in the database, for the training of the model."""
        return self.models.joinpath(TAUGHT)

    @property
    def pids(self) -> Path:
        return self.path / "run" / "processes.json"

    @property
    def _lock_file(self) -> Path:
        return self.path / "run" / "supervisor.lock"

    @property
    def server_key(self) -> Path:
        return self.path / "keys" / "server.key"

    @property
    def sample_accounts(self) -> Path:
        return self.path / "sample-accounts.tsv"

    def make(self) -> None:
        """The folders exist and can be written to; raises CannotStart."""
        try:
            for folder in (self.logs, self.models, self.pids.parent, self.server_key.parent):
                folder.mkdir(parents=True, exist_ok=True)
            self.logs.chmod(0o700)
            self.server_key.parent.chmod(0o700)
            self._lock_file.touch()
        except OSError as problem:
            raise CannotStart(
                f"Không ghi được vào DATA_DIR={self.path} ({problem.strerror}). "
                "Hãy sửa quyền thư mục hoặc chọn DATA_DIR khác."
            ) from problem

    def lock(self) -> IO[str]:
        """Keep other supervisors out until the returned file is closed or the process ends; raises CannotStart."""
        lock = self._lock_file.open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            lock.close()
            raise CannotStart(
                f"Một bản khác đang chạy với DATA_DIR={self.path}. "
                "Hãy dừng nó, hoặc đặt DATA_DIR và PORT khác cho bản này."
            ) from problem
        return lock

    def is_locked(self) -> bool:
        """Whether a supervisor runs on this folder."""
        try:
            self.lock().close()
        except CannotStart:
            return True
        except FileNotFoundError:
            return False
        return False

    def ensure_server_key(self) -> None:
        """A random key of 64 hexadecimal digits, mode 600, made once."""
        if self.server_key.exists():
            return
        new = self.server_key.with_suffix(".new")
        new.unlink(missing_ok=True)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        new.rename(self.server_key)

    def write_readme(self, home: Home | None) -> None:
        """Say what lies where; ``home`` is the embedded cluster's, None with a server of one's own."""
        database = str(home.data) if home else "máy chủ ở DATABASE_URL"
        programs = str(home.programs) if home else "của máy chủ đó"
        (self.path / "README").write_text(README.format(database=database, programs=programs), encoding="utf-8")
