"""Edits of the order and of how many rows: sorted by, the other way round, the first three, the highest of them."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.dialog.nesting import among, is_selection
from services.ml_gateway.engine.dialog.parts import base, measures
from services.ml_gateway.engine.query.model import Bucket, Expression, Field, Ordering, Query, Rows


def ordered(query: Query, *order: Ordering, key: Field | None = None) -> Query | None:
    """The same rows in another order: where only some of them were taken, those stay the ones.

    key is the primary key of the subject; None is returned where it is needed and there is none.
    """
    if query.limit is None or query.order == order or not query.order:
        return replace(query, order=order)
    if key is None:
        return None
    return Query(query.show, base(query), where=among(query, key), order=order)


def directed(query: Query, descending: bool) -> Query | None:
    """In this direction, by what it is ordered by already; else by its number, else by its first column."""
    by = query.order[0].by if query.order else _natural(query)
    if by is None or query.limit is not None:
        return None
    return replace(query, order=(Ordering(by, descending), *query.order[1:]))


def turned(query: Query) -> Query | None:
    """The other way round: "the lowest instead" of a ranking, the same list from its end, groups from the order that
    they have without asking for one; None without an order.
    """
    if not query.order:
        other = _other_order(query)
        return replace(query, order=(other,)) if other else None
    return replace(query, order=tuple(replace(one, descending=not one.descending) for one in query.order))


def first(query: Query, count: int) -> Query | None:
    """The first rows in the order that the query has; None where it has none that would say which come first."""
    if query.order:
        return replace(query, limit=count)
    return None


def top(query: Query, count: int, *, descending: bool) -> Query | None:
    """The best rows by the query's number, or by the one column that it is ordered by; None without either."""
    numbers = measures(query)
    by = numbers[0] if numbers and query.group else query.order[0].by if query.order else None
    if by is None:
        return None
    return replace(query, order=(Ordering(by, descending),), limit=count)


def last(query: Query, count: int) -> Query | None:
    """The rows at the other end of the order."""
    other = turned(query)
    return replace(other, limit=count) if other else None


def best(query: Query, order: tuple[Ordering, ...], count: int, key: Field | None) -> Query | None:
    """Of the query's rows those that come first by another order: "which of them is the oldest".

    None where the rows are a selection and have no key to be named by.
    """
    if not is_selection(query):
        return replace(query, order=order, limit=count)
    if query.limit is not None and query.group and any(one.by in measures(query) for one in order):
        return replace(query, order=order, limit=count)
    if key is None:
        return None
    rows = Rows(key.key.table, key.role)
    return Query(query.show, rows, where=among(query, key), order=order, limit=count)


def _other_order(query: Query) -> Ordering | None:
    """Groups come along the time, else the greatest first."""
    if not query.group or query.distinct:
        return None
    dated = next((one for one in query.group if isinstance(one, Bucket)), None)
    number = next(iter(measures(query)), None)
    return Ordering(dated, True) if dated else Ordering(number, False) if number else None


def _natural(query: Query) -> Expression | None:
    numbers = measures(query)
    return numbers[0] if numbers and query.group else next(iter(query.show), None) if not numbers else None
