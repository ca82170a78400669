"""The database of this copy for a command typed beside it, whether the product runs or not."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.settings import Settings
from bot.supervisor.data_folder import DataFolder
from bot.supervisor.postgres import EmbeddedPostgres


@contextmanager
def database(settings: Settings) -> Iterator[str]:
    """A libpq URL that answers inside the block: the server given, the embedded one, started only if it is not running.

    Raises CannotStart.
    """
    if settings.database_url:
        yield settings.database_url
        return
    folder = DataFolder(settings.data_dir.resolve())
    folder.make()
    if folder.is_locked():
        yield EmbeddedPostgres(folder.path).url()
        return
    with folder.lock(), EmbeddedPostgres(folder.path) as url:
        yield url
