import os
import stat
from pathlib import Path

import pytest

from bot.supervisor.data_folder import DataFolder
from bot.supervisor.databases import rasa_tracker_url, with_database
from bot.supervisor.logs import last_line, open_log, rotate
from bot.supervisor.model import remove_old
from bot.supervisor.problems import CannotStart


def test_the_server_key_is_private_and_made_once(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.make()
    folder.ensure_server_key()
    key = folder.server_key.read_text()
    folder.ensure_server_key()
    assert folder.server_key.read_text() == key
    assert len(key) == 64
    assert stat.S_IMODE(folder.server_key.stat().st_mode) == 0o600


def test_a_second_supervisor_is_kept_out_until_the_first_lets_go(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.make()
    assert not folder.is_locked()
    with folder.lock():
        assert folder.is_locked()
        with pytest.raises(CannotStart):
            folder.lock()
    assert not folder.is_locked()


def test_a_log_that_grew_is_set_aside_while_its_writer_goes_on(tmp_path: Path) -> None:
    with open_log(tmp_path, "web") as log:
        log.write(b"old\n" * 10)
        rotate(tmp_path, max_bytes=20)
        log.write(b"new\n")
    assert (tmp_path / "web.log").read_text() == "new\n"
    assert (tmp_path / "web.log.1").read_text() == "old\n" * 10
    assert last_line(tmp_path, "web") == "new"


def test_rasas_database_lies_on_the_same_server() -> None:
    url = "postgresql://xahoi:p%40ss@db.example:5433/xahoi?sslmode=require"  # pragma: allowlist secret
    assert with_database(url, "rasa").endswith("@db.example:5433/rasa?sslmode=require")
    assert rasa_tracker_url(url, "rasa").startswith("postgresql+psycopg2://xahoi:p%40ss@")  # pragma: allowlist secret
    assert rasa_tracker_url("postgresql://xahoi@/xahoi?host=%2Ftmp%2Fs", "rasa") == (
        "postgresql+psycopg2://xahoi@/rasa?host=%2Ftmp%2Fs"
    )


def test_the_present_model_and_the_one_before_are_kept(tmp_path: Path) -> None:
    for age, name in enumerate(("c", "b", "a")):
        model = tmp_path / f"{name}.tar.gz"
        model.touch()
        os.utime(model, (1_000 - age, 1_000 - age))
    remove_old(tmp_path, tmp_path / "a.tar.gz")
    assert sorted(model.name for model in tmp_path.iterdir()) == ["a.tar.gz", "c.tar.gz"]
