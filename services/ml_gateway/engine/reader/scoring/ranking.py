"""Candidates in the order of how well they fit the question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.reader.business.obeying import heeding
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.scoring.agreement import agreement
from services.ml_gateway.engine.reader.scoring.bare import bare, is_headline
from services.ml_gateway.engine.reader.scoring.coverage import coverage
from services.ml_gateway.engine.reader.scoring.describing import describe
from services.ml_gateway.engine.reader.scoring.gist import gist
from services.ml_gateway.engine.reader.scoring.heads import heads
from services.ml_gateway.engine.reader.scoring.plausibility import plausibility

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Ranked:
    """share: the candidate's part of the probability that one of them is meant. features: what it was ranked by.

    meant: the part of all candidates that ask the same, but for how its rows are listed. asks: the place of that among
    what the candidates ask, 0 for the likeliest.
    """

    candidate: Candidate
    score: float
    share: float
    features: Features
    meant: float = 1.0
    asks: int = 0


def ranked(found: Sequence[Candidate], index: Index, weights: Mapping[str, float]) -> tuple[Ranked, ...]:
    """Best first: what is likeliest asked, all that ask it taken together, and of those the likeliest."""
    return ordered(found, described(found, index), weights)


def described(found: Sequence[Candidate], index: Index) -> list[Features]:
    """The features of each of all candidates of a question."""
    best = max((one.labelling.score for one in found), default=0.0)
    headline = bool(found) and is_headline(found[0].sentence)
    return [
        {
            **describe(one, best, index),
            **agreed,
            **plausibility(one, index),
            **coverage(one),
            **heeding(one),
            **heads(one, index),
            **(bare(one) if headline else {}),
        }  # fmt: skip
        for one, agreed in zip(found, agreement(found), strict=True)
    ]


def ordered(
    found: Sequence[Candidate], features: Sequence[Features], weights: Mapping[str, float]
) -> tuple[Ranked, ...]:
    """As ranked, where the features are known."""
    if not found:
        return ()
    scores = [sum(weights.get(name, 0.0) * value for name, value in one.items()) for one in features]
    highest = max(scores)
    total = sum(exp(score - highest) for score in scores)
    made = [
        Ranked(one, score, exp(score - highest) / total, seen)
        for one, score, seen in zip(found, scores, features, strict=True)
    ]
    return _together(sorted(made, key=lambda one: -one.score))


def _together(made: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """Each beside those that ask the same. Of 100 questions that gives a third of one more a right first choice."""
    asked: defaultdict[Hashable, list[Ranked]] = defaultdict(list)
    for one in made:
        asked[gist(one.candidate.query)].append(one)
    meant = sorted(((sum(one.share for one in same), same) for same in asked.values()), key=lambda pair: -pair[0])
    return tuple(replace(one, meant=share, asks=place) for place, (share, same) in enumerate(meant) for one in same)
