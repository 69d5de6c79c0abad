"""A reading placed over its joins as the query that it asks, so that follow-ups can edit it."""

from __future__ import annotations

from collections.abc import Iterator

from services.ml_gateway.engine.dialog.parts import together
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    ArithmeticOperator,
    Bucket,
    Compare,
    Condition,
    During,
    Exists,
    Expression,
    Field,
    Function,
    MetricValue,
    Not,
    Ordering,
    Query,
    Rows,
)
from services.ml_gateway.engine.reading import Aggregate as Placed
from services.ml_gateway.engine.reading import Measure, Output, Part, Place, PlacedColumn, Reading

_FUNCTIONS = {Placed.SUM: Function.SUM, Placed.AVG: Function.AVG, Placed.MIN: Function.MIN, Placed.MAX: Function.MAX}


def query_of(reading: Reading) -> Query | None:
    """None for numbers over several tables side by side: no one query over one table asks them."""
    if len(reading.parts) != 1:
        return None
    part = reading.parts[0]
    grouped = [_field(column) for dimension in part.dimensions for column in dimension.columns]
    groups: list[Expression] = []
    for dimension in part.dimensions:
        fields = [_field(column) for column in dimension.columns]
        groups += [Bucket(fields[0], dimension.grain)] if dimension.grain else fields
    numbers = [_number(output, part) for output in reading.outputs]
    columns = [_field(column) for column in part.columns]
    having = tuple(Compare(numbers[one.output], one.operator, one.values) for one in reading.having)
    entities = {_field(d.columns[0]): _field(d.columns[0]).rows for d in part.dimensions if d.entity}
    owned = set(entities.values())
    plain = [one for one in groups if not (isinstance(one, Field) and one.rows in owned)]
    return Query(
        show=(*groups, *numbers, *columns),
        subject=Rows(part.base),
        where=together(tuple(_conditions(part))),
        group=(*dict.fromkeys(entities.values()), *plain) if numbers else (),
        having=together(having),
        order=_order(reading, numbers, groups or grouped),
        limit=reading.limit,
        distinct=reading.distinct,
    )


def _role(place: Place) -> int | None:
    """The relationship that a place above is reached over: which of two roles of a table it is."""
    last = place.path[-1] if place.path else None
    return last.relationship if last and last.upward else None


def _field(column: PlacedColumn) -> Field:
    return Field(column.key, _role(column.place))


def _number(output: Output, part: Part) -> Expression:
    if output.metric:
        return MetricValue(output.metric)
    number = _measure(part.measures[output.measure], part)
    if output.divisor is None:
        return number
    return Arithmetic(ArithmeticOperator.DIVIDED_BY, number, _measure(part.measures[output.divisor], part))


def _measure(measure: Measure, part: Part) -> Expression:
    if measure.aggregate is Placed.METRIC:
        return MetricValue(measure.metric)
    if measure.column is None:
        return Aggregate(Function.COUNT, Rows(part.base))
    field = _field(measure.column)
    if measure.aggregate is Placed.COUNT_DISTINCT:
        return Aggregate(Function.COUNT, field, distinct=True)
    return Aggregate(_FUNCTIONS.get(measure.aggregate, Function.COUNT), field)


def _conditions(part: Part) -> Iterator[Condition]:
    for one in part.filters:
        yield Compare(_field(one.column), one.operator, one.values)
    for time in part.times:
        yield During(_field(time.column), time.start, time.end)
    for existence in part.existences:
        when = existence.time
        during = During(_field(when.column), when.start, when.end) if when else None
        there = Exists(Rows(existence.place.table), during)
        yield Not(there) if existence.negated else there


def _order(reading: Reading, numbers: list[Expression], groups: list[Expression] | list[Field]) -> tuple[Ordering, ...]:
    order = reading.order
    if order is None:
        return ()
    if order.output is not None:
        return (Ordering(numbers[order.output], order.descending),)
    if order.dimension is not None:
        return (Ordering(groups[order.dimension], order.descending),)
    return (Ordering(_field(order.column), order.descending),) if order.column else ()
