"""Weights of the ranker: the share of right candidates among all of a question's is made as great as can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.ml_gateway.training.descent import Vector, least


@dataclass(frozen=True, slots=True)
class Choosing:
    """A question's candidates by their features, and which of them are right."""

    features: tuple[Mapping[str, float], ...]
    right: tuple[bool, ...]


def fit_ranks(
    questions: Sequence[Choosing], *, rarest: int = 5, rounds: int = 150, decay: float = 7e-4
) -> dict[str, float]:
    """Questions without a right or without a wrong candidate teach nothing and are left out."""
    useful = [one for one in questions if any(one.right) and not all(one.right)]
    told = [_differing(one.features) for one in useful]
    seen: Counter[str] = Counter()
    for several in told:
        seen.update({name for features in several for name in features})
    names = sorted(name for name, count in seen.items() if count >= rarest)
    number = {name: place for place, name in enumerate(names)}
    ids, values, rows, groups, right = [], [], [], [], []
    row = 0
    for number_of, (one, several) in enumerate(zip(useful, told, strict=True)):
        for features, is_right in zip(several, one.right, strict=True):
            known = [(number[name], value) for name, value in features.items() if name in number]
            ids += [place for place, _ in known]
            values += [value for _, value in known]
            rows += [row] * len(known)
            groups.append(number_of)
            right.append(is_right)
            row += 1
    at, value, of = np.array(ids), np.array(values), np.array(rows)
    asked, good = np.array(groups), np.array(right)
    starts = np.flatnonzero(np.diff(asked, prepend=-1))

    def loss(weights: Vector) -> tuple[float, Vector]:
        scores = np.bincount(of, weights=weights[at] * value, minlength=row)
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[asked])
        total = np.add.reduceat(powers, starts)
        wanted = np.where(good, powers, 0.0)
        share = np.add.reduceat(wanted, starts) + 1e-300
        difference = powers / total[asked] - wanted / share[asked]
        gradient = np.bincount(at, weights=difference[of] * value, minlength=len(names)) / len(useful)
        lost = float(np.mean(np.log(total) - np.log(share)))
        return lost + decay / 2 * float(weights @ weights), gradient + decay * weights

    weights = least(loss, np.zeros(len(names)), rounds=rounds)
    return {name: round(float(w), 3) for name, w in zip(names, weights, strict=True) if abs(w) >= 0.005}


def _differing(features: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """Without what all candidates of a question have alike, which sets none apart: most of it."""
    first, *others = features
    alike = {name for name, value in first.items() if all(one.get(name, 0.0) == value for one in others)}
    return [{name: value for name, value in one.items() if name not in alike} for one in features]
