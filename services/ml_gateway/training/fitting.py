"""Weights of a log-linear model over (meaning, label) pairs, where several pairs of an item may be acceptable.

The marginal likelihood of the acceptable pairs is maximised by AdaGrad over small batches in a fixed order: the same
examples give the same weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.ml_gateway.engine.reader.labeller import LABELS

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Example:
    """An item: features it has whatever it means, then per meaning its features and masks over LABELS.

    The first row is "ignored": no meaning and no features. gold masks lie within allowed.
    """

    shared: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    allowed: tuple[tuple[bool, ...], ...]
    gold: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class Options:
    epochs: int = 8
    batch: int = 200
    rate: float = 0.25
    decay: float = 2e-5  # of the squared weights, per example
    rarest: int = 3  # a feature seen in fewer examples is left out
    seed: int = 7


def fit(examples: Sequence[Example], options: Options = Options()) -> dict[str, list[tuple[int, float]]]:
    """By feature the labels' numbers and weights, rounded; what is nearly nothing is left out."""
    names = _vocabulary(examples, options.rarest)
    number = {name: place for place, name in enumerate(names)}
    packed = [_Packed(example, number) for example in examples]
    weights = np.zeros((len(names), len(LABELS)), dtype=np.float32)
    squares = np.full_like(weights, 1e-6)
    order = np.random.default_rng(options.seed)
    for _ in range(options.epochs):
        shuffled = order.permutation(len(packed))
        for start in range(0, len(packed), options.batch):
            batch = [packed[one] for one in shuffled[start : start + options.batch]]
            _step(batch, weights, squares, options)
    return {
        name: kept
        for place, name in enumerate(names)
        if (kept := [(int(n), round(float(weights[place, n]), 2)) for n in np.flatnonzero(np.abs(weights[place]) >= 0.02)])
    }


def _vocabulary(examples: Sequence[Example], rarest: int) -> list[str]:
    seen: Counter[str] = Counter()
    for example in examples:
        seen.update(set(example.shared).union(*example.rows))
    return sorted(name for name, count in seen.items() if count >= rarest)


class _Packed:
    """An example with features as numbers."""

    __slots__ = ("allowed", "gold", "rows", "shared")

    def __init__(self, example: Example, number: dict[str, int]) -> None:
        self.shared = np.array([number[f] for f in example.shared if f in number], dtype=np.int32)
        self.rows = [np.array([number[f] for f in row if f in number], dtype=np.int32) for row in example.rows]
        self.allowed = np.array(example.allowed, dtype=bool)
        self.gold = np.array(example.gold, dtype=bool)


def _step(batch: Sequence[_Packed], weights: Matrix, squares: Matrix, options: Options) -> None:
    """One step of AdaGrad on the rows that the batch touches."""
    lists, gradients = [], []
    for one in batch:
        shared = weights[one.shared].sum(axis=0)
        scores = np.stack([shared + weights[row].sum(axis=0) for row in one.rows])
        scores = np.where(one.allowed, scores, -1e9)
        model = np.exp(scores - scores.max())
        good = np.where(one.gold, model, 0.0)
        model /= model.sum()
        total = good.sum()
        if total <= 0:
            continue
        difference = (good / total - model).astype(np.float32)
        lists.append(one.shared)
        gradients.append(np.repeat(difference.sum(axis=0, keepdims=True), len(one.shared), axis=0))
        for row, own in zip(one.rows, difference, strict=True):
            lists.append(row)
            gradients.append(np.repeat(own[None, :], len(row), axis=0))
    touched, inverse = np.unique(np.concatenate(lists), return_inverse=True)
    stacked = np.concatenate(gradients)
    order = np.argsort(inverse, kind="stable")
    starts = np.searchsorted(inverse[order], np.arange(len(touched)))
    gradient = np.add.reduceat(stacked[order], starts, axis=0)
    gradient -= options.decay * len(batch) * weights[touched]
    squares[touched] += gradient**2
    weights[touched] += options.rate * gradient / np.sqrt(squares[touched])
