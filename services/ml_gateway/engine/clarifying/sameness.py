"""What queries say, however they spell it: equal gists mean equal answers to a person.

Not part of the gist: the order of columns and conditions, how equal values are ordered among each other, whether equal
rows are dropped where there can be none, and which of two columns stands for a key that makes them equal.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from services.ml_gateway.engine.dialog.parts import is_measure
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Both,
    Condition,
    Either,
    Field,
    Function,
    MetricValue,
    Query,
    Rows,
)
from services.ml_gateway.engine.query.walking import tables_in
from services.ml_gateway.engine.reader.assembly.frame import tables_joined


def gist(query: Query, index: Index) -> Hashable:
    """Equal for queries that give the same rows by construction, but for what nobody asks about."""
    return _gist(plain(query, index), index)


def plain(query: Query, index: Index) -> Query:
    """The query with each thing that can be said in several ways said in one."""
    plainer: Query = _mapped(query, index, frozenset(joined_tables(query)))
    if not plainer.group and not plainer.combined and all(map(is_measure, plainer.show)):  # one row, in any order
        return replace(plainer, order=(), limit=None if plainer.limit else plainer.limit, distinct=False)
    return replace(plainer, distinct=plainer.distinct and not _no_row_twice(plainer, index))


def _gist(query: Query, index: Index) -> Hashable:
    return (
        tuple(sorted(map(repr, query.show))),
        _conditions(query.where, index),
        frozenset(rows.table for rows in query.also) - _tables(replace(query, also=())),
        frozenset(query.group),
        query.having,
        # Where all rows are kept, what follows the first only orders equals.
        query.order[:1] if query.limit is None else query.order,
        query.limit,
        query.per,
        query.distinct,
        (query.combined[0], _gist(query.combined[1], index)) if query.combined else None,
        query.subject if query.subject and not _follows(query, index) else None,
    )


def _conditions(condition: Condition | None, index: Index) -> Hashable:
    """The conditions without the order that they stand in."""
    match condition:
        case Both(conditions=parts):
            return "both", frozenset(_conditions(one, index) for one in parts)
        case Either(conditions=parts):
            return "either", frozenset(_conditions(one, index) for one in parts)
        case _:
            return condition


def _mapped(node: Any, index: Index, tables: frozenset[TableKey]) -> Any:
    match node:
        case Field(key=key, role=None):
            return replace(node, key=_own(key, index, tables))
        case Aggregate(function=Function.COUNT, of=Field(key=key, role=None), where=None) if _counts_rows(node, index):
            return Aggregate(Function.COUNT, Rows(key.table))
        case tuple():
            return tuple(_mapped(one, index, tables) for one in node)
        case Query():
            inner = frozenset(joined_tables(node))
            return replace(node, **{one.name: _mapped(getattr(node, one.name), index, inner) for one in fields(node)})
        case _ if is_dataclass(node) and not isinstance(node, type | TableKey | ColumnKey):
            return replace(node, **{one.name: _mapped(getattr(node, one.name), index, tables) for one in fields(node)})
        case _:
            return node


def _own(key: ColumnKey, index: Index, tables: frozenset[TableKey]) -> ColumnKey:
    """The column that refers to this one, where its table is in the query too: equal wherever the two are joined."""
    referring = sorted(
        ColumnKey(one.table, one.columns[0])
        for _, one in index.catalog.keys_to.get(key.table, ())
        if one.target_columns == (key.name,) and one.table in tables
    )
    return referring[0] if len(referring) == 1 and referring[0].table != key.table else key


def _counts_rows(counted: Aggregate, index: Index) -> bool:
    assert isinstance(counted.of, Field)
    return _is_unique(counted.of.key, index)


def _is_unique(key: ColumnKey, index: Index) -> bool:
    return key.name in index.tables[key.table].unique


def _no_row_twice(query: Query, index: Index) -> bool:
    """Whether no two rows of the result can be equal."""
    if any(isinstance(one, Aggregate | MetricValue) for one in query.show):
        return not query.group or all(one in query.show for one in query.group if not isinstance(one, Rows))
    shown = {one.key.table for one in query.show if isinstance(one, Field) and _is_unique(one.key, index)}
    others = _tables(query)
    return any(all(table == one or is_above(one, table, index) for table in others) for one in shown)


def _follows(query: Query, index: Index) -> bool:
    """Whether each row is one of the subject's anyway: all else stands above it."""
    assert query.subject
    subject = query.subject.table
    return all(table == subject or is_above(subject, table, index) for table in _tables(query))


def is_above(lower: TableKey, upper: TableKey, index: Index) -> bool:
    paths = index.graph.nearest(lower, upper)
    return bool(paths) and not paths[0].place.fans_out


def joined_tables(query: Query) -> Iterator[TableKey]:
    """The tables whose rows are part of a result's row: not those of which rows must only exist, or must not."""
    yield from tables_in((query.show, query.group, query.order, query.also, query.subject))
    yield from tables_joined(query.where)


def _tables(node: object) -> frozenset[TableKey]:
    return frozenset(tables_in(node))
