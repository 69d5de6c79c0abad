"""Edits of the number that is computed: another one, or another function of the same column."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.dialog.parts import expression_fields, is_measure, measures
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Bucket,
    Compare,
    Condition,
    Expression,
    Field,
    Function,
    Ordering,
    Query,
    Share,
)


def measured(query: Query, *new: Expression) -> Query:
    """These numbers instead of those before, over the same rows and groups; a list of rows becomes a number."""
    old = measures(query)
    if not old:
        grouped = tuple(one for one in query.show if one in query.group)
        return replace(query, show=(*grouped, *new), order=(), distinct=False)
    kept = tuple(one for one in query.show if not is_measure(one))
    order = tuple(_ordered(one, old, new[0]) for one in query.order)
    return replace(query, show=(*kept, *new), order=order, having=_held(query.having, old, new[0]))


def also_measured(query: Query, *new: Expression) -> Query:
    """These numbers beside those before."""
    if not measures(query):
        return measured(query, *new)
    return replace(query, show=tuple(dict.fromkeys((*query.show, *new))))


def recast(query: Query, function: Function) -> Query | None:
    """Another function of the same column: "and the average?". None where no column is measured."""
    fields = _measured_fields(query)
    if len(fields) != 1:
        return None
    return measured(query, Aggregate(function, fields[0]))


def also_recast(query: Query, function: Function) -> Query | None:
    """Another function of the same column, beside the first."""
    fields = _measured_fields(query)
    if len(fields) != 1:
        return None
    return also_measured(query, Aggregate(function, fields[0]))


def shared(query: Query) -> Query | None:
    """Each group's part of the total instead of its number; None without groups and exactly one number."""
    old = measures(query)
    if not query.group or len(old) != 1 or isinstance(old[0], Share):
        return None
    return measured(query, Share(old[0]))


def _measured_fields(query: Query) -> list[Field]:
    """The column of the numbers shown; of a list without numbers, its only column."""
    numbers = [one.of for one in query.show if isinstance(one, Aggregate) and isinstance(one.of, Field)]
    shown: list[Expression] = list(numbers or (() if measures(query) else query.show))
    return list(
        dict.fromkeys(field for one in shown if not isinstance(one, Bucket) for field in expression_fields(one))
    )


def _ordered(order: Ordering, old: tuple[Expression, ...], new: Expression) -> Ordering:
    return Ordering(new, order.descending) if order.by in old or is_measure(order.by) else order


def _held(having: Condition | None, old: tuple[Expression, ...], new: Expression) -> Condition | None:
    """A bound on the number before is no bound on another."""
    if isinstance(having, Compare) and having.left in old and having.left != new:
        return None
    return having
