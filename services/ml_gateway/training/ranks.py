"""Weights of the ranker: the share of right candidates among all of a question's is made as great as can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.ml_gateway.training.descent import Vector, least
from services.ml_gateway.training.packing import Names, Numbers, of_most


@dataclass(frozen=True, slots=True)
class Choosing:
    """A question's candidates by what sets them apart, one after the other, and which of them are right.

    numbers, values: features by number and what they are; rows: which candidate each belongs to.
    """

    numbers: Numbers
    values: Vector
    rows: Numbers
    right: tuple[bool, ...]

    @property
    def teaches(self) -> bool:
        """Not without a right or without a wrong candidate."""
        return any(self.right) and not all(self.right)

    def renumbered(self, numbers: Numbers) -> Choosing:
        """With each feature's number taken for its place in another list."""
        return Choosing(numbers[self.numbers], self.values, self.rows, self.right)


def choosing(features: Sequence[Mapping[str, float]], right: Sequence[bool], names: Names) -> Choosing:
    """names: of the features, to which new ones are added."""
    told = _differing(features)
    return Choosing(
        names.numbers(name for one in told for name in one),
        np.array([value for one in told for value in one.values()], dtype=np.float64),
        np.repeat(np.arange(len(told), dtype=np.int32), [len(one) for one in told]),
        tuple(right),
    )


def fit_ranks(
    questions: Sequence[Choosing], listed: Sequence[str], *, rarest: int = 10, rounds: int = 150, decay: float = 7e-4
) -> dict[str, float]:
    """Questions that teach nothing are left out. listed: the features' names by number."""
    useful = [one for one in questions if one.teaches]
    each = [np.unique(one.numbers) for one in useful]
    names, places = of_most(listed, np.bincount(np.concatenate(each), minlength=len(listed)), rarest)
    before = np.concatenate([[0], np.cumsum([len(one.right) for one in useful])])
    numbers = places[np.concatenate([one.numbers for one in useful])]
    known = numbers >= 0
    at, value = numbers[known], np.concatenate([one.values for one in useful])[known]
    of = np.concatenate([one.rows + start for one, start in zip(useful, before, strict=False)])[known]
    lengths = np.bincount(of, minlength=int(before[-1]))
    told, begins = np.flatnonzero(lengths), (np.cumsum(lengths) - lengths)[lengths > 0]  # rows that have any features
    turned = np.argsort(at, kind="stable")  # the same by feature
    of_turned, value_turned, each_begins = of[turned], value[turned], np.searchsorted(at[turned], np.arange(len(names)))
    asked = np.repeat(np.arange(len(useful)), np.diff(before))
    good = np.array([right for one in useful for right in one.right])
    starts = before[:-1]

    def loss(weights: Vector) -> tuple[float, Vector]:
        scores = np.zeros(len(lengths))
        scores[told] = np.add.reduceat(weights[at] * value, begins)
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[asked])
        total = np.add.reduceat(powers, starts)
        wanted = np.where(good, powers, 0.0)
        share = np.add.reduceat(wanted, starts) + 1e-300
        difference = powers / total[asked] - wanted / share[asked]
        gradient = np.add.reduceat(difference[of_turned] * value_turned, each_begins) / len(useful)
        lost = float(np.mean(np.log(total) - np.log(share)))
        return lost + decay / 2 * float(weights @ weights), gradient + decay * weights

    weights = least(loss, np.zeros(len(names)), rounds=rounds)
    return {name: round(float(w), 2) for name, w in zip(names, weights, strict=True) if abs(w) >= 0.01}


def _differing(features: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """Without what all candidates of a question have alike, which sets none apart: most of it."""
    first, *others = features
    alike = {name for name, value in first.items() if all(one.get(name, 0.0) == value for one in others)}
    return [{name: value for name, value in one.items() if name not in alike} for one in features]
