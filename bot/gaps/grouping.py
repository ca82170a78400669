"""Similar questions together, by the likeness with which the search finds a nearest way of asking."""

from collections.abc import Sequence

import numpy as np

from knowledge_base.likeness import Likeness

ALIKE = 0.5
"""From here on two questions are about the same thing more often than not."""


def grouped(questions: Sequence[str], others: Sequence[str] = ()) -> list[list[int]]:
    """Places of the questions, in groups, the largest first; each group's first is the one most others are like.

    Each group is gathered round the question that has most like it among those not yet taken, so that no chain of
    likenesses joins two subjects. ``others`` are texts that tell which words are rare.
    """
    likeness = Likeness([*questions, *others])
    near = [
        set(np.flatnonzero(likeness.with_all(n)[: len(questions)] >= ALIKE).tolist()) for n in range(len(questions))
    ]
    free, groups = set(range(len(questions))), []
    while free:
        centre = max(free, key=lambda n: (len(near[n] & free), -n))
        taken = (near[centre] & free) | {centre}
        groups.append([centre, *sorted(taken - {centre})])
        free -= taken
    return sorted(groups, key=lambda group: (-len(group), min(group)))
