"""Set phrases of business questions, each as an edit of the query that the rest of the words make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from services.ml_gateway.engine.query.model import (
    Aggregate,
    Bucket,
    Compare,
    Duration,
    During,
    Expression,
    Field,
    Function,
    Query,
    Rows,
)
from services.ml_gateway.engine.reader.assembly.frame import Frame, type_of
from services.ml_gateway.engine.reader.business.again import again
from services.ml_gateway.engine.reader.business.best import best_of_each as best_of_each
from services.ml_gateway.engine.reader.business.best import best_of_periods, best_period, by_total, few, of_whom
from services.ml_gateway.engine.reader.business.cues import Cue, CueKind
from services.ml_gateway.engine.reader.business.days import on_days
from services.ml_gateway.engine.reader.business.numbers import numbers_of, parts_of, without
from services.ml_gateway.engine.reader.business.per_entity import for_each, for_each_period, percentiles, ratio
from services.ml_gateway.engine.reader.business.series import changed, running
from services.ml_gateway.engine.reader.business.shares import shares
from services.ml_gateway.engine.reader.business.sides import side_by_side
from services.ml_gateway.engine.reader.business.sorting import sort
from services.ml_gateway.engine.reader.business.undone import not_done
from services.ml_gateway.engine.reader.wording.deeds import is_of_years

_Edit = Callable[[Frame, Query, Cue], list[Query]]


def edited(frame: Frame, query: Query) -> list[Query]:
    """The query as the set phrases want it, the likeliest way first; where one of them can't be heeded, as it was.
    Nothing, where days are added up, or a period that is named comes to nothing."""
    if any(_adds_days(frame, one) for one in query.show) or not _is_of_periods(frame, query):
        return []
    found = [_counted_by_period(frame, query)]
    for cue in sorted(frame.sentence.cues, key=lambda one: _ORDER.index(one.kind) if one.kind in _ORDER else 99):
        if edit := _EDITS.get(cue.kind):
            found = [further for one in found for further in edit(frame, one, cue) or _as_it_was(one, cue)]
    found = [further for one in found for further in best_period(frame, one)]
    found = [of_whom(frame, by_total(frame, one)) for one in found]
    return [best_of_periods(frame, few(frame, one)) for one in found]


def _as_it_was(query: Query, cue: Cue) -> list[Query]:
    """Nothing, where the cue is a condition: without it other rows are meant."""
    return [] if cue.kind in _CONDITIONS else [query]


def _is_of_periods(frame: Frame, query: Query) -> bool:
    """A reading that leaves "last month" out answers another question."""
    named = any(mention.span for mention in frame.sentence.times)
    return not named or any(isinstance(one, During) or is_of_years(one) for one in parts_of(query))


def _counted_by_period(frame: Frame, query: Query) -> Query:
    """Rows that are told by month are counted."""
    grains = [mention.grain for mention in frame.sentence.times if mention.grain]
    if not grains or numbers_of(query) or query.combined:
        return query
    buckets = tuple(one for one in query.group if isinstance(one, Bucket))
    tables = {one.key.table for one in query.show if isinstance(one, Field)}
    if not buckets or len(tables) != 1:
        return query
    number = Aggregate(Function.COUNT, Rows(tables.pop()))
    order = tuple(one for one in query.order if isinstance(one.by, Bucket))
    return replace(query, show=(*buckets, number), group=buckets, order=order, subject=None, distinct=False)


def _adds_days(frame: Frame, one: Expression) -> bool:
    added = isinstance(one, Aggregate) and one.function in (Function.SUM, Function.AVG) and isinstance(one.of, Field)
    return added and type_of(frame, one.of).temporal  # type: ignore[union-attr, arg-type]


def _between(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    """How long from one moment to another: what the two are called is no condition."""
    spans = [one.of for one in query.show if isinstance(one, Aggregate) and isinstance(one.of, Duration)]
    ends = {end for one in spans for end in (one.start, one.end)}
    left, _ = without(query, lambda one: isinstance(one, Compare) and one.left in ends)
    return [left]


def _new(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    """ "New customers last month" are counted, by the date that they came on; without a period nobody is new."""
    dated = any(isinstance(one, During | Bucket) for one in parts_of(query))
    if not dated:
        return []
    if numbers_of(query):
        return [query]
    tables = {one.key.table for one in query.show if isinstance(one, Field)}
    if len(tables) != 1 or query.group or query.combined or query.limit:
        return []
    number = Aggregate(Function.COUNT, Rows(tables.pop()))
    return [replace(query, show=(number,), subject=None, order=(), distinct=False), query]


_EDITS: Mapping[CueKind, _Edit] = {
    CueKind.PERCENTILE: percentiles,
    CueKind.PER_EACH: for_each,
    CueKind.PER_PERIOD: for_each_period,
    CueKind.RATIO: ratio,
    CueKind.QUOTIENT: ratio,
    CueKind.VERSUS: side_by_side,
    CueKind.SHARE: shares,
    CueKind.RUNNING: running,
    CueKind.CHANGE: changed,
    CueKind.SORTED: sort,
    CueKind.DURATION: _between,
    CueKind.UNDONE: not_done,
    CueKind.NEW: _new,
    CueKind.DAYS: on_days,
    CueKind.AGAIN: again,
}
_CONDITIONS = (CueKind.AGAIN, CueKind.UNDONE, CueKind.DAYS, CueKind.NEW)
_ORDER = tuple(_EDITS)  # numbers first, then what is worked out over groups of them
