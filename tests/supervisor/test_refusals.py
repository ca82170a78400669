"""What keeps the product from starting is said in one line, without a traceback."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import PROJECT
from bot.supervisor.data_folder import DataFolder
from bot.supervisor.environment import read_settings
from bot.supervisor.ports import free_ports, require_free
from bot.supervisor.problems import CannotStart


def start(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATA_DIR": str(folder / "data"), "PORT": str(free_ports(1)[0]), **variables}
    command = [sys.executable, "-m", "bot.cli", "run"]
    return subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    lines = [line for line in done.stderr.splitlines() if line]
    assert done.returncode == 2
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.mark.slow
def test_a_busy_port(tmp_path: Path, busy_port: int) -> None:
    line = one_line(start(tmp_path, PORT=str(busy_port)))
    assert f"Cổng {busy_port}" in line
    assert f"PORT={busy_port + 1}" in line


@pytest.mark.slow
def test_a_busy_port_of_a_stand_in(tmp_path: Path, busy_port: int) -> None:
    assert f"Cổng {busy_port}" in one_line(start(tmp_path, PORT=str(busy_port - 2), PLATFORMS="fake"))


@pytest.mark.slow
def test_stand_ins_are_not_for_the_public(tmp_path: Path) -> None:
    line = one_line(start(tmp_path, PLATFORMS="fake", SAMPLE="0", PUBLIC_URL="https://x.vn"))
    assert "PLATFORMS=fake" in line
    assert "PUBLIC_URL" in line


@pytest.mark.slow
def test_an_unreachable_database_without_its_password(tmp_path: Path) -> None:
    url = f"postgresql://xahoi:geheim@127.0.0.1:{free_ports(1)[0]}/xahoi"  # pragma: allowlist secret
    done = start(tmp_path, DATABASE_URL=url)
    assert done.returncode == 2
    assert "DATABASE_URL" in done.stderr
    assert "geheim" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_data_folder_in_use(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.make()
    with folder.lock():
        assert "Một bản khác đang chạy" in one_line(start(tmp_path))


@pytest.mark.slow
def test_a_data_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, no folder")
    assert "DATA_DIR" in one_line(start(tmp_path))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PORT=abc", "PORT phải là số nguyên"),
        ("PORT=70000", "PORT không được quá 65535"),
        ("SAMPLE=maybe", "SAMPLE phải là 0 hoặc 1"),
        ("CLOCK=yesterday", "CLOCK phải là thời điểm"),
        ("LOG_LEVEL=LOUD", "LOG_LEVEL phải là một trong"),
        ("PUBLIC_URL=https://example.org", "PUBLIC_URL là địa chỉ công khai"),
        ("PORT=8000\nthis is no setting\n", "dòng 2"),
    ],
)
def test_a_broken_env_file(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / ".env").write_text(text)
    with pytest.raises(CannotStart) as refusal:
        read_settings(tmp_path / ".env")
    assert expected in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_an_env_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00PORT=1")
    with pytest.raises(CannotStart, match="UTF-8"):
        read_settings(tmp_path / ".env")


def test_a_free_port_is_accepted() -> None:
    require_free("127.0.0.1", free_ports(1)[0])


def test_an_address_that_is_not_ours() -> None:
    with pytest.raises(CannotStart, match="HOST"):
        require_free("192.0.2.1", 8000)
