"""Candidates in the order of how well they fit the question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.describing import describe


@dataclass(frozen=True, slots=True)
class Ranked:
    """share: the candidate's part of the probability that one of them is meant."""

    candidate: Candidate
    score: float
    share: float


def ranked(found: Sequence[Candidate], index: Index, weights: Mapping[str, float]) -> tuple[Ranked, ...]:
    """Best first; equal ones in the order of their labellings."""
    if not found:
        return ()
    best = max(one.labelling.score for one in found)
    scores = [
        sum(weights.get(name, 0.0) * value for name, value in describe(one, best, index).items()) for one in found
    ]
    highest = max(scores)
    total = sum(exp(score - highest) for score in scores)
    made = [Ranked(one, score, exp(score - highest) / total) for one, score in zip(found, scores, strict=True)]
    return tuple(sorted(made, key=lambda one: -one.score))
