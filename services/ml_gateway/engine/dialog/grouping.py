"""Edits of the groups: by another thing, by one more, by another grain."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.dialog.parts import base, conjuncts, is_measure, measures, together
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Bucket,
    Compare,
    Condition,
    Expression,
    Function,
    Query,
    Rows,
)
from services.ml_gateway.engine.reading import Grain, Operator


def grouped(query: Query, shown: tuple[Expression, ...], by: tuple[Expression | Rows, ...]) -> Query:
    """The numbers by this instead of by what was before; a list of rows is counted by it. shown names a group."""
    return _by(_of_all(query, by), shown, by)


def also_grouped(query: Query, shown: tuple[Expression, ...], by: tuple[Expression | Rows, ...]) -> Query:
    """The numbers by this within what was before; a grain replaces another of the same date."""
    dates = {one.field for one in by if isinstance(one, Bucket)}
    kept = tuple(one for one in query.group if not (isinstance(one, Bucket) and one.field in dates))
    before = tuple(
        one for one in query.show if not is_measure(one) and not (isinstance(one, Bucket) and one not in kept)
    )
    return _by(query, tuple(dict.fromkeys((*before, *shown))), tuple(dict.fromkeys((*kept, *by))))


def ungrouped(query: Query) -> Query | None:
    """The numbers over everything; None where nothing was grouped."""
    if not query.group:
        return None
    shown = measures(query)
    return replace(query, show=shown, group=(), order=(), limit=None, having=None, per=()) if shown else None


def regrained(query: Query, grain: Grain) -> Query | None:
    """The same dates cut to another grain; None where no date is cut."""
    old = {one: Bucket(one.field, grain) for one in query.group if isinstance(one, Bucket)}
    if not old:
        return None

    return replace(
        query,
        show=tuple(old.get(one, one) if isinstance(one, Bucket) else one for one in query.show),
        group=tuple(old.get(one, one) if isinstance(one, Bucket) else one for one in query.group),
        order=tuple(
            replace(one, by=old.get(one.by, one.by)) if isinstance(one.by, Bucket) else one for one in query.order
        ),
        per=tuple(old.get(one, one) if isinstance(one, Bucket) else one for one in query.per),
    )


def _of_all(query: Query, by: tuple[Expression | Rows, ...]) -> Query:
    """Without the condition that leaves but one of the groups: "by region" after those in Asia is of every region."""
    return replace(query, where=together(tuple(one for one in conjuncts(query.where) if not _is_one_of(one, by))))


def _is_one_of(condition: Condition, by: tuple[Expression | Rows, ...]) -> bool:
    """Whether it leaves one value of what it is told by."""
    if not isinstance(condition, Compare) or condition.operator is not Operator.EQUAL or condition.left not in by:
        return False
    return isinstance(condition.right, tuple) and len(condition.right) == 1


def _by(query: Query, shown: tuple[Expression, ...], by: tuple[Expression | Rows, ...]) -> Query:
    rows = base(query)
    numbers = measures(query) or tuple(dict.fromkeys(one.by for one in query.order if is_measure(one.by)))
    if not numbers and rows:
        numbers = (Aggregate(Function.COUNT, rows),)
    order = tuple(one for one in query.order if is_measure(one.by) or one.by in shown)
    limit = query.limit if order else None
    return replace(
        query,
        show=(*shown, *numbers),
        subject=query.subject or rows,
        group=by,
        order=order,
        limit=limit,
        per=(),
        distinct=False,
    )
