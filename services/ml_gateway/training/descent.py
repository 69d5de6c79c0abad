"""The least of a smooth convex function by L-BFGS (Nocedal and Wright, Numerical Optimization, 7.4 and 3.1)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
_MEMORY, _LEAST_STEP, _ENOUGH = 12, 1e-10, 1e-4


def least(function: Callable[[Vector], tuple[float, Vector]], start: Vector, *, rounds: int) -> Vector:
    """function: a point to its value and its gradient. Deterministic."""
    point = start
    value, gradient = function(point)
    memory: list[tuple[Vector, Vector]] = []
    for _ in range(rounds):
        direction = _direction(gradient, memory)
        slope = float(gradient @ direction)
        if slope > -1e-12:
            break
        step = 1.0 if memory else min(1.0, 1.0 / float(np.abs(gradient).sum()))
        while True:
            after, slopes = function(point + step * direction)
            if after <= value + _ENOUGH * step * slope or step < _LEAST_STEP:
                break
            step /= 2
        if after >= value:
            break
        moved, turned = step * direction, slopes - gradient
        if float(moved @ turned) > 1e-12:
            memory = [*memory[1 - _MEMORY :], (moved, turned)]
        done = value - after < 1e-8
        point, value, gradient = point + moved, after, slopes
        if done:
            break
    return point


def _direction(gradient: Vector, memory: list[tuple[Vector, Vector]]) -> Vector:
    found = -gradient
    shares = []
    for moved, turned in reversed(memory):
        share = float(moved @ found) / float(moved @ turned)
        shares.append(share)
        found = found - share * turned
    if memory:
        moved, turned = memory[-1]
        found = found * (float(moved @ turned) / float(turned @ turned))
    for (moved, turned), share in zip(memory, reversed(shares), strict=True):
        found = found + moved * (share - float(turned @ found) / float(moved @ turned))
    return found
