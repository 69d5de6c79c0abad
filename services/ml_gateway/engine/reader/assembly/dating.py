"""Which date a number's rows are told by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    Duration,
    Each,
    Expression,
    Field,
    MetricValue,
)
from services.ml_gateway.engine.reader.assembly.frame import tables_named
from services.ml_gateway.engine.tokens import name_words, stem


def date_of_numbers(numbers: Iterable[Expression], index: Index) -> Field | None:
    """The date that these are of; of numbers over several tables each its own, the others told beside the first."""
    own = list(dict.fromkeys(found for one in numbers for found in dates(one, index)))
    if len(own) > 1:
        return replace(own[0], alike=tuple(own[1:]))
    return own[0] if own else None


def dates(number: Expression, index: Index) -> Iterator[Field]:
    """The dates of all that goes into a number; nothing of what is none."""
    match number:
        case MetricValue():
            metric = index.metrics[number.name]
            for name in (metric.numerator, metric.denominator) if metric.numerator else ():
                yield from dates(MetricValue(name), index)
            if metric.time_column:
                yield Field(metric.time_column)
            elif not metric.numerator and (found := default_date(metric.table, index)):
                yield found
        case Arithmetic():
            yield from dates(number.left, index)
            yield from dates(number.right, index)
        case Aggregate(of=Each(of=inner)):
            yield from dates(inner, index)
        case Aggregate(of=Duration(start=Field() as start)):
            yield default_date(start.key.table, index) or start
        case Aggregate():
            for table in sorted(tables_named(number.of)):
                if found := default_date(table, index):
                    yield found


def default_date(table: TableKey, index: Index) -> Field | None:
    """The date that a table's rows are told by: their own, else that of the nearest rows which they hang on."""
    own = index.tables[table].default_dates
    if own:
        return Field(ColumnKey(table, own[0]))
    ways = [
        (len(paths[0].place.path), not _is_event(one.table.name, one.default_dates[0]), key)
        for key, one in index.tables.items()
        if one.default_dates and (paths := index.graph.nearest(table, key)) and not paths[0].place.fans_out
    ]
    if not ways:
        return None
    nearest = min(ways)[2]
    return Field(ColumnKey(nearest, index.tables[nearest].default_dates[0]))


def _is_event(table: str, column: str) -> bool:
    """The day on which what the table is called happens: ordered_at of orders."""
    return bool({stem(word) for word in name_words(table)} & {stem(word) for word in name_words(column)})
