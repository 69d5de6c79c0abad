"""Weights of the ranker: the share of right candidates among all of a question's is made as great as can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Choosing:
    """A question's candidates by their features, and which of them are right."""

    features: tuple[Mapping[str, float], ...]
    right: tuple[bool, ...]


def fit_ranks(
    questions: Sequence[Choosing], *, rarest: int = 4, rounds: int = 100, rate: float = 0.3, decay: float = 2e-3
) -> dict[str, float]:
    """Questions without a right or without a wrong candidate teach nothing and are left out."""
    useful = [one for one in questions if any(one.right) and not all(one.right)]
    seen: Counter[str] = Counter()
    for one in useful:
        seen.update({name for features in one.features for name in features})
    names = sorted(name for name, count in seen.items() if count >= rarest)
    number = {name: place for place, name in enumerate(names)}
    ids, values, rows, groups, right = [], [], [], [], []
    row = 0
    for number_of, one in enumerate(useful):
        for features, is_right in zip(one.features, one.right, strict=True):
            known = [(number[name], value) for name, value in features.items() if name in number]
            ids += [place for place, _ in known]
            values += [value for _, value in known]
            rows += [row] * len(known)
            groups.append(number_of)
            right.append(is_right)
            row += 1
    at, value, of = np.array(ids), np.array(values), np.array(rows)
    asked, good = np.array(groups), np.array(right)
    weights = np.zeros(len(names))
    squares = np.full(len(names), 1e-6)
    for _ in range(rounds):
        scores = np.bincount(of, weights=weights[at] * value, minlength=row)
        highest = np.full(len(useful), -np.inf)
        np.maximum.at(highest, asked, scores)
        powers = np.exp(scores - highest[asked])
        model = powers / np.bincount(asked, weights=powers)[asked]
        wanted = np.where(good, powers, 0.0)
        wanted = wanted / np.bincount(asked, weights=wanted)[asked]
        gradient = np.bincount(at, weights=(wanted - model)[of] * value, minlength=len(names)) / len(useful)
        gradient -= decay * weights
        squares += gradient**2
        weights += rate * gradient / np.sqrt(squares)
    return {name: round(float(w), 3) for name, w in zip(names, weights, strict=True) if abs(w) >= 0.005}
