"""Waiting for something another process does."""

import time
from collections.abc import Callable


def until[T](look: Callable[[], T], seconds: float, what: str) -> T:
    """The first true thing ``look`` gives; ``AssertionError`` naming ``what`` when it takes longer than that."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.1)
    return found
