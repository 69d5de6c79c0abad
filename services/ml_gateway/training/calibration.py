"""Weights of the calibration: a logistic regression of "the best candidate is right"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np


def fit_calibration(
    examples: Sequence[tuple[Mapping[str, float], bool]], *, rarest: int = 25, rounds: int = 60, decay: float = 0.12
) -> dict[str, float]:
    """By Newton's method with ridge on features of one spread each; those of fewer examples than rarest are left out.

    The decay is of a model with hundreds of features: with less, confidence is worth less on unseen databases.
    """
    seen = Counter(name for features, _ in examples for name in features)
    names = sorted(name for name, count in seen.items() if name != "bias" and count >= rarest)
    table = np.array([[1.0, *(features.get(name, 0.0) for name in names)] for features, _ in examples])
    right = np.array([good for _, good in examples], dtype=float)
    mean, spread = table.mean(axis=0), table.std(axis=0)
    mean[0], spread[spread < 1e-9] = 0.0, 1.0
    table = (table - mean) / spread
    weights = np.zeros(len(names) + 1)
    ridge = np.full(len(weights), decay)
    ridge[0] = 1e-6
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        gradient = table.T @ (right - chance) / len(right) - ridge * weights
        curve = (table * (chance * (1 - chance))[:, None]).T @ table / len(right) + np.diag(ridge)
        step = np.linalg.solve(curve, gradient)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    weights /= spread
    bias = weights[0] - mean[1:] @ weights[1:]
    found = {name: round(float(w), 4) for name, w in zip(names, weights[1:], strict=True)}
    return {"bias": round(float(bias), 4)} | {name: w for name, w in found.items() if w}
