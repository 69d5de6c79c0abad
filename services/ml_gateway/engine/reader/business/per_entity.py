"""Numbers of each entity: their mean, a ratio, percentiles."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    ArithmeticOperator,
    Each,
    Expression,
    Field,
    Function,
    MetricValue,
    Query,
    Rows,
)
from services.ml_gateway.engine.reader.assembly.frame import Frame, type_of
from services.ml_gateway.engine.reader.business.cues import Cue
from services.ml_gateway.engine.reader.business.numbers import numbers_of, with_numbers
from services.ml_gateway.engine.reader.business.series import along


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
    if len(numbers) != 1 or len(rows) != 1 or query.limit or not _is_total(frame, numbers[0]):
        return []
    told = [one for one in query.show if isinstance(one, Field) and not _names(frame, one, rows[0])]
    rest = tuple(dict.fromkeys((*(one for one in query.group if one != rows[0]), *told)))
    shown = tuple(one for one in query.show if one in rest)
    mean = Aggregate(Function.AVG, Each(numbers[0], (rows[0],)))
    return [replace(query, show=(*shown, mean), group=rest, order=())]


def for_each_period(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    """The mean over the days or months that the number is told by."""
    numbers, bucket = numbers_of(query), along(query)
    if len(numbers) != 1 or bucket is None or query.limit or query.combined or not _is_total(frame, numbers[0]):
        return []
    mean = Aggregate(Function.AVG, Each(numbers[0], (bucket,)))
    rest = tuple(one for one in query.show if one not in (numbers[0], bucket))
    group = tuple(one for one in query.group if one != bucket)
    return [replace(query, show=(*rest, mean), group=group, order=())]


def _counted(frame: Frame, one: Expression) -> TableKey | None:
    """The table whose rows it is the number of."""
    if isinstance(one, MetricValue):
        metric = frame.index.metrics[one.name]
        plain = "".join(metric.expression.split()).upper() == "COUNT(*)" and not metric.filters
        return metric.table if plain else None
    if isinstance(one, Aggregate) and isinstance(one.of, Rows) and one.where is None:
        return one.of.table
    return None


def _names(frame: Frame, one: Field, rows: Rows) -> bool:
    """Whether a column says which entity it is."""
    facts = frame.index.tables[rows.table]
    return one.rows == rows and one.key.name in facts.unique | facts.keys | set(facts.labels)


def _is_total(frame: Frame, one: Expression) -> bool:
    """Whether an entity's number is a count or a sum: a mean of means is seldom meant."""
    if isinstance(one, MetricValue):
        said = frame.index.metrics[one.name].expression.lstrip().upper()
        return said.startswith(("SUM(", "COUNT("))
    return not isinstance(one, Aggregate) or one.function in (Function.COUNT, Function.SUM)


def ratio(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    """The last number divides the one before it."""
    numbers = numbers_of(query)
    if len(numbers) < 2:
        return []
    above, below = numbers[-2:]
    if _counted(frame, above) == _counted(frame, below) is not None:
        return []  # orders to orders, by two names
    made = Arithmetic(ArithmeticOperator.DIVIDED_BY, above, below)
    shown = tuple(made if one == above else one for one in query.show if one != below)
    return [replace(query, show=shown, order=tuple(o for o in query.order if o.by not in (above, below)))]
