"""Which table's rows each number of a query is about. Numbers about different rows are computed apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from services.ml_gateway.engine.query import metrics
from services.ml_gateway.engine.query.joining import connect, fan_outs, lowest
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    Both,
    Bucket,
    Change,
    Compare,
    Condition,
    Duration,
    Either,
    Expression,
    Field,
    Function,
    MetricValue,
    Not,
    Ordering,
    Query,
    Rows,
    Running,
    Share,
)
from services.ml_gateway.engine.query.rows import conjuncts, leaves, rows_of, rows_of_condition
from services.ml_gateway.engine.query.schema import Schema

Measure = Aggregate | MetricValue
Key = Field | Bucket | Duration


@dataclass(frozen=True, slots=True)
class Part:
    """Numbers over the rows of `home` for which `where` holds beside the query's own condition."""

    home: Rows
    measures: tuple[Measure, ...]
    where: Condition | None = None
    filters: tuple[str, ...] = ()


def without_ratios(query: Query, schema: Schema) -> Query:
    """The query with every ratio metric written out."""

    def change(one: Expression) -> Expression:
        match one:
            case MetricValue():
                return metrics.expanded(one, schema)
            case Arithmetic():
                return replace(one, left=change(one.left), right=change(one.right))
            case Share() | Running() | Change():
                return replace(one, of=change(one.of))
            case _:
                return one

    def condition(one: Condition) -> Condition:
        match one:
            case Compare():
                right = one.right if isinstance(one.right, tuple | Query) else change(one.right)
                return replace(one, left=change(one.left), right=right)
            case Both() | Either():
                return replace(one, conditions=tuple(condition(part) for part in one.conditions))
            case Not():
                return replace(one, condition=condition(one.condition))
            case _:
                return one

    return replace(
        query,
        show=tuple(change(one) for one in query.show),
        having=condition(query.having) if query.having else None,
        order=tuple(Ordering(change(one.by), one.descending) for one in query.order),
    )


def parts_of(measures: Iterable[Measure], query: Query, schema: Schema) -> tuple[Part, ...]:
    found: dict[tuple[Rows, Condition | None, tuple[str, ...]], list[Measure]] = {}
    entities = [one for one in query.group if isinstance(one, Rows)]
    homes = {one: _home(one, query, schema) for one in measures}
    kept: dict[Measure, Rows] = {}
    for one, home in homes.items():
        others = [other for other in homes.values() if other != home]
        # The greatest of what is the same in all rows of a group needs no rows of its own.
        extreme = isinstance(one, Aggregate) and one.function in (Function.MIN, Function.MAX)
        kept[one] = others[0] if extreme and others and home in entities else home
    for one, home in kept.items():
        own = one.where if isinstance(one, Aggregate) else None
        filters = metrics.filters(one, schema) if isinstance(one, MetricValue) else ()
        apart = own if own is not None and not _within_row(own, home, schema) else None
        found.setdefault((home, apart, filters), []).append(one)
    return tuple(Part(home, tuple(of), where, filters) for (home, where, filters), of in found.items())


def _home(one: Measure, query: Query, schema: Schema) -> Rows:
    if isinstance(one, MetricValue):
        return metrics.home(one, schema)
    if isinstance(one.of, Rows):
        return one.of
    found = lowest(tuple(rows_of(one.of)), schema.keys)
    if query.subject is not None and fan_outs(connect(query.subject, (found,), schema.keys), schema.keys) == 0:
        return query.subject
    return found


def _within_row(condition: Condition, home: Rows, schema: Schema) -> bool:
    """Whether the condition can be looked up from a row of `home`, so that CASE can hold it."""
    if any(not isinstance(part, Compare) and not hasattr(part, "field") for part in conjuncts(condition)):
        return False
    if any(isinstance(part, Compare) and isinstance(part.right, Query) for part in conjuncts(condition)):
        return False
    return fan_outs(connect(home, rows_of_condition(condition), schema.keys), schema.keys) == 0


def computed(query: Query) -> tuple[Measure, ...]:
    """The numbers over many rows that a query shows, orders by or asks a condition of."""
    found: list[Measure] = []
    expressions = [*query.show, *(one.by for one in query.order), *compared_with(query.having)]
    for one in expressions:
        found += [leaf for leaf in leaves(one) if isinstance(leaf, Aggregate | MetricValue)]
    return tuple(dict.fromkeys(found))


def plain(query: Query) -> tuple[Key, ...]:
    """The columns that a grouped query shows or orders by beside its numbers."""
    found: list[Key] = []
    for one in (*query.show, *(one.by for one in query.order), *compared_with(query.having)):
        found += [leaf for leaf in leaves(one) if isinstance(leaf, Field | Bucket | Duration)]
    return tuple(dict.fromkeys(found))


def compared_with(condition: Condition | None) -> list[Expression]:
    """The expressions that a condition on groups compares."""
    match condition:
        case Compare():
            right = [] if isinstance(condition.right, tuple | Query) else [condition.right]
            return [condition.left, *right]
        case Both() | Either():
            return [one for part in condition.conditions for one in compared_with(part)]
        case Not():
            return compared_with(condition.condition)
        case _:
            return []
