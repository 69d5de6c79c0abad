"""Lists: the columns of rows, one row of the result for each row of the table that the list is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlglot import exp

from services.ml_gateway.engine.query.calls import Select
from services.ml_gateway.engine.query.conditions import Conditions
from services.ml_gateway.engine.query.joining import connect, lowest
from services.ml_gateway.engine.query.model import Expression, Query, Rows
from services.ml_gateway.engine.query.rows import conjuncts, distinct, rows_of, rows_of_condition
from services.ml_gateway.engine.query.scope import Scope, Setting
from services.ml_gateway.engine.query.selected import Selected, Value, finished
from services.ml_gateway.engine.query.values import row_value
from services.ml_gateway.engine.reading import Place


def listed(query: Query, names: Sequence[str], setting: Setting, select: Select) -> Selected:
    scope = _scope(query, setting)

    def value(one: Expression) -> exp.Expr:
        return row_value(one, scope)

    shown = [value(one) for one in query.show]
    order = [value(one.by) for one in query.order]
    where = list(dict.fromkeys(Conditions(scope, select).where(query.where, query.also)))
    per = [column for one in query.per for column in _parts(one, scope)]
    key = [_own(name, scope) for name in setting.schema.keys.key(scope.root.table)]
    regrouped = query.distinct and not set(order) <= set(shown)
    ties = shown if query.distinct or not query.order else [*key, *(() if key else shown)]
    made = scope.from_(exp.select())
    made = made.where(*where) if where else made
    if regrouped:
        return Selected(_distinct_by_others(made, query, names, value), (scope,))
    row = None if query.distinct else scope.root.table
    return Selected(finished(made, query, names, value, ties, per), (scope,), row)


def _scope(query: Query, setting: Setting) -> Scope:
    """What is shown and ordered by is joined row by row; what only conditions name isn't."""
    shown = [rows for one in query.show for rows in rows_of(one)]
    beside = [rows for one in query.order for rows in rows_of(one.by)]
    beside += [rows for one in query.per for rows in rows_of(one)]
    asked = [rows for one in conjuncts(query.where) for rows in rows_of_condition(one)]
    if query.subject is None:
        beside += [*query.also, *asked]
    together = distinct([*shown, *beside])
    root = query.subject or lowest(together, setting.schema.keys)
    tree = connect(root, distinct([*together, *query.also, *asked]), setting.schema.keys)
    paths = [tree.places[rows].path for rows in together]
    joined = frozenset(path[:length] for path in paths for length in range(1, len(path) + 1))
    about = (query.subject,) if query.subject else distinct(shown)
    anchors = tuple(tree.places[rows] for rows in about)
    return Scope(setting, Place(root.table), tree.places, joined, anchors=anchors, ambiguities=tree.ambiguities)


def _own(name: str, scope: Scope) -> exp.Expr:
    """A column of the list's own table; a key that leads to a joined row, as that row's: they are the same."""
    for path in scope.reached:
        starts, ends = scope.schema.keys.columns(path[-1])
        if len(path) == 1 and path[0].upward and scope.is_inner(path) and name in starts:
            return scope.named(scope.place_at(path), ends[starts.index(name)])
    return scope.named(scope.root, name)


def _parts(one: Expression | Rows, scope: Scope) -> list[exp.Expr]:
    if not isinstance(one, Rows):
        return [row_value(one, scope)]
    place = scope.places[one]
    return [scope.named(place, name) for name in scope.schema.keys.key(one.table)]


def _distinct_by_others(made: exp.Select, query: Query, names: Sequence[str], value: Value) -> exp.Select:
    """Different values in an order of what isn't shown: by the first of each in that order."""
    plain = replace(query, distinct=False, order=())
    shown = [value(one) for one in query.show]
    made = finished(made, replace(plain, limit=None), names, value, (), ())
    made = made.group_by(*(one.copy() for one in shown))
    for one in query.order:
        this = value(one.by)
        if this not in shown:
            this = exp.Max(this=this) if one.descending else exp.Min(this=this)
        made = made.order_by(exp.Ordered(this=this, desc=one.descending, nulls_first=False))
    for this in shown:
        made = made.order_by(exp.Ordered(this=this.copy(), desc=False, nulls_first=False))
    return made.limit(query.limit) if query.limit is not None else made
