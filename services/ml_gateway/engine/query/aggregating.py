"""Numbers over the rows of one table, grouped. However many rows are joined, each of the table's rows counts once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from services.ml_gateway.engine.problems import unsafe
from services.ml_gateway.engine.query import metrics
from services.ml_gateway.engine.query.calls import Select, aggregate_call, is_ranked
from services.ml_gateway.engine.query.conditions import Conditions
from services.ml_gateway.engine.query.joining import connect
from services.ml_gateway.engine.query.model import Aggregate, Function, MetricValue, Query, Rows
from services.ml_gateway.engine.query.parts import Key, Measure, Part
from services.ml_gateway.engine.query.ranking import over_rows
from services.ml_gateway.engine.query.rows import conjuncts, distinct, rows_of, rows_of_condition
from services.ml_gateway.engine.query.scope import Scope, Setting
from services.ml_gateway.engine.query.standing_in import condition_for_rows, for_rows
from services.ml_gateway.engine.query.values import column_value, number, row_value
from services.ml_gateway.engine.reading import Place


@dataclass(frozen=True, slots=True)
class Grouped:
    """A SELECT without columns and groups yet, and what they are over it. scopes: what it joins."""

    query: exp.Select
    keys: dict[Key, exp.Expr]
    measures: dict[Measure, exp.Expr]
    scopes: tuple[Scope, ...]


def grouped(part: Part, query: Query, keys: Sequence[Key], setting: Setting, select: Select) -> Grouped:
    """Raises Unreadable where rows that multiply have no key to be told apart by."""
    query = replace(query, where=condition_for_rows(query.where, part.home, setting.schema.keys))
    own = {key: for_rows(key, part.home, setting.schema.keys) for key in keys}
    scope = _scope(part, query, tuple(own.values()), setting)
    by = {key: column_value(own[key], scope) for key in keys}
    conditions = Conditions(scope, select)
    where = [*conditions.where(query.where, query.also), *conditions.where(part.where)]
    for one in part.measures:
        if isinstance(one, MetricValue):
            where += metrics.metric_conditions(one, scope)
    fanned = any(setting.schema.keys.fans(hop) for path in scope.joined for hop in path)
    if (fanned and not all(_indifferent(one, scope) for one in part.measures)) or any(
        isinstance(one, Aggregate) and is_ranked(one, setting.dialect) for one in part.measures
    ):
        return _prepared(part, by, where, fanned, conditions)
    measures = {one: _measure(one, part, fanned, conditions) for one in part.measures}
    made = scope.from_(exp.select())
    where = list(dict.fromkeys(where))
    return Grouped(made.where(*where) if where else made, by, measures, (scope,))


def _scope(part: Part, query: Query, keys: Sequence[Key], setting: Setting) -> Scope:
    grouping = [rows for key in keys for rows in rows_of(key)]
    conditions = [*conjuncts(query.where), *conjuncts(part.where)]
    conditions += [one.where for one in part.measures if isinstance(one, Aggregate) and one.where]
    asked = [rows for one in conditions for rows in rows_of_condition(one)]
    inside = [rows for one in part.measures if isinstance(one, Aggregate) for rows in rows_of(one.of)]
    tree = connect(part.home, distinct([*inside, *grouping, *query.also, *asked]), setting.schema.keys)
    paths = [tree.places[rows].path for rows in (*inside, *grouping)]
    joined = frozenset(path[:length] for path in paths for length in range(1, len(path) + 1))
    return Scope(setting, Place(part.home.table), tree.places, joined, ambiguities=tree.ambiguities)


def _indifferent(one: Measure, scope: Scope) -> bool:
    """Whether the number is the same however often a row is met."""
    if isinstance(one, MetricValue):
        return False
    if one.function in (Function.MIN, Function.MAX) or one.distinct:
        return True
    return isinstance(one.of, Rows) and len(scope.schema.keys.key(scope.root.table)) == 1


def _measure(one: Measure, part: Part, fanned: bool, conditions: Conditions) -> exp.Expr:
    scope = conditions.scope
    if isinstance(one, MetricValue):
        return metrics.metric_expression(one, scope)
    narrowed = _narrowing(one, part, conditions)
    if isinstance(one.of, Rows):
        if fanned:
            key: exp.Expr = scope.named(scope.root, scope.schema.keys.key(scope.root.table)[0])
            return exp.Count(this=exp.Distinct(expressions=[_case(narrowed, key)]))
        return exp.Count(this=_case(narrowed, number(1)) if narrowed else exp.Star())
    return aggregate_call(one, _case(narrowed, row_value(one.of, scope)), scope.setting.dialect)


def _narrowing(one: Aggregate, part: Part, conditions: Conditions) -> list[exp.Expr]:
    """The number's own condition, unless the whole part has it."""
    if one.where is None or one.where == part.where:
        return []
    return [conditions.one(part, sure=False) for part in conjuncts(one.where)]


def _case(conditions: Sequence[exp.Expr], value: exp.Expr) -> exp.Expr:
    return exp.Case().when(exp.and_(*conditions), value) if conditions else value


def _prepared(
    part: Part, by: dict[Key, exp.Expr], where: list[exp.Expr], fanned: bool, conditions: Conditions
) -> Grouped:
    """One row of a sub-query for each row of the table in each group; the numbers are over those."""
    scope = conditions.scope
    own = scope.schema.keys.key(scope.root.table)
    if fanned and not own:
        raise unsafe("Rows that nothing tells apart can't be counted once each.")
    if any(isinstance(one, MetricValue) for one in part.measures):
        raise unsafe("This metric can't be computed by what its rows have several of.")
    columns: dict[str, exp.Expr] = {f"key_{n + 1}": value for n, value in enumerate(by.values())}
    if fanned:
        columns |= {f"row_{n + 1}": scope.named(scope.root, name) for n, name in enumerate(own)}
    values: dict[Aggregate, str] = {}
    for n, one in enumerate(part.measures):
        assert isinstance(one, Aggregate)
        value = number(1) if isinstance(one.of, Rows) else row_value(one.of, scope)
        values[one] = f"value_{n + 1}"
        columns[values[one]] = _case(_narrowing(one, part, conditions), value)
    inner = exp.select(*(value.as_(name, quoted=True) for name, value in columns.items()))
    inner = scope.from_(inner)
    inner = inner.where(*dict.fromkeys(where)) if where else inner
    inner = inner.distinct() if fanned else inner
    keys = {key: f"key_{n + 1}" for n, key in enumerate(by)}
    return Grouped(*over_rows(inner, keys, values, scope.setting.dialect), (scope,))
