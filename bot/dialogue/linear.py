"""A linear classifier in NumPy: fitted by scikit-learn, answered without it."""

from dataclasses import dataclass
from typing import Any, List, Sequence, Tuple

import numpy as np

from bot.dialogue.cores import begun

_DEFAULT_SCALE = 5.0
"""Where there are too few examples to hold any back."""


@dataclass(frozen=True)
class Linear:
    """``weights`` is features × labels, ``bias`` one per label; ``scale`` turns margins into chances (softmax)."""

    labels: List[str]
    weights: Any
    bias: Any
    scale: float

    def ranked(self, columns: Any, values: Any) -> List[Tuple[str, float]]:
        """Every label with its chance, most likely first; equal chances where nothing of the text is known."""
        if not len(columns):
            return [(label, 1 / len(self.labels)) for label in self.labels]
        chances = _softmax(self.margins(columns, values)[None] * self.scale)[0]
        return [(self.labels[i], float(chances[i])) for i in np.argsort(-chances, kind="stable")]

    def margins(self, columns: Any, values: Any) -> Any:
        """How far a text lies on each label's side of its border: beyond 1 surely, below -1 surely not."""
        return values @ self.weights[columns].astype(np.float32, copy=False) + self.bias


UNTRAINED = Linear([], np.zeros((0, 0), np.float32), np.zeros(0, np.float32), 1.0)


def trained(rows: Any, labels: Sequence[str], groups: Sequence[str], strength: float, held_back: float) -> Linear:
    """Fit on every row; the scale comes from margins on a share of groups held back from a first fitting."""
    names = sorted(set(labels))
    truth = np.array([names.index(label) for label in labels])
    if len(names) < 2:
        return Linear(names, np.zeros((rows.shape[1], len(names)), np.float32), np.zeros(len(names), np.float32), 1.0)
    scale = begun(lambda: _scale(rows, truth, _held_back(groups, held_back), len(names), strength))
    weights, bias = fitted(rows, truth, len(names), strength)
    return Linear(names, weights.astype(np.float32), bias.astype(np.float32), scale())


def fitted(rows: Any, truth: Any, classes: int, strength: float, balanced: bool = True) -> Tuple[Any, Any]:
    """Weights (features × classes) and biases; ``balanced`` weighs a class by how few examples it has."""
    from sklearn.svm import LinearSVC

    weighing = "balanced" if balanced else None
    machine = LinearSVC(C=strength, class_weight=weighing, random_state=0, tol=1e-2).fit(rows, truth)
    weights, bias = np.zeros((rows.shape[1], classes)), np.full(classes, -1.0)
    if classes == 2:
        weights[:, 1], bias[1] = machine.coef_[0], machine.intercept_[0]
        weights[:, 0], bias[0] = -machine.coef_[0], -machine.intercept_[0]
    else:
        weights[:, machine.classes_], bias[machine.classes_] = machine.coef_.T, machine.intercept_
    return weights, bias


def _held_back(groups: Sequence[str], share: float) -> Any:
    numbers = {group: index for index, group in enumerate(dict.fromkeys(groups))}
    chosen = np.random.RandomState(0).permutation(len(numbers)) < share * len(numbers)
    return np.array([chosen[numbers[group]] for group in groups])


def _scale(rows: Any, truth: Any, held: Any, classes: int, strength: float) -> float:
    if len(set(truth[~held])) < classes or not held.any():
        return _DEFAULT_SCALE
    weights, bias = fitted(rows[~held], truth[~held], classes, strength)
    return _calibrated(rows[held] @ weights + bias, truth[held])


def _calibrated(margins: Any, truth: Any) -> float:
    """The scale, of a geometric grid, under which the true labels are likeliest."""
    grid = np.geomspace(0.5, 20, 60)
    likelihood = [np.log(_softmax(margins * scale)[np.arange(len(truth)), truth] + 1e-12).mean() for scale in grid]
    return float(grid[int(np.argmax(likelihood))])


def _softmax(scores: Any) -> Any:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
