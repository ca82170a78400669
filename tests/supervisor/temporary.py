"""A throw-away PostgreSQL for tests: quick, unsafe against power cuts, gone afterwards."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.supervisor.postgres import FOR_TESTS, EmbeddedPostgres
from bot.supervisor.postgres_home import system_place


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that the server's account may enter (pytest's own are closed to all but us)."""
    folder = Path(tempfile.mkdtemp(prefix="xa-hoi-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(system_place(folder), ignore_errors=True)


@contextmanager
def temporary_postgres() -> Iterator[str]:
    """A libpq URL of an empty database ``xahoi``; the database ``rasa`` lies beside it."""
    with open_folder() as folder, EmbeddedPostgres(folder, FOR_TESTS) as url:
        yield url
