"""Whether connected rows exist, and how many: sub-queries that keys tie to the row outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from services.ml_gateway.engine.dialects import within
from services.ml_gateway.engine.naming import words
from services.ml_gateway.engine.problems import no_such_data, unsupported
from services.ml_gateway.engine.query.calls import aggregate_call, with_query
from services.ml_gateway.engine.query.joining import connect, way_from
from services.ml_gateway.engine.query.matching import compared
from services.ml_gateway.engine.query.model import Aggregate, Compare, Exists, Function, Query, Rows
from services.ml_gateway.engine.query.rows import conjuncts, distinct, rows_of, rows_of_condition
from services.ml_gateway.engine.query.scope import Scope
from services.ml_gateway.engine.query.values import row_value
from services.ml_gateway.engine.reading import Hop, Operator, Place

if TYPE_CHECKING:
    from services.ml_gateway.engine.query.conditions import Conditions

_ONCE = (Function.MIN, Function.MAX)  # the same however often a row is met


def exists(condition: Exists, outer: Conditions) -> exp.Expr:
    """Where a number of zero rows would do too, there must not be as many as wouldn't."""
    if condition.having is not None and _holds_for_none(condition.having):
        unwanted = Exists(condition.rows, condition.where, _opposite(condition.having))
        return exp.Not(this=exists(unwanted, outer))
    scope = outer.scope
    anchors = scope.anchors or (scope.root,)
    path = _way(condition.rows, anchors, scope)
    # Up from the anchor rows are joined; EXISTS begins where they may be several, or at the last hop.
    start = max((len(one.path) for one in anchors if path[: len(one.path)] == one.path), default=0)
    if start >= len(path):  # the row that is joined itself
        raise no_such_data(f"Nothing connects {words(condition.rows.table.name)} with others of their kind.")
    while start < len(path) - 1 and not scope.schema.keys.fans(path[start]):
        start += 1
    return _connected(condition, path[:start], path[start], path[start + 1 :], outer)


def within_exists(
    scope: Scope, root: Place, places: dict[Rows, Place], joined: frozenset[tuple[Hop, ...]] | None = None
) -> Scope:
    """The scope inside of EXISTS. Unless it is said what is joined, all is: it matters only that there is a row."""
    if joined is None:
        joined = frozenset(place.path[:n] for place in places.values() for n in range(1, len(place.path) + 1))
    return Scope(scope.setting, root, places, joined, prefix=f"{scope.prefix}matching_", outer=scope)


def _way(rows: Rows, anchors: Sequence[Place], scope: Scope) -> tuple[Hop, ...]:
    """Rows of an anchor's own table are others than the anchor's: those that its key to itself connects."""
    keys = scope.schema.keys
    same = next((one for one in anchors if one.table == rows.table), None)
    own = [n for n, r in enumerate(keys.catalog.relationships) if r.table == r.target == rows.table]
    if same is not None and own and rows.role in (None, *own):
        return (*same.path, Hop(own[0] if rows.role is None else rows.role, upward=False))
    return way_from(anchors, rows, keys).path


def _connected(
    condition: Exists, near_path: tuple[Hop, ...], step: Hop, rest: tuple[Hop, ...], outer: Conditions
) -> exp.Expr:
    scope, keys = outer.scope, outer.scope.schema.keys
    root = Place(keys.target(step))
    of = condition.rows if rest else replace(condition.rows, role=None)
    start = Rows(root.table) if rest else of
    named = [rows for part in conjuncts(condition.where) for rows in rows_of_condition(part)]
    named += list(rows_of(condition.having.left)) if condition.having else []
    tree = connect(start, distinct([of, *(rows for rows in named if rows != condition.rows)]), keys)
    places = {**tree.places, start: root, of: Place(of.table, rest), condition.rows: Place(of.table, rest)}
    joined = frozenset(rest[:n] for n in range(1, len(rest) + 1)) if condition.having else None
    inside = replace(outer, scope=within_exists(scope, root, places, joined))
    where = inside.where(condition.where)
    inside.scope.reach(rest)
    near_at, far_at = keys.columns(step)
    near: list[exp.Expr] = [scope.named(scope.place_at(near_path), name, sure=False) for name in near_at]
    far: list[exp.Expr] = [inside.scope.named(root, name) for name in far_at]
    having = _having(condition.having, places[of], inside) if condition.having else None
    query = inside.scope.from_(exp.select())
    query = query.where(*where) if where else query
    if having is not None:
        query = query.group_by(*(column.copy() for column in far)).having(having)
    return within(near, far, query, scope.setting.dialect)


def _having(condition: Compare, at: Place, inside: Conditions) -> exp.Expr:
    """A condition on a number over the rows that exist, each counted once though several ways may lead to it."""
    left, scope = condition.left, inside.scope
    if not isinstance(left, Aggregate) or left.where is not None:
        raise unsupported("such a number of connected rows")
    if isinstance(left.of, Rows):
        key = scope.schema.keys.key(at.table)
        if left.of.table != at.table or (at.path and len(key) != 1):
            raise unsupported("such a number of connected rows")
        distinct_key = exp.Distinct(expressions=[scope.named(at, key[0])]) if at.path else exp.Star()
        this: exp.Expr = exp.Count(this=distinct_key)
    else:
        if any(hop.upward for hop in at.path) and left.function not in _ONCE and not left.distinct:
            raise unsupported("a sum over rows that are connected several times")
        this = aggregate_call(left, row_value(left.of, scope), scope.setting.dialect)
    if isinstance(condition.right, Query):
        return with_query(this, condition.operator, condition.right, scope.setting, inside.select)
    if not isinstance(condition.right, tuple):
        raise unsupported("comparing two numbers of connected rows")
    return compared(this, condition.operator, condition.right, None, scope.setting)


def _holds_for_none(having: Compare) -> bool:
    """Whether a count of zero meets the condition."""
    if not (isinstance(having.left, Aggregate) and having.left.function is Function.COUNT):
        return False
    if not isinstance(having.right, tuple) or not having.right:
        return False
    bound = having.right[0]
    if not isinstance(bound, int | float):
        return False
    return {
        Operator.EQUAL: bound == 0, Operator.LESS: bound > 0, Operator.AT_MOST: bound >= 0,
        Operator.NOT_EQUAL: bound != 0, Operator.BETWEEN: bound <= 0, Operator.AT_LEAST: bound <= 0,
        Operator.GREATER: bound < 0,
    }.get(having.operator, False)  # fmt: skip


def _opposite(having: Compare) -> Compare:
    opposites = {
        Operator.EQUAL: Operator.NOT_EQUAL, Operator.LESS: Operator.AT_LEAST, Operator.AT_MOST: Operator.GREATER,
        Operator.NOT_EQUAL: Operator.EQUAL, Operator.AT_LEAST: Operator.LESS, Operator.GREATER: Operator.AT_MOST,
    }  # fmt: skip
    if having.operator is Operator.BETWEEN and isinstance(having.right, tuple):
        return replace(having, operator=Operator.GREATER, right=(having.right[1],))
    return replace(having, operator=opposites[having.operator])
