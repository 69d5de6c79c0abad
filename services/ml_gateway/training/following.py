"""Weights of how sure follow-ups are, and how they fare over databases that nothing was learned from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.ml_gateway.training.calibration import fit_calibration

FOLDS = 5
_DECAY, _RAREST = 0.04, 8  # of few hundred follow-ups


@dataclass(frozen=True, slots=True)
class Example:
    """A follow-up as it was taken: the database, its signs, and whether it gave the right rows."""

    database: str
    signs: Mapping[str, float]
    right: bool


def fitted(examples: Sequence[Example]) -> dict[str, float]:
    return fit_calibration([(one.signs, one.right) for one in examples], rarest=_RAREST, decay=_DECAY)


def folds(databases: Sequence[str]) -> tuple[frozenset[str], ...]:
    """The databases in parts, each of which is held out once."""
    ordered = sorted(databases)
    return tuple(frozenset(ordered[place::FOLDS]) for place in range(FOLDS))
