"""Ties between readings, settled by what people mean: who asks for all kinds of something wants each of them once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.ml_gateway.engine.reader.ranking import Ranked

_EVEN = 0.67  # a second reading this likely, beside the first, is right as often, as counted on unseen databases


def settled(order: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """The same, equal rows shown once where that is as likely as showing each."""
    if len(order) < 2 or order[1].share < _EVEN * order[0].share:
        return tuple(order)
    first, second = order[0].candidate.query, order[1].candidate.query
    if second.distinct and replace(second, distinct=first.distinct) == first != second:
        return (order[1], order[0], *order[2:])
    return tuple(order)
