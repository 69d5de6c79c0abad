"""Weights of a log-linear model over (meaning, label) pairs, where several pairs of an item may be acceptable.

The marginal likelihood of the acceptable pairs is maximised by AdaGrad over small batches in a fixed order: the same
examples give the same weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.ml_gateway.engine.reader.labelling.labeller import LABELS
from services.ml_gateway.training.packing import Numbers, of_most

Matrix = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Example:
    """An item: features it has whatever it means, then per meaning its features and masks over LABELS.

    The first row is "ignored": no meaning and no features. gold masks (rows by LABELS) lie within allowed.
    """

    shared: Numbers
    rows: tuple[Numbers, ...]
    allowed: Mask
    gold: Mask

    def renumbered(self, numbers: Numbers) -> Example:
        """With each feature's number taken for its place in another list."""
        return Example(numbers[self.shared], tuple(numbers[row] for row in self.rows), self.allowed, self.gold)


@dataclass(frozen=True, slots=True)
class Options:
    epochs: int = 8
    batch: int = 200
    rate: float = 0.25
    decay: float = 1e-3  # of the squared weights, per example
    rarest: int = 3  # a feature seen in fewer examples is left out
    seed: int = 7


_USUAL = Options()


def fit(
    examples: Sequence[Example], listed: Sequence[str], options: Options = _USUAL
) -> dict[str, list[tuple[int, float]]]:
    """By feature the labels' numbers and weights, rounded; what is nearly nothing is left out. listed: the features'
    names by number."""
    names, places = of_most(listed, _seen(examples, len(listed)), options.rarest)
    batches = [
        _Batch(examples[start : start + options.batch], places) for start in range(0, len(examples), options.batch)
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


def _seen(examples: Sequence[Example], count: int) -> NDArray[np.int64]:
    """In how many examples each feature is."""
    each = [np.unique(np.concatenate((one.shared, *one.rows))) for one in examples]
    return np.bincount(np.concatenate(each), minlength=count) if each else np.zeros(count, dtype=np.int64)


class _Batch:
    """Examples laid out flat: lists of feature numbers, first those that the rows of an example share, then each row's.

    A list may be empty.
    """

    def __init__(self, examples: Sequence[Example], places: Numbers) -> None:
        lists = [*(one.shared for one in examples), *(row for one in examples for row in one.rows)]
        features, list_of = places[np.concatenate(lists)], np.repeat(np.arange(len(lists)), [len(o) for o in lists])
        known = features >= 0
        self._examples = len(examples)
        self._features, self._list_of = features[known], list_of[known]
        self._lengths = np.bincount(self._list_of, minlength=len(lists))
        self._of_row = np.array([place for place, one in enumerate(examples) for _ in one.rows])
        self._starts = np.flatnonzero(np.diff(self._of_row, prepend=-1))
        self._allowed = np.concatenate([one.allowed for one in examples])
        self._gold = np.concatenate([one.gold for one in examples])
        self._touched, inverse = np.unique(self._features, return_inverse=True)
        self._order = np.argsort(inverse, kind="stable")
        self._places = np.searchsorted(inverse[self._order], np.arange(len(self._touched)))

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
