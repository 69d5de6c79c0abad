"""Which tables a query uses, and which were joined though nothing uses them."""

from __future__ import annotations

from collections.abc import Iterator

from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    Both,
    Bucket,
    Compare,
    Condition,
    During,
    Either,
    Exists,
    Expression,
    Field,
    MetricValue,
    Not,
    Query,
    Rows,
    Share,
)
from services.ml_gateway.training.sources import Sources


def unused(query: Query, sources: Sources) -> tuple[Rows, ...]:
    """Tables at the end of a join of which nothing is used; those between used ones are found again by the path."""
    used = set(rows_of_query(query))
    left = {alias: sources.rows(alias) for alias in sources.tables}
    edges = list(sources.edges)
    found: list[Rows] = []
    for alias, rows in left.items():
        neighbours = {e.one if e.many == alias else e.many for e in edges if alias in (e.many, e.one)}
        if rows not in used and len(neighbours) <= 1 and len(left) > 1:
            found.append(rows)
    return tuple(dict.fromkeys(found))


def rows_of_query(query: Query) -> Iterator[Rows]:
    for shown in query.show:
        yield from rows_of(shown)
    for group in (*query.group, *query.per):
        yield from (group,) if isinstance(group, Rows) else rows_of(group)
    for ordering in query.order:
        yield from rows_of(ordering.by)
    for condition in (query.where, query.having):
        if condition is not None:
            yield from rows_of_condition(condition)


def rows_of(one: Expression) -> Iterator[Rows]:
    match one:
        case Field():
            yield one.rows
        case Bucket():
            yield one.field.rows
        case Aggregate():
            yield from (one.of,) if isinstance(one.of, Rows) else rows_of(one.of)
        case Arithmetic():
            yield from rows_of(one.left)
            yield from rows_of(one.right)
        case Share():
            yield from rows_of(one.of)
        case MetricValue():
            pass


def rows_of_condition(condition: Condition) -> Iterator[Rows]:
    match condition:
        case Compare():
            yield from rows_of(condition.left)
            if not isinstance(condition.right, tuple | Query):
                yield from rows_of(condition.right)
        case During():
            yield condition.field.rows
        case Both() | Either():
            for one in condition.conditions:
                yield from rows_of_condition(one)
        case Not():
            yield from rows_of_condition(condition.condition)
        case Exists():
            pass
