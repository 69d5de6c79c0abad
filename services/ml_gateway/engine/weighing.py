"""How sure the learned reader is in the light of what the rules read, and the rules in the light of the learned reader.

Two readers that were made apart and ask for the same are both surer of it. The learned one knows sentences; metrics,
periods and figures that are asked for by their bare names ("revenue by month") are what the rules were made for.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from enum import StrEnum
from math import exp, log

from services.ml_gateway.engine.query.model import MetricValue, Query
from services.ml_gateway.engine.reader.gist import gist

# What is added to the learned reader's log-odds, as fitted on databases that it hasn't seen: that the rules read the
# same says much; that they read something else, or nothing, says little where a sentence is asked.
_AGREED, _ALONE_IN_BUSINESS = 1.7, -2.0
# What part of what the rules alone read is right.
_OF_BUSINESS, _OF_SENTENCES = 0.92, 0.45
_FLAT = 0.75
_SENTENCE = re.compile(
    r"^\W*(?:please|can|could|would|will|i|we|you|for|in|of|among|who|whose|whom|where|when|why|how|show|list|find|give|"
    r"get|return|count|tell|name|display|provide|select|retrieve|fetch|see|identify|calculate|compute|determine|"
    r"report|are|is|was|were|do|does|did|has|have|had)\b|\b(?:what|which)\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"^\W*how many (?:\S+ ){1,6}?(?:(?:by|per) (?:\S+ ?){1,4}|are there\W*)$", re.IGNORECASE)


class Second(StrEnum):
    """What came of the rules beside the learned reader's best query."""

    SAME = "same"
    OTHER = "other"
    NONE = "none"
    DEAF = "deaf"  # none that counts: the learned reader understands what they don't, see hearing.py


def is_business(text: str, *, metric: bool, period: bool) -> bool:
    """Whether it asks for a metric, about a period, or for a figure by its bare name."""
    return metric or period or not _SENTENCE.search(text) or bool(_SPLIT.search(text))


def in_the_light_of(sure: float, second: Second, *, business: bool) -> float:
    """The learned reader's confidence, given what the rules read."""
    if second is Second.DEAF:
        return sure
    kept = min(max(sure, 1e-4), 1 - 1e-4)
    more = _AGREED if second is Second.SAME else _ALONE_IN_BUSINESS if business else 0.0
    return 1 / (1 + exp(-(log(kept / (1 - kept)) + more)))


def by_rules_alone(confidence: float, *, business: bool, nothing: bool) -> float:
    """How likely the rules are right where the learned reader reads something else, or nothing.

    Their own confidence says less than it seems: of what they plan, not much less is right at 0.8 than at 0.98. Words
    of which the other can make nothing at all are odd, and are taken at the rules' own confidence.
    """
    kept = confidence if nothing else confidence**_FLAT
    return kept * (_OF_BUSINESS if business else _OF_SENTENCES)


def same(one: Query, other: Query) -> bool:
    """Whether two queries show the same of the same rows; how they spell what follows from the rest doesn't count."""
    return gist(one) == gist(other)


def has_metric(node: object) -> bool:
    """Whether a query shows or uses a number of the semantic model."""
    if isinstance(node, MetricValue):
        return True
    if isinstance(node, tuple):
        return any(map(has_metric, node))
    return is_dataclass(node) and any(has_metric(getattr(node, one.name)) for one in fields(node))
