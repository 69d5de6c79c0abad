"""Set phrases of business questions, each as an edit of the query that the rest of the words make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from services.ml_gateway.engine.query.model import (
    Aggregate,
    Compare,
    Duration,
    Expression,
    Field,
    Function,
    MetricValue,
    Ordering,
    Query,
)
from services.ml_gateway.engine.reader.business.best import best_of_each as best_of_each
from services.ml_gateway.engine.reader.business.best import best_of_periods, best_period, few
from services.ml_gateway.engine.reader.business.cues import Cue, CueKind
from services.ml_gateway.engine.reader.business.numbers import numbers_of, without
from services.ml_gateway.engine.reader.business.per_entity import for_each, percentiles, ratio
from services.ml_gateway.engine.reader.business.series import changed, running
from services.ml_gateway.engine.reader.business.shares import shares
from services.ml_gateway.engine.reader.business.sides import side_by_side
from services.ml_gateway.engine.reader.frame import Frame, type_of

_Edit = Callable[[Frame, Query, Cue], list[Query]]


def edited(frame: Frame, query: Query) -> list[Query]:
    """The query as the set phrases want it, the likeliest way first; where one of them can't be heeded, as it was.
    Nothing, where days are added up."""
    if any(_adds_days(frame, one) for one in query.show):
        return []
    found = [query]
    for cue in sorted(frame.sentence.cues, key=lambda one: _ORDER.index(one.kind) if one.kind in _ORDER else 99):
        if edit := _EDITS.get(cue.kind):
            found = [further for one in found for further in edit(frame, one, cue) or [one]]
    return [best_of_periods(frame, few(frame, further)) for one in found for further in best_period(frame, one)]


def _adds_days(frame: Frame, one: Expression) -> bool:
    added = isinstance(one, Aggregate) and one.function in (Function.SUM, Function.AVG) and isinstance(one.of, Field)
    return added and type_of(frame, one.of).temporal  # type: ignore[union-attr, arg-type]


def _between(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    """How long from one moment to another: what the two are called is no condition."""
    spans = [one.of for one in query.show if isinstance(one, Aggregate) and isinstance(one.of, Duration)]
    ends = {end for one in spans for end in (one.start, one.end)}
    left, _ = without(query, lambda one: isinstance(one, Compare) and one.left in ends)
    return [left]


def _sorted(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    numbers = numbers_of(query)
    having = query.having.left if isinstance(query.having, Compare) else None
    if not numbers and isinstance(having, Aggregate | MetricValue):
        numbers = [having]
    return [replace(query, order=(Ordering(numbers[0], cue.said == "down"),))] if numbers else []


_EDITS: Mapping[CueKind, _Edit] = {
    CueKind.PERCENTILE: percentiles,
    CueKind.PER_EACH: for_each,
    CueKind.RATIO: ratio,
    CueKind.VERSUS: side_by_side,
    CueKind.SHARE: shares,
    CueKind.RUNNING: running,
    CueKind.CHANGE: changed,
    CueKind.SORTED: _sorted,
    CueKind.DURATION: _between,
}
_ORDER = tuple(_EDITS)  # numbers first, then what is worked out over groups of them
