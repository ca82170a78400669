"""Work of a training on every core: what is done for each example by itself, and one fitting beside another."""

import itertools
import os
from multiprocessing import get_context
from typing import Any, Callable, List, Sequence, Tuple, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

FEWEST = 2_000
"""Items from which on a second process is worth its start."""
PARTS_PER_CORE = 4
_FORKED = get_context("fork")
"""Children see all that is loaded here, so that nothing needs to be sent to them."""
_work: List[Any] = []


def each(work: Callable[[Given], Made], items: Sequence[Given]) -> List[Made]:
    """``work`` of each item, in their order; what it makes must be picklable."""
    cores = os.cpu_count() or 1
    if cores < 2 or len(items) < FEWEST:
        return [work(item) for item in items]
    _work[:] = [work, items]
    with _FORKED.Pool(cores) as pool:
        made: List[Made] = [
            one for part in pool.imap(_part, _ranges(len(items), cores * PARTS_PER_CORE)) for one in part
        ]
    _work.clear()
    return made


def _ranges(count: int, parts: int) -> List[Tuple[int, int]]:
    borders = [count * part // parts for part in range(parts + 1)]
    return list(itertools.pairwise(borders))


def _part(between: Tuple[int, int]) -> List[Any]:
    work, items = _work
    return [work(item) for item in items[slice(*between)]]


def begun(work: Callable[[], Made]) -> Callable[[], Made]:
    """Begin the work in another process; call what is returned for what it made, once it is needed."""
    if (os.cpu_count() or 1) < 2:
        return work
    ours, theirs = _FORKED.Pipe(duplex=False)
    process = _FORKED.Process(target=lambda: theirs.send(work()), daemon=True)
    process.start()
    theirs.close()

    def finished() -> Made:
        made: Made = ours.recv()
        process.join()
        return made

    return finished
