"""Edits of what is shown: one column more, others instead, one less, how many there are."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.dialog.nesting import among, is_selection
from services.ml_gateway.engine.dialog.parts import base, is_measure, measures
from services.ml_gateway.engine.query.model import Aggregate, Bucket, Expression, Field, Function, Ordering, Query, Rows


def shown(query: Query, *columns: Expression) -> Query:
    """The same rows by these columns. A result by group stays one; a lone number becomes the rows behind it."""
    if query.group and not all(is_measure(one) for one in columns):
        return replace(query, show=columns, group=_grouping(query, columns), distinct=False)
    order = _ordering(query) if measures(query) else query.order
    subject = query.subject or (None if query.combined else base(query))  # whatever is shown of them
    return replace(query, show=columns, subject=subject, order=order, distinct=False)


def also_shown(query: Query, *columns: Expression) -> Query:
    """The same rows with these columns, too; a lone number has no rows to put them beside, so they replace it."""
    if measures(query) and not query.group:
        return shown(query, *columns)
    merged = tuple(dict.fromkeys((*query.show, *columns)))
    group = _grouping(query, columns) if query.group else query.group
    return replace(query, show=merged, group=group, distinct=False)


def not_shown(query: Query, *columns: Expression) -> Query | None:
    """Without these columns; None where nothing would be left. Numbers are no longer told by them, either."""
    kept = tuple(one for one in query.show if one not in columns)
    if not kept or kept == query.show:
        return None
    if not measures(query):
        return replace(query, show=kept)
    entities = {one.rows for one in columns if isinstance(one, Field)}
    told = {one.rows for one in kept if isinstance(one, Field)}
    group = tuple(one for one in query.group if one not in columns and one not in entities - told)
    if group == query.group:
        return replace(query, show=kept)
    order = tuple(one for one in query.order if one.by not in columns and (group or not is_measure(one.by)))
    return replace(query, show=kept, group=group, order=order, limit=query.limit if group else None)


def swapped(query: Query, old: Expression, *new: Expression) -> Query | None:
    """The new columns in the old one's place; None where that is not shown."""
    if old not in query.show:
        return None
    place = query.show.index(old)
    merged = (*query.show[:place], *new, *query.show[place + 1 :])
    return replace(query, show=tuple(dict.fromkeys(merged)))


def counted(query: Query, key: Field | None) -> Query | None:
    """How many rows the query has. key is its subject's primary key, for counting what was cut off or combined.

    None where there is nothing to count by.
    """
    rows = base(query)
    if rows is None:
        return None
    if query.group and query.having is None and query.limit is None and not query.combined:
        groups = [one for one in query.group if not isinstance(one, Bucket) and not is_measure(one)]
        if len(groups) != 1 or not isinstance(groups[0], Field):
            group = groups[0] if groups and key and isinstance(groups[0], Rows) else None
            if group is None or key is None or group != key.rows:
                return None
            number = Aggregate(Function.COUNT, key, distinct=True)
        else:
            number = Aggregate(Function.COUNT, groups[0], distinct=True)
        return replace(query, show=(number,), group=(), order=(), distinct=False)
    if query.distinct and len(query.show) == 1 and isinstance(query.show[0], Field) and query.limit is None:
        number = Aggregate(Function.COUNT, query.show[0], distinct=True)
        return replace(query, show=(number,), order=(), distinct=False)
    number = Aggregate(Function.COUNT, rows)
    if not is_selection(query):
        return replace(query, show=(number,), subject=rows, group=(), order=(), distinct=False)
    if key is None:
        return None
    own = Rows(key.key.table, key.role)
    return Query((Aggregate(Function.COUNT, own),), own, where=among(query, key))


def _grouping(query: Query, columns: tuple[Expression, ...]) -> tuple[Expression | Rows, ...]:
    """One row per group stays one row per group: what is shown of the group's own table is the same within it."""
    entities = [one for one in query.group if isinstance(one, Rows)]
    new = tuple(
        one for one in columns if isinstance(one, Bucket) or (isinstance(one, Field) and one.rows not in entities)
    )
    return tuple(dict.fromkeys((*query.group, *new)))


def _ordering(query: Query) -> tuple[Ordering, ...]:
    return tuple(one for one in query.order if not is_measure(one.by))
