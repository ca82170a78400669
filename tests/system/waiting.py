"""Waiting for something another process does."""

import time
from collections.abc import Callable


def until[T](look: Callable[[], T], seconds: float, what: str, instead: Callable[[], object] | None = None) -> T:
    """The first true thing ``look`` gives; ``AssertionError`` naming ``what``, and what there is ``instead``."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        late = time.monotonic() > deadline
        assert not late, f"not within {seconds:.0f} s: {what}{f'; instead: {instead()}' if instead else ''}"
        time.sleep(0.1)
    return found
