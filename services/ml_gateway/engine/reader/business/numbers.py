"""What a query computes, and the dates by which it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    Both,
    Change,
    Condition,
    During,
    Expression,
    MetricValue,
    Query,
    Running,
    Share,
)
from services.ml_gateway.engine.reader.assembly.frame import all_of

COMPUTED = (Aggregate, MetricValue, Arithmetic, Share, Running, Change)


def numbers_of(query: Query) -> list[Expression]:
    return [one for one in query.show if isinstance(one, COMPUTED)]


def with_numbers(query: Query, change: Callable[[Expression], Expression]) -> Query:
    """Each number shown or ordered by, changed."""
    numbers = numbers_of(query)

    def of(one: Expression) -> Expression:
        return change(one) if one in numbers else one

    order = tuple(replace(one, by=of(one.by)) for one in query.order)
    return replace(query, show=tuple(map(of, query.show)), order=order)


def atoms(condition: Condition | None) -> Iterator[Condition]:
    """The conditions that all must hold."""
    if isinstance(condition, Both):
        for one in condition.conditions:
            yield from atoms(one)
    elif condition is not None:
        yield condition


def without(query: Query, gone: Callable[[Condition], bool]) -> tuple[Query, list[Condition]]:
    """The query without some of its conditions, and those."""
    every = list(atoms(query.where))
    left = [one for one in every if not gone(one)]
    return replace(query, where=all_of(left)), [one for one in every if gone(one)]


def periods_of(query: Query) -> list[During]:
    return [one for one in atoms(query.where) if isinstance(one, During)]


def parts_of(node: object) -> Iterator[object]:
    """Everything that a query is made of."""
    if isinstance(node, tuple):
        for one in node:
            yield from parts_of(one)
    elif hasattr(node, "__dataclass_fields__"):
        yield node
        for name in node.__dataclass_fields__:
            yield from parts_of(getattr(node, name))
