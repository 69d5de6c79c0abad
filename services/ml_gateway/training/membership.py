"""IN (SELECT …), EXCEPT, INTERSECT and UNION: conditions on a row where keys connect the two sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Both,
    Compare,
    Condition,
    Exists,
    Field,
    Query,
    Rows,
    SetOperator,
)
from services.ml_gateway.engine.query.rows import rows_of_condition
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.training.conditions import both, either, negated
from services.ml_gateway.training.problems import NotRepresentable
from services.ml_gateway.training.sources import Sources, sources_of

Read = Callable[[exp.Query, Catalog, Sources | None], Query]


def member(left: Field, node: exp.Query, sources: Sources, read: Read) -> Condition:
    """What `left IN (node)` says of the row of `left`."""
    if isinstance(node, exp.Subquery):
        return member(left, node.this, sources, read)
    if isinstance(node, exp.SetOperation):
        one = member(left, node.left, sources, read)
        other = member(left, node.right, sources, read)
        if isinstance(node, exp.Union):
            return either([one, other])
        made = both([one, negated(other) if isinstance(node, exp.Except) else other])
        assert made
        return made
    query = read(node, sources.catalog, sources)
    return connected((left,), query, sources.catalog) or Compare(left, Operator.EQUAL, query)


def exists(node: exp.Query, sources: Sources, where: Callable[[Sources], Condition | None]) -> Condition:
    """EXISTS of a sub-query that keys connect with the statement around it."""
    if not isinstance(node, exp.Select) or any(node.args.get(part) for part in ("group", "having", "limit")):
        raise NotRepresentable("such an EXISTS")
    inner = sources_of(node, sources.catalog, sources)
    outward = [one for one in inner.conditions if _looks_out(one, inner)]
    inner.conditions = [one for one in inner.conditions if one not in outward]
    if len(outward) != 1 or not isinstance(outward[0], exp.EQ):
        raise NotRepresentable("a correlated sub-query")
    near = next((c for c in outward[0].find_all(exp.Column) if inner.find(c)), None)
    if near is None:
        raise NotRepresentable("a correlated sub-query")
    found = inner.find(near)
    assert found
    table = inner.tables[found[0]].key
    ends = {(table, (found[1],))}
    for other in outward[0].find_all(exp.Column):
        at = sources.find(other) if not inner.find(other) else None
        ends |= {(sources.tables[at[0]].key, (at[1],))} if at else set()
    for number, r in enumerate(sources.catalog.relationships):
        if ends == {(r.table, r.columns), (r.target, r.target_columns)}:
            return Exists(Rows(table, _role(number, sources.catalog)), where(inner))
    raise NotRepresentable("EXISTS without a key")


def _looks_out(condition: exp.Expr, inner: Sources) -> bool:
    return any(not inner.find(column) for column in condition.find_all(exp.Column) if column.table)


def connected(left: tuple[Field, ...], query: Query, catalog: Catalog) -> Condition | None:
    """That a row with these columns is among what the query shows, if it is a row that keys connect with it."""
    if query.limit is not None or query.combined or len(query.show) != len(left):
        return None
    shown = query.show
    if not all(isinstance(one, Field) for one in shown) or any(_aggregated(one) for one in _all(query.where)):
        return None
    if shown == left and _names(left, catalog):
        return _of_same(left[0].rows, query, catalog)
    if len(left) != 1 or not isinstance(shown[0], Field):
        return None
    of, at = left[0], shown[0]
    for number, r in enumerate(catalog.relationships):
        down = (r.table, r.columns, r.target, r.target_columns)
        if down == (at.key.table, (at.key.name,), of.key.table, (of.key.name,)):
            return _below(Rows(at.key.table, _role(number, catalog)), query)
        if down == (of.key.table, (of.key.name,), at.key.table, (at.key.name,)):
            return _below(Rows(at.key.table, _role(number, catalog)), query)
    ups = {
        (r.target, r.target_columns)
        for r in catalog.relationships
        if (r.table, r.columns) == (of.key.table, (of.key.name,))
    }
    shared = any(
        (r.target, r.target_columns) in ups
        for r in catalog.relationships
        if (r.table, r.columns) == (at.key.table, (at.key.name,))
    )
    return _below(at.rows, query) if shared and at.key.table != of.key.table else None


def _below(rows: Rows, query: Query) -> Condition | None:
    having = query.having
    if having is not None and not isinstance(having, Compare):
        return None
    where = both([*([query.where] if query.where else []), *(Exists(one) for one in query.also)])
    return Exists(rows, where, having)


def _of_same(anchor: Rows, query: Query, catalog: Catalog) -> Condition | None:
    """Both sides are about rows of one table: what the query says of its row holds of this row."""
    if query.having is not None:
        if not isinstance(query.having, Compare) or not isinstance(query.having.left, Aggregate):
            return None
        of = query.having.left.of
        if not isinstance(of, Rows) or of == anchor:
            return None
        return Exists(of, query.where, query.having)
    own: list[Condition] = []
    other: list[Condition] = []
    for one in _all(query.where):
        (own if set(rows_of_condition(one)) <= {anchor} else other).append(one)
    if not other and not query.also:
        return both(own)
    if not other:
        return both([*own, *(Exists(one) for one in query.also)])
    tables = list(dict.fromkeys(rows for one in other for rows in rows_of_condition(one) if rows != anchor))
    found = Exists(tables[0], both([*other, *(Exists(one) for one in query.also)]))
    return both([*own, found])


def combined(node: exp.SetOperation, catalog: Catalog, outer: Sources | None, read: Read) -> Query:
    """A set operation on rows of one table is a condition on them; any other stays one."""
    left, right = read(node.left, catalog, outer), read(node.right, catalog, outer)
    operator = {exp.Union: SetOperator.UNION, exp.Intersect: SetOperator.INTERSECT, exp.Except: SetOperator.EXCEPT}[
        type(node)
    ]
    if node.args.get("limit") or node.args.get("order"):
        raise NotRepresentable("an ordered set operation")
    if operator is SetOperator.UNION and node.args.get("distinct") is False:
        raise NotRepresentable("UNION ALL")
    fields = tuple(one for one in left.show if isinstance(one, Field))
    simple = not (left.group or left.limit or left.combined or left.order)
    if simple and len(fields) == len(left.show):
        condition = connected(fields, right, catalog)
        # A set operation drops repeats; where each row is told apart and nothing multiplies it, there are none.
        alone = not left.also and all(set(rows_of_condition(one)) <= {fields[0].rows} for one in _all(left.where))
        distinct = not (_names(fields, catalog) and alone)
        if condition is not None and operator is SetOperator.EXCEPT:
            return replace(left, where=_and(left, negated(condition)), distinct=distinct)
        if condition is not None and operator is SetOperator.INTERSECT:
            where = both([*_separate(left, catalog), *_apart(condition)])
            return replace(left, where=where, also=(), distinct=not _names(fields, catalog))
        mine = connected(fields, left, catalog) if operator is SetOperator.UNION else None
        if condition is not None and mine is not None and left.show == right.show:
            return replace(left, where=either([mine, condition]), also=(), distinct=False)
    return replace(left, combined=(operator, right))


def _and(query: Query, condition: Condition) -> Condition | None:
    return both([*([query.where] if query.where else []), condition])


def _separate(query: Query, catalog: Catalog) -> list[Condition]:
    """The query's own conditions, those on rows below as one Exists: the other side is about other rows."""
    fields = tuple(one for one in query.show if isinstance(one, Field))
    made = connected(fields, replace(query, distinct=False), catalog)
    if made is None:
        made = _and(query, Exists(query.also[0])) if query.also else query.where
    return _apart(made) if made else []


def _apart(condition: Condition) -> list[Condition]:
    return list(condition.conditions) if isinstance(condition, Both) else [condition]


def _names(fields: tuple[Field, ...], catalog: Catalog) -> bool:
    """Whether the columns tell the rows of one table apart, as a key or a name does."""
    tables = {one.rows for one in fields}
    if len(tables) != 1:
        return False
    table = catalog.by_key[fields[0].key.table]
    names = {one.key.name for one in fields}
    if set(table.primary_key) <= names and table.primary_key:
        return True
    return any(
        c.name in names and table.row_count and table.row_count > 2 and (c.distinct_count or 0) >= table.row_count
        for c in table.columns
    )


def _role(number: int, catalog: Catalog) -> int | None:
    one = catalog.relationships[number]
    same = [r for r in catalog.relationships if (r.table, r.target) == (one.table, one.target)]
    return number if len(same) > 1 or one.table == one.target else None


def _all(condition: Condition | None) -> tuple[Condition, ...]:
    if condition is None:
        return ()
    return condition.conditions if isinstance(condition, Both) else (condition,)


def _aggregated(condition: Condition) -> bool:
    return isinstance(condition, Compare) and isinstance(condition.left, Aggregate)
