"""Weights of the calibration: a logistic regression of "the best candidate is right"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np


def fit_calibration(
    examples: Sequence[tuple[Mapping[str, float], bool]], *, rounds: int = 60, decay: float = 1e-3
) -> dict[str, float]:
    """By Newton's method with ridge."""
    names = sorted({name for features, _ in examples for name in features})
    table = np.array([[features.get(name, 0.0) for name in names] for features, _ in examples])
    right = np.array([good for _, good in examples], dtype=float)
    weights = np.zeros(len(names))
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        gradient = table.T @ (right - chance) / len(right) - decay * weights
        curve = (table * (chance * (1 - chance))[:, None]).T @ table / len(right) + decay * np.eye(len(names))
        step = np.linalg.solve(curve, gradient)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)}
