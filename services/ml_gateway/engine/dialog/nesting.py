"""The rows of the query before as a condition: by key, where it cut some off, or by what held of them."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.dialog.parts import base, conjuncts, measures, together
from services.ml_gateway.engine.query.model import Compare, Condition, Field, Not, Query, Rows
from services.ml_gateway.engine.reading import Operator


def is_selection(query: Query) -> bool:
    """Whether which rows it has depends on other rows: then they can be spoken of only as that query's rows."""
    return bool(query.limit is not None or query.having is not None or query.combined or query.per)


def keys_of(query: Query, key: Field) -> Query:
    """The query's rows, by one column alone."""
    if query.combined:
        operator, other = query.combined
        rest = keys_of(replace(query, combined=None), key)
        return replace(rest, combined=(operator, keys_of(other, key)))
    group = query.group
    if group and key not in group and key.rows not in group:
        group = (*group, key)
    if measures(query) and not group:  # a lone number: the rows that it was taken of
        return replace(query, show=(key,), order=(), limit=None, distinct=False)
    order = query.order if query.limit is not None else ()
    return replace(query, show=(key,), group=group, order=order, distinct=False)


def among(query: Query, key: Field) -> Condition:
    """That a row is one of the query's rows, by its key."""
    return Compare(key, Operator.EQUAL, keys_of(query, key))


def meant(query: Query, rows: Rows, key: Field | None) -> Query | None:
    """What a query over `rows` needs for them to be those which the query before spoke of: its `where` and `also`.

    key is the key of `rows`, needed where the query is a selection: None then means that they can't be named.
    """
    if is_selection(query):
        return None if key is None else Query((), rows, where=among(query, key))
    own = base(query)
    also = query.also if own is None or own == rows else tuple(dict.fromkeys((*query.also, own)))
    return Query((), rows, also, query.where)


def joined(query: Query, other: Query) -> Query:
    """The query over the rows for which the conditions of the other hold, too."""
    where = together((*conjuncts(other.where), *conjuncts(query.where)))
    own = base(query)
    also = tuple(rows for rows in dict.fromkeys((*query.also, *other.also)) if rows != own)
    return replace(query, where=where, also=also)


def without(query: Query, key: Field) -> Condition:
    """That a row is none of the query's rows."""
    return Not(among(query, key))
