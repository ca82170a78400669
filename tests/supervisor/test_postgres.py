"""The embedded PostgreSQL in the places it may find itself."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from bot.supervisor.account import Account
from bot.supervisor.postgres import FOR_TESTS, EmbeddedPostgres, clear_stale
from bot.supervisor.postgres_home import SYSTEM_HOME, system_place
from bot.supervisor.problems import CannotStart

pytestmark = pytest.mark.slow
only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has other accounts")


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
    return row[0] if row else None


def test_both_databases_know_vietnamese_and_outlive_a_stop(folder: Path) -> None:
    with EmbeddedPostgres(folder, FOR_TESTS) as url:
        assert ask(url, "select lower('ĐƯỜNG VÀO BẢN')") == "đường vào bản"
        assert ask(url.replace("/xahoi?", "/rasa?"), "select current_database()") == "rasa"
        with psycopg.connect(url) as connection:
            connection.execute("create table kept as select 1 as one")
    with EmbeddedPostgres(folder, FOR_TESTS) as url:
        assert ask(url, "select one from kept") == 1


def test_our_role_is_no_superuser_and_nothing_listens_on_the_network(folder: Path) -> None:
    with EmbeddedPostgres(folder, FOR_TESTS) as url:
        assert ask(url, "select rolsuper from pg_roles where rolname = current_user") is False
        assert ask(url, "show listen_addresses") == ""


@only_root
def test_another_account_is_refused(folder: Path) -> None:
    postgres = EmbeddedPostgres(folder, FOR_TESTS)
    with postgres as url:
        assert stat.S_IMODE(postgres.home.socket.stat().st_mode) == 0o700
        attempt = [sys.executable, "-c", "import psycopg, sys; psycopg.connect(sys.argv[1])", url]
        assert not Account(65_533, 65_533).can_run(attempt)
        # Even the server's own account, which reaches the socket, is not the one that may log in.
        psql = [postgres.home.program("psql"), url, "-c", "select 1"]
        assert not postgres.home.account.can_run(psql)


@only_root
def test_under_a_folder_only_root_may_enter_cluster_and_programs_lie_in_var_lib(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    place = system_place(closed / "data")
    postgres = EmbeddedPostgres(closed / "data", FOR_TESTS)
    try:
        with postgres as url:
            assert ask(url, "select 1") == 1
        assert postgres.home.data == place / "data"
        assert postgres.home.programs.is_relative_to(SYSTEM_HOME)
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        with EmbeddedPostgres(closed / "data", FOR_TESTS):
            pass
        assert not list(place.glob("data-*"))
        (closed / "data" / "postgres" / "cluster").unlink()
        EmbeddedPostgres(closed / "data", FOR_TESTS)
        assert len(list(place.glob("data-*"))) == 1, "a deleted DATA_DIR's cluster is set aside, not taken over"
    finally:
        subprocess.run(["rm", "-rf", place], check=True)


def test_a_long_path_gets_a_private_socket_folder_elsewhere(folder: Path) -> None:
    deep = folder / ("d" * 60) / ("e" * 60)
    postgres = EmbeddedPostgres(deep, FOR_TESTS)
    assert not postgres.home.socket.is_relative_to(folder)
    assert stat.S_IMODE(postgres.home.socket.stat().st_mode) == 0o700
    with postgres as url:
        assert ask(url, "select 1") == 1
    postgres.home.socket.chmod(0o777)
    with pytest.raises(CannotStart):
        EmbeddedPostgres(deep, FOR_TESTS)
    postgres.home.socket.rmdir()


def test_a_pid_file_naming_somebody_else_harms_nobody(folder: Path) -> None:
    postgres = EmbeddedPostgres(folder, FOR_TESTS)
    postgres.prepare()
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (postgres.home.data / "postmaster.pid").write_text(f"{stranger.pid}\n{postgres.home.data}\n")
    with postgres as url:
        assert ask(url, "select 1") == 1
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_server_left_on_the_folder_is_stopped(folder: Path) -> None:
    postgres = EmbeddedPostgres(folder, FOR_TESTS)
    with postgres:
        left = postgres.child
        assert left is not None
        # psutil waits for the pid to vanish, and only its parent, which is us, can make a zombie vanish.
        signal.signal(signal.SIGCHLD, lambda *_: left.poll())
        try:
            clear_stale(postgres.home.data)
        finally:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        assert left.poll() == 0


def test_a_statement_that_fails_leaves_no_text_in_the_log(folder: Path) -> None:
    postgres = EmbeddedPostgres(folder, FOR_TESTS)
    log = folder / "postgres.log"
    postgres.prepare()
    with log.open("ab") as file:
        postgres.start(file)
    while not postgres.ready():
        time.sleep(0.05)
    postgres.ensure_role()
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute("create temporary table said (words text primary key)")
        connection.execute("insert into said values ('dấu-mốc')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("insert into said values ('dấu-mốc')")
    postgres.stop()
    assert "said_pkey" in log.read_text()
    assert "dấu-mốc" not in log.read_text()
