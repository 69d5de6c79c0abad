"""Weights of a log-linear model over (meaning, label) pairs, where several pairs of an item may be acceptable.

The marginal likelihood of the acceptable pairs is maximised by AdaGrad over small batches in a fixed order: the same
examples give the same weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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
    decay: float = 1e-3  # of the squared weights, per example
    rarest: int = 3  # a feature seen in fewer examples is left out
    seed: int = 7


_USUAL = Options()


def fit(examples: Sequence[Example], options: Options = _USUAL) -> dict[str, list[tuple[int, float]]]:
    """By feature the labels' numbers and weights, rounded; what is nearly nothing is left out."""
    names = _vocabulary(examples, options.rarest)
    number = {name: place for place, name in enumerate(names)}
    batches = [
        _Batch(examples[start : start + options.batch], number) for start in range(0, len(examples), options.batch)
    ]
    weights = np.zeros((len(names), len(LABELS)), dtype=np.float32)
    squares = np.full_like(weights, 1e-6)
    order = np.random.default_rng(options.seed)
    for _ in range(options.epochs):
        for one in order.permutation(len(batches)):
            batches[one].step(weights, squares, options)
    return {
        name: kept
        for place, name in enumerate(names)
        if (
            kept := [
                (int(n), round(float(weights[place, n]), 2)) for n in np.flatnonzero(np.abs(weights[place]) >= 0.02)
            ]
        )
    }


def _vocabulary(examples: Sequence[Example], rarest: int) -> list[str]:
    seen: Counter[str] = Counter()
    for example in examples:
        seen.update(set(example.shared).union(*example.rows))
    return sorted(name for name, count in seen.items() if count >= rarest)


class _Batch:
    """Examples laid out flat: lists of feature numbers, first those that the rows of an example share, then each row's.

    A list may be empty.
    """

    def __init__(self, examples: Sequence[Example], number: Mapping[str, int]) -> None:
        shared = [[number[f] for f in one.shared if f in number] for one in examples]
        rows = [[number[f] for f in row if f in number] for one in examples for row in one.rows]
        self._examples = len(examples)
        lists = shared + rows
        self._lengths = np.array([len(one) for one in lists])
        self._features = np.array([feature for one in lists for feature in one], dtype=np.int64)
        self._of_row = np.array([place for place, one in enumerate(examples) for _ in one.rows])
        self._starts = np.flatnonzero(np.diff(self._of_row, prepend=-1))
        self._allowed = np.array([mask for one in examples for mask in one.allowed], dtype=bool)
        self._gold = np.array([mask for one in examples for mask in one.gold], dtype=bool)
        self._touched, inverse = np.unique(self._features, return_inverse=True)
        self._order = np.argsort(inverse, kind="stable")
        self._places = np.searchsorted(inverse[self._order], np.arange(len(self._touched)))
        self._list_of = np.repeat(np.arange(len(lists)), self._lengths)

    def step(self, weights: Matrix, squares: Matrix, options: Options) -> None:
        """One step of AdaGrad on the features that the batch holds."""
        full = np.flatnonzero(self._lengths)
        sums = np.zeros((len(self._lengths), len(LABELS)), dtype=np.float32)
        offsets = np.concatenate([[0], np.cumsum(self._lengths)[:-1]])[full]
        sums[full] = np.add.reduceat(weights[self._features], offsets, axis=0)
        scores = sums[self._examples :] + sums[: self._examples][self._of_row]
        scores = np.where(self._allowed, scores, -1e9)
        highest = np.maximum.reduceat(scores.max(axis=1), self._starts)[self._of_row]
        model = np.exp(scores - highest[:, None])
        good = np.where(self._gold, model, 0.0)
        known = np.add.reduceat(good.sum(axis=1), self._starts)[self._of_row] > 0
        difference = np.where(known[:, None], self._shares(good) - self._shares(model), 0.0).astype(np.float32)
        shared = np.add.reduceat(difference, self._starts, axis=0)
        gradients = np.concatenate([shared, difference])
        stacked = gradients[self._list_of[self._order]]
        gradient = np.add.reduceat(stacked, self._places, axis=0)
        gradient -= options.decay * self._examples * weights[self._touched]
        squares[self._touched] += gradient**2
        weights[self._touched] += options.rate * gradient / np.sqrt(squares[self._touched])

    def _shares(self, powers: Matrix) -> Matrix:
        """Each power as its part of its example's."""
        totals = np.add.reduceat(powers.sum(axis=1), self._starts)[self._of_row]
        shares: Matrix = powers / np.maximum(totals, 1e-30)[:, None]
        return shares
