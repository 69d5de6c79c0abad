"""Edits of the period: another one on the same date, none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from services.ml_gateway.engine.dialog.conditions import put
from services.ml_gateway.engine.dialog.parts import conjuncts, together
from services.ml_gateway.engine.model import Column, ColumnKey
from services.ml_gateway.engine.query.model import Bucket, Compare, Condition, During, Field, Query


def period(
    query: Query, start: date | None, end: date | None, otherwise: Field | None, columns: Mapping[ColumnKey, Column]
) -> Query | None:
    """The period [start, end) on the date that the query is about: that of its period, else of its cut date.

    otherwise is the date that a bare period is about where the query has none; None is returned where that is None.
    """
    field = date_of(query, columns) or otherwise
    return put(query, During(field, start, end)) if field else None


def date_of(query: Query, columns: Mapping[ColumnKey, Column]) -> Field | None:
    """The date that the query is about: of a period, of another condition on a date, of a cut date."""
    for condition in conjuncts(query.where):
        if isinstance(condition, During):
            return condition.field
    for condition in conjuncts(query.where):
        if isinstance(condition, Compare) and isinstance(condition.left, Field):
            column = columns.get(condition.left.key)
            if column and column.data_type.temporal:
                return condition.left
    for expression in (*query.group, *query.show):
        if isinstance(expression, Bucket):
            return expression.field
    return None


def timeless(query: Query) -> Query | None:
    """Of all times; None where no period was asked."""
    kept = tuple(_timeless(conjuncts(query.where)))
    both = together(kept)
    return replace(query, where=both) if both != query.where else None


def _timeless(conditions: tuple[Condition, ...]) -> Iterator[Condition]:
    for condition in conditions:
        if not isinstance(condition, During):
            yield condition
