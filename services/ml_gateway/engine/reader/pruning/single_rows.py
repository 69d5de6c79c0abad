"""Numbers of single rows, said plainly: the total of one row's fee is its fee, the first of all fees the highest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Compare,
    Condition,
    Expression,
    Field,
    Function,
    MetricValue,
    Query,
    Rows,
)
from services.ml_gateway.engine.query.rows import conjuncts
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.assembly.frame import all_of, tables_joined
from services.ml_gateway.engine.tokens import Token

_OF_THEIR_OWN = 0.75  # of all rows, where names tell rows apart
_FEW = 2
_OF_ONE = (Function.SUM, Function.AVG, Function.MIN, Function.MAX)


def without_single_rows(query: Query, index: Index) -> Query:
    """Groups of one row each, of which nothing but their own columns is told, as a list of these rows; the first of a
    column by that column as its greatest, or its least."""
    return _as_extreme(_as_list(_without_own_names(query, index), index), index)


def _without_own_names(query: Query, index: Index) -> Query:
    """ "The studio of the most films", told by studio and title: so many of each studio, whatever they are called.
    Groups in which each row is by itself count nothing."""
    numbers = [one.left for one in conjuncts(query.having) if isinstance(one, Compare)]
    numbers += [one.by for one in query.order] if query.limit else []
    counted = {one.of for one in numbers if isinstance(one, Aggregate) and _counts_rows(one)}
    names = [one for one in query.group if isinstance(one, Field) and one.rows in counted]
    idle = [one for one in names if _tells_rows_apart(one, index)]
    if len(idle) == len(names):  # of few rows each column may tell them apart
        idle = idle[1:] or idle
    show = tuple(one for one in query.show if one not in idle)
    groups = tuple(one for one in query.group if one not in idle) or tuple(
        _entity(one, index) for one in show if isinstance(one, Field)
    )
    told = any(isinstance(one, Field) and one.rows in counted and _tells_rows_apart(one, index) for one in show)
    if not idle or not groups or not show or (told and not set(groups) & set(query.group)) or query.per:
        return query
    order = tuple(one for one in query.order if one.by not in idle)
    return replace(query, group=groups, show=show, order=order)


def _entity(field: Field, index: Index) -> Field | Rows:
    """What a column's values tell: rows, by their name."""
    named = index.tables[field.key.table].labels == (field.key.name,)
    return field.rows if named and index.catalog.by_key[field.key.table].primary_key else field


def _counts_rows(number: Aggregate) -> bool:
    return number.function is Function.COUNT and isinstance(number.of, Rows)


def _tells_rows_apart(field: Field, index: Index) -> bool:
    """Whether as good as no two rows have the same in it."""
    known, rows = index.catalog.columns[field.key].distinct_count, index.catalog.by_key[field.key.table].row_count
    alone = field.key.name in index.tables[field.key.table].unique
    return alone or (known is not None and rows is not None and rows > _FEW and known >= _OF_THEIR_OWN * rows)


def rows_of_group(query: Query, index: Index) -> Rows | None:
    """The rows that its groups are, one each; None where they are something else."""
    if len(query.group) != 1:
        return None
    (one,) = query.group
    if isinstance(one, Rows):
        return one if index.catalog.by_key[one.table].primary_key else None
    return one.rows if isinstance(one, Field) and one.key.name in index.tables[one.key.table].unique else None


def _rows_by_name(query: Query, index: Index) -> Rows | None:
    """ "Accounts with more than 100 employees", told by their names, as good as none of which are the same."""
    one = query.group[0] if len(query.group) == 1 else None
    if query.having is None or not isinstance(one, Field):
        return None
    facts, table = index.tables[one.key.table], index.catalog.by_key[one.key.table]
    known, rows = index.catalog.columns[one.key].distinct_count, table.row_count
    few = known is not None and rows is not None and known < _OF_THEIR_OWN * rows
    return one.rows if table.primary_key and facts.labels == (one.key.name,) and not few else None


def mean_per_row(query: Query, tokens: Sequence[Token], index: Index) -> Query:
    """ "Average places per class": over all classes, where each class has one number of places."""
    rows = rows_of_group(query, index)
    numbers = [one for one in query.show if isinstance(one, Aggregate)]
    if rows is None or len(numbers) != 1 or query.having or query.limit or query.combined or query.also:
        return query
    mean = numbers[0]
    own = _is_of_one(mean) and mean.function is Function.AVG and isinstance(mean.of, Field) and mean.of.rows == rows
    others = [one for one in query.show if one != mean]
    if not own or not all(isinstance(one, Field) and one.rows == rows for one in others):
        return query
    if not any(token.form == "per" for token in tokens) or not tables_joined(query.where) <= {rows.table}:
        return query
    return replace(query, show=(mean,), group=(), order=(), subject=None, distinct=False)


def _as_list(query: Query, index: Index) -> Query:
    rows = rows_of_group(query, index) or _rows_by_name(query, index)
    if rows is None or query.combined or query.also or query.per or not tables_joined(query.where) <= {rows.table}:
        return query
    nodes = nodes_of((query.show, query.having, query.order))
    fields = [one for one in nodes if isinstance(one, Field)]
    numbers = [one for one in nodes if isinstance(one, Aggregate | MetricValue | Rows)]
    own = all(one.rows == rows for one in fields) and all(isinstance(one, Aggregate) for one in numbers)
    if not numbers or not own or not all(_is_of_one(one) for one in numbers):
        return query
    if any(isinstance(one, Aggregate) and one.function is Function.AVG for one in query.show):
        return query  # what is asked for as a mean is told as one
    held = [_plain_condition(one) for one in conjuncts(query.having)]
    if not all(held):
        return query
    return replace(
        query,
        show=tuple(dict.fromkeys(_own(one) for one in query.show)),
        where=all_of([*conjuncts(query.where), *(one for one in held if one)]),
        group=(),
        having=None,
        order=tuple(replace(one, by=_own(one.by)) for one in query.order),
        subject=None,
        distinct=False,
    )


def _is_of_one(number: object) -> bool:
    return (
        isinstance(number, Aggregate)
        and number.function in _OF_ONE
        and isinstance(number.of, Field)
        and number.where is None
    )


def _own(one: Expression) -> Expression:
    return one.of if isinstance(one, Aggregate) and isinstance(one.of, Field) else one


def _plain_condition(one: Condition) -> Condition | None:
    return replace(one, left=_own(one.left)) if isinstance(one, Compare) and isinstance(one.right, tuple) else None


def _as_extreme(query: Query, index: Index) -> Query:
    cut = query.limit == 1 and not (query.group or query.having or query.per or query.combined)
    if not cut or len(query.show) != 1 or not query.order:
        return query
    (shown,), first = query.show, query.order[0]
    if not isinstance(shown, Field) or first.by != shown or not index.catalog.columns[shown.key].data_type.numeric:
        return query
    end = Aggregate(Function.MAX if first.descending else Function.MIN, shown)
    return replace(query, show=(end,), order=(), limit=None, subject=None, distinct=False)
