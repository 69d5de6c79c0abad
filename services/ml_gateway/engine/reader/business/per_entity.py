"""Numbers of each entity: their mean, a ratio, percentiles."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    ArithmeticOperator,
    Each,
    Expression,
    Field,
    Function,
    Query,
    Rows,
)
from services.ml_gateway.engine.reader.business.cues import Cue
from services.ml_gateway.engine.reader.business.numbers import numbers_of, with_numbers
from services.ml_gateway.engine.reader.frame import Frame, type_of


def percentiles(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    """In place of the mean or the sum of a column; of what is listed where it is one number."""

    def instead(one: Expression) -> Expression:
        column = isinstance(one, Aggregate) and one.function in (Function.AVG, Function.SUM) and not one.distinct
        return _percentile(one.of, cue) if column and isinstance(one.of, Field) else one  # type: ignore[union-attr]

    if numbers_of(query):
        return [with_numbers(query, instead)]
    numeric = [one for one in query.show if isinstance(one, Field) and type_of(frame, one).numeric]
    if len(numeric) != 1 or query.limit:
        return []
    others = tuple(one for one in query.show if one != numeric[0])
    shown = (*others, _percentile(numeric[0], cue))
    return [replace(query, show=shown, group=(*query.group, *others), order=(), distinct=False, subject=None)]


def _percentile(of: Field, cue: Cue) -> Aggregate:
    if cue.fraction == 0.5:
        return Aggregate(Function.MEDIAN, of)
    return Aggregate(Function.PERCENTILE, of, fraction=cue.fraction)


def for_each(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    """The mean over the entities that the number is grouped by."""
    numbers, rows = numbers_of(query), [one for one in query.group if isinstance(one, Rows)]
    if len(numbers) != 1 or len(rows) != 1 or query.limit:
        return []
    rest = tuple(one for one in query.group if one != rows[0])
    shown = tuple(one for one in query.show if one in rest)
    mean = Aggregate(Function.AVG, Each(numbers[0], (rows[0],)))
    return [replace(query, show=(*shown, mean), group=rest, order=())]


def ratio(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    """The last number divides the one before it."""
    numbers = numbers_of(query)
    if len(numbers) < 2:
        return []
    above, below = numbers[-2:]
    made = Arithmetic(ArithmeticOperator.DIVIDED_BY, above, below)
    shown = tuple(made if one == above else one for one in query.show if one != below)
    return [replace(query, show=shown, order=tuple(o for o in query.order if o.by not in (above, below)))]
