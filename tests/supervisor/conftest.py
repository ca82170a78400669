from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.supervisor.temporary import open_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the embedded server's account may enter."""
    with open_folder() as path:
        yield path
