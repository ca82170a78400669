"""No parser breaks, hangs or breaks its promise, whatever it is given. ``make fuzz`` gives it much more."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.fuzz.inputs import Inputs
from tests.fuzz.parsers import PARSERS
from tests.fuzz.size import INPUTS, SEED

LONGEST_SECONDS = 2.0
"""For one input of at most 4,000 letters."""


@contextmanager
def no_longer_than(seconds: float) -> Iterator[None]:
    """Whatever takes longer is stopped by ``TimeoutError``."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", PARSERS)
def test_parser(name: str) -> None:
    check = PARSERS[name]
    for number in range(INPUTS // len(PARSERS)):
        seed = f"{SEED}:{name}:{number}"
        try:
            with no_longer_than(LONGEST_SECONDS):
                check(Inputs(seed))
        except Exception as error:
            pytest.fail(f"Inputs({seed!r}): {type(error).__name__}: {error}")
