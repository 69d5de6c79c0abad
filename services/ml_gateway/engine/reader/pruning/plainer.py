"""What can be said of rows in several ways, said in one: readings that are equal by construction are one reading.

Only what the keys make equal: rows that there must not be right above a row are an empty key; rows that must (or must
not) be there and that each row of a nearer table has are that table's rows; so many rows below are a group of so many.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import ColumnKey, Relationship, TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Both,
    Compare,
    Condition,
    Exists,
    Field,
    Function,
    MetricValue,
    Not,
    Query,
    Rows,
    SetOperator,
)
from services.ml_gateway.engine.query.rows import conjuncts
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.assembly.frame import all_of, tables_joined, tables_named
from services.ml_gateway.engine.reader.pruning.one_role import without_idle_roles
from services.ml_gateway.engine.reader.pruning.single_rows import rows_of_group, without_single_rows
from services.ml_gateway.engine.reader.wording.absent import subject_of
from services.ml_gateway.engine.reading import Operator

_FEW = 2  # rows that differ by chance
_POSITIVE = (Operator.GREATER, Operator.AT_LEAST, Operator.EQUAL)
_DISTINCT = re.compile(r"count\s*\(\s*distinct\s+(?:\w+\.)*(\w+)\s*\)", re.IGNORECASE)


def plain(query: Query, index: Index) -> Query:
    """The query in its plainest form, with the same rows."""
    query = without_single_rows(without_idle_roles(query, index), index)
    if query.combined:  # sets have no row twice
        operator, other = query.combined
        other = replace(other, distinct=False) if other.distinct else other
        return replace(query, distinct=False, combined=(operator, other))
    if query.where is None:
        return _each_row(query, index)
    query = _once(query, index)
    conditions = conjuncts(query.where)
    used = tables_named((query.show, query.group, query.having, query.order))
    kept = [one for one in conditions if not _is_idle(one, used, index)]
    table = subject_of(query) or _reckoned(query, index)
    plainer = _apart([_plain(one, table, index) for one in kept], table) if table else kept
    if plainer != list(conditions):
        query = replace(query, where=all_of(plainer))
    return _grouped(_each_row(query, index), table, index) if table else query


def _once(query: Query, index: Index) -> Query:
    """ "Customers who rented both a van and a boat": each once, and not once for each rental that they have."""
    there = [one.rows for one in conjuncts(query.where) if isinstance(one, Exists)]
    table = subject_of(query)
    if not there or not query.also or table is None:
        return query
    between = {one.table for one in there} | {
        way
        for one in there
        for path in index.graph.nearest(table, one.table, one.role)[:1]
        for step in path.place.path
        for key in [index.catalog.relationships[step.relationship]]
        for way in (key.table, key.target)
    }
    return replace(query, also=tuple(one for one in query.also if one.table not in between))


def _is_idle(one: Condition, used: Collection[TableKey], index: Index) -> bool:
    """Whether it holds of each row that there is anyway: what can't be missing isn't."""
    if not isinstance(one, Compare) or one.operator is not Operator.NOT_NULL or not isinstance(one.left, Field):
        return False
    return one.left.key.table in used and not _is_nullable(one, index)


def _each_row(query: Query, index: Index) -> Query:
    """With each row, where none is equal to another: a name that every row has its own of."""
    table = subject_of(query) if query.distinct else None
    if table is None or query.also or not tables_joined(query.where) <= {table}:
        return query
    alone = any(isinstance(one, Field) and one.key.table == table and _is_its_own(one, index) for one in query.show)
    return replace(query, distinct=False) if alone else query


def _is_its_own(field: Field, index: Index) -> bool:
    """Whether no two rows have the same in it."""
    facts = index.tables[field.key.table]
    rows, found = facts.table.row_count or 0, index.catalog.columns[field.key].distinct_count or 0
    return field.key.name in facts.unique or (rows > _FEW and found >= rows)


def _is_nullable(one: Compare, index: Index) -> bool:
    return not isinstance(one.left, Field) or index.catalog.columns[one.left.key].nullable


def _reckoned(query: Query, index: Index) -> TableKey | None:
    """The table of whose rows the query tells metrics."""
    tables = {index.metrics[one.name].table for one in query.show if isinstance(one, MetricValue)}
    alone = len(tables) == 1 and all(isinstance(one, MetricValue) for one in query.show)
    return tables.pop() if alone and not query.group else None


def _apart(conditions: list[Condition], table: TableKey) -> list[Condition]:
    """ "With lost but not damaged claims": the one that there is isn't the one that there isn't."""
    lacking = {
        one.condition.rows.table for one in conditions if isinstance(one, Not) and isinstance(one.condition, Exists)
    }
    held = [one for one in conditions if isinstance(one, Compare) and isinstance(one.left, Field)
            and one.left.role is None and one.left.key.table in lacking - {table}]  # fmt: skip
    rest = [one for one in conditions if one not in held]
    below = dict.fromkeys(one.left.key.table for one in held if isinstance(one.left, Field))
    for other in below:
        own = [one for one in held if isinstance(one.left, Field) and one.left.key.table == other]
        rest.insert(0, Exists(Rows(other), all_of(own)))
    return rest


def _plain(condition: Condition, table: TableKey, index: Index) -> Condition:
    match condition:
        case Not(condition=Exists() as inner):
            empty = _key_above(inner, table, index)
            return Compare(empty, Operator.IS_NULL) if empty else Not(_nearer(inner, table, index))
        case Exists():
            return _nearer(condition, table, index)
        case Compare(operator=Operator.EQUAL, right=Query() as inner):
            return _as_rows_below(condition, inner, table, index)
        case _:
            return condition


def _as_rows_below(condition: Compare, inner: Query, table: TableKey, index: Index) -> Condition:
    """Those whose key is among the keys of those with so many: those with so many."""
    key = condition.left
    own = isinstance(key, Field) and index.catalog.by_key[table].primary_key == (key.key.name,)
    if not own or not isinstance(key, Field) or key.key.table != table or inner.show != (key,):
        return condition
    having = inner.having
    plain = inner.group == (Rows(table),) and not (inner.where or inner.order or inner.limit or inner.combined)
    if not plain or not isinstance(having, Compare) or not isinstance(having.left, Aggregate):
        return condition
    counted = having.left.of
    if having.left.function is not Function.COUNT or not isinstance(counted, Rows) or not _wants_some(having):
        return condition
    keys = _keys(counted.table, table, index)
    return Exists(counted, None, having) if len(keys) == 1 and counted.table != table else condition


def _key_above(one: Exists, table: TableKey, index: Index) -> Field | None:
    """The key to rows right above, where it may be empty and is one column."""
    if one.where is not None or one.having is not None:
        return None
    keys = _keys(table, one.rows.table, index)
    found = [key for number, key in keys if one.rows.role in (None, number)]
    if len(found) != 1 or len(found[0].columns) != 1 or table == one.rows.table:
        return None
    column = ColumnKey(table, found[0].columns[0])
    return Field(column) if index.catalog.columns[column].nullable else None


def _nearer(one: Exists, table: TableKey, index: Index) -> Exists:
    """Without the steps up from rows below that each of them has."""
    if one.rows.role is not None and [n for n, _ in _keys(one.rows.table, table, index)] == [one.rows.role]:
        rows, having = Rows(one.rows.table), one.having
        if having and isinstance(having.left, Aggregate) and having.left.of == one.rows:
            having = replace(having, left=replace(having.left, of=rows))
        return Exists(rows, one.where, having)
    if one.where is not None or one.having is not None:
        return one
    paths = index.graph.nearest(table, one.rows.table, one.rows.role)
    if len(paths) != 1 or table == one.rows.table:
        return one
    steps = list(paths[0].place.path)
    relationships = index.catalog.relationships
    while len(steps) > 1 and steps[-1].upward and not _may_be_empty(relationships[steps[-1].relationship], index):
        steps.pop()
    last = steps[-1]
    if last.upward:
        return one
    near = relationships[last.relationship].table
    again = index.graph.nearest(table, near)
    if len(again) == 1 and again[0].place.path == tuple(steps):
        return Exists(Rows(near))
    return Exists(Rows(near, last.relationship)) if len(steps) == 1 else one


def _may_be_empty(key: Relationship, index: Index) -> bool:
    return any(index.catalog.columns[ColumnKey(key.table, name)].nullable for name in key.columns)


def _grouped(query: Query, table: TableKey, index: Index) -> Query:
    """Rows with so many below, as groups of so many."""
    listed = all(isinstance(one, Field) and one.role is None for one in query.show)
    if not listed or query.distinct or query.order or query.limit or query.also or query.subject or query.having:
        return query
    counted: list[Exists] = []
    rest: list[Condition] = []
    for one in conjuncts(query.where):
        if isinstance(one, Exists) and one.having:
            counted.append(one)
        else:
            rest.append(one)
    if len(counted) != 1 or not tables_joined(all_of(rest)) <= {table}:
        return query
    rows, having = counted[0].rows, counted[0].having
    keys = _keys(rows.table, table, index)
    if having is None or not _wants_some(having) or len(keys) != 1 or rows.table == table:
        return query
    number = having.left
    if not isinstance(number, Aggregate) or number.function is not Function.COUNT or number.where:
        return query
    number = replace(number, of=Rows(rows.table)) if number.of == rows else number
    where = all_of([*rest, *conjuncts(counted[0].where)])
    return replace(query, where=where, group=(Rows(table),), having=replace(having, left=number))


def _wants_some(having: Compare) -> bool:
    """Whether no row at all is not as many as it wants."""
    least = having.right[0] if isinstance(having.right, tuple) and len(having.right) == 1 else None
    if not isinstance(least, float) or having.operator not in _POSITIVE:
        return False
    return least >= (0 if having.operator is Operator.GREATER else 1)


def _keys(table: TableKey, target: TableKey, index: Index) -> list[tuple[int, Relationship]]:
    return [(number, key) for number, key in index.catalog.keys_to.get(target, ()) if key.table == table]


def is_vain(query: Query, index: Index) -> bool:
    """Whether it can tell nothing: groups told apart by a number that is one in each, rows that are and aren't so, or
    what rows that are so have in common with those that aren't, where each row is by itself; rows that lack what none
    of them lacks."""
    tables = tables_named(query.show) | {table for table in [_reckoned(query, index)] if table}
    if any(_is_never_empty(one, tables, index) for one in conjuncts(query.where)):
        return True
    return any(_is_vain(node, index) for node in nodes_of(query))


def _is_never_empty(one: Condition, tables: Collection[TableKey], index: Index) -> bool:
    if not isinstance(one, Compare) or one.operator is not Operator.IS_NULL or not isinstance(one.left, Field):
        return False
    return one.left.key.table in tables and not _is_nullable(one, index)


def _is_vain(node: object, index: Index) -> bool:
    match node:
        case Both(conditions=conditions):
            held = [one for one in conditions if isinstance(one, Compare) and isinstance(one.left, Field)]
            said = {one.left for one in held if one.operator is Operator.EQUAL and isinstance(one.right, tuple)}
            return any(one.left in said for one in held if one.operator is Operator.NOT_EQUAL)
        case Query(show=show, where=where, combined=(operator, other)) if operator is SetOperator.INTERSECT:
            alone = any(isinstance(one, Field) and _is_its_own(one, index) for one in show)
            both = all_of([*conjuncts(where), *conjuncts(other.where)])
            return alone and _is_vain(both, index)
        case Query(also=also, where=where) if also and any(_lacks(one, also) for one in conjuncts(where)):
            return True
        case Query(having=having, order=order) if (rows := rows_of_group(node, index)) is not None:
            numbers = [one.left for one in conjuncts(having) if isinstance(one, Compare)]
            numbers += [one.by for one in order]
            return any(_is_one_in_each(one, rows, index) for one in numbers)
        case _:
            return False


def _lacks(one: Condition, also: Collection[Rows]) -> bool:
    """Whether it says that there are none of rows that there must be."""
    if not isinstance(one, Not) or not isinstance(one.condition, Exists) or one.condition.where or one.condition.having:
        return False
    return one.condition.rows.table in {rows.table for rows in also}


def _is_above(upper: Rows, rows: Rows, index: Index) -> bool:
    """Whether each of the rows has one of the others, as a class has one gym."""
    if upper.table == rows.table:
        return False
    paths = index.graph.nearest(rows.table, upper.table, upper.role)
    return bool(paths) and not paths[0].place.fans_out


def _is_one_in_each(number: object, rows: Rows, index: Index) -> bool:
    """Whether it counts the very rows that the groups are: "customers with more than five customers"."""
    match number:
        case MetricValue(name=name):
            metric = index.metrics[name]
            said = _DISTINCT.fullmatch(metric.expression.strip())
            if said is None:
                return False
            counted = ColumnKey(metric.table, said[1])
            own = index.catalog.by_key[rows.table].primary_key == (counted.name,) and counted.table == rows.table
            keys = _keys(metric.table, rows.table, index)
            return own or (len(keys) == 1 and keys[0][1].columns == (counted.name,))
        case Aggregate(function=Function.COUNT, of=Rows() as of, where=None):
            return (of == rows and bool(index.catalog.by_key[rows.table].primary_key)) or _is_above(of, rows, index)
        case _:
            return False
