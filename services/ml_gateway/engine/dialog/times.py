"""Edits of the period: another one on the same date, none."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from services.ml_gateway.engine.dialog.conditions import put
from services.ml_gateway.engine.dialog.parts import conjuncts, is_measure, measures, together
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.query.model import (
    Bucket,
    Compare,
    Condition,
    During,
    Expression,
    Field,
    Query,
    Rows,
)
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.assembly.dating import date_of_numbers
from services.ml_gateway.engine.reading import Grain


def period(query: Query, start: date | None, end: date | None, otherwise: Field | None, index: Index) -> Query | None:
    """The period [start, end) on the date that the query is about: that of its period, else of its cut date, else of
    its numbers.

    otherwise is the date that a bare period is about where the query has none; None is returned where that is None.
    """
    field = date_of(query, index) or otherwise
    return put(query, During(field, start, end)) if field else None


def date_of(query: Query, index: Index) -> Field | None:
    """The date that the query is about: of a period, of another condition on a date, of a cut date, of its numbers."""
    columns = index.catalog.columns
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
    if numbers := _numbers(query):
        return date_of_numbers(numbers, index) if _is_plain(numbers, index) else None
    shown = [one for one in query.show if isinstance(one, Field) and one.key in columns]
    dates = [one for one in shown if columns[one.key].data_type.temporal]
    return dates[0] if len(dates) == 1 else None


def _numbers(query: Query) -> tuple[Expression, ...]:
    return measures(query) or tuple(one.by for one in query.order if is_measure(one.by))


def _is_plain(numbers: tuple[Expression, ...], index: Index) -> bool:
    """Whether it is told of which date they are: metrics have one, other rows may have several to choose from."""
    counted = [one for one in nodes_of(numbers) if isinstance(one, Rows | Field)]
    tables = {one.table if isinstance(one, Rows) else one.key.table for one in counted}
    return all(len(index.tables[table].default_dates) == 1 for table in tables)


def timeless(query: Query) -> Query | None:
    """Of all times; None where no period was asked."""
    kept = tuple(_timeless(conjuncts(query.where)))
    both = together(kept)
    return replace(query, where=both) if both != query.where else None


def _timeless(conditions: tuple[Condition, ...]) -> Iterator[Condition]:
    for condition in conditions:
        if not isinstance(condition, During):
            yield condition


def shifted(query: Query, grain: Grain, count: int) -> Query | None:
    """The period moved by so many units: "the year before". None where the query has no closed period."""
    for condition in conjuncts(query.where):
        if isinstance(condition, During) and condition.start and condition.end:
            days = moved(condition.start, condition.end, grain, count)
            return put(query, During(condition.field, *days))
    return None


def neighbour(query: Query, count: int) -> Query | None:
    """The period of the same length before or after: "the period before"."""
    for condition in conjuncts(query.where):
        if isinstance(condition, During) and condition.start and condition.end:
            grain, units = _length(condition.start, condition.end)
            return shifted(query, grain, units * count)
    return None


def year_of(query: Query) -> int | None:
    """The year that the query's period lies in; None where it has none, or lies in several."""
    for condition in conjuncts(query.where):
        if isinstance(condition, During) and condition.start and condition.end:
            last = condition.end - timedelta(days=1)
            return last.year if last.year == condition.start.year else None
    return None


def _length(start: date, end: date) -> tuple[Grain, int]:
    """A span of days in the greatest units that it is made of: months, else days."""
    if start.day == end.day == 1:
        return Grain.MONTH, (end.year - start.year) * 12 + end.month - start.month
    return Grain.DAY, (end - start).days


def moved(start: date, end: date, grain: Grain, count: int) -> tuple[date, date]:
    """A span of days so many units later."""
    if grain in (Grain.DAY, Grain.WEEK):
        days = timedelta(days=count * (7 if grain is Grain.WEEK else 1))
        return start + days, end + days
    months = count * {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}[grain]
    return _month(start, months), _month(end, months)


def _month(day: date, count: int) -> date:
    """The same day so many months on, or the last one that the month has."""
    index = min(max(day.year * 12 + day.month - 1 + count, 12), 9998 * 12)
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
