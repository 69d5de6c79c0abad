"""Numbers over a number of each entity: a query over a grouped query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from sqlglot import exp

from services.ml_gateway.engine.problems import unsupported
from services.ml_gateway.engine.query.aggregating import Grouped
from services.ml_gateway.engine.query.joining import connect, fan_outs
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    Both,
    Bucket,
    Condition,
    Each,
    Exists,
    Expression,
    Field,
    Function,
    Query,
    Rows,
)
from services.ml_gateway.engine.query.parts import Key
from services.ml_gateway.engine.query.ranking import over_rows
from services.ml_gateway.engine.query.rows import conjuncts, rows_of, rows_of_condition
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.query.scope import Setting, named_column
from services.ml_gateway.engine.query.selected import Selected
from services.ml_gateway.engine.query.values import number

Select = Callable[[Query, Setting], Selected]


def alike(numbers: Iterable[Aggregate]) -> list[list[Aggregate]]:
    """Those that are over the same entities, together."""
    found: dict[object, list[Aggregate]] = {}
    for one in numbers:
        assert isinstance(one.of, Each)
        found.setdefault((one.of.by, one.of.with_none, one.where), []).append(one)
    return list(found.values())


def over_each(
    numbers: Sequence[Aggregate], query: Query, keys: Sequence[Key], setting: Setting, select: Select
) -> Grouped:
    """numbers are over the same entities; select gives a query's rows, with columns value_1, value_2, …"""
    each = _each(numbers[0])
    values = tuple(dict.fromkeys(_each(one).of for one in numbers))
    own = numbers[0].where
    where = query.where if own is None else Both((*conjuncts(query.where), *conjuncts(own)))
    inner = Query((*keys, *values), query.subject, query.also, where, group=(*keys, *each.by))
    made = select(_with_none(inner, each, keys, setting.schema) if each.with_none else inner, setting)
    names = {key: f"value_{n + 1}" for n, key in enumerate(keys)}
    places = {of: f"value_{len(keys) + n + 1}" for n, of in enumerate(values)}
    source = _zeros(made.query, [places[of] for of in values if _adds_up(of)]) if each.with_none else made.query
    assert isinstance(source, exp.Select)
    over = over_rows(source, names, {one: places[_each(one).of] for one in numbers}, setting.dialect)
    return Grouped(*over, made.scopes)


def _each(one: Aggregate) -> Each:
    assert isinstance(one.of, Each)
    return one.of


def _with_none(inner: Query, each: Each, keys: Sequence[Key], schema: Schema) -> Query:
    """Counted beside the numbers, every entity has a group. What is asked of rows below narrows the numbers alone."""
    if len(each.by) != 1 or not isinstance(each.by[0], Rows):
        raise unsupported("those that have none, of what isn't one table's rows")
    entity = each.by[0]
    if any(not _hangs_on(entity, tuple(rows_of(key)), schema) for key in keys):
        raise unsupported("those that have none, by what only the others have")
    of_entity: list[Condition] = []
    of_rows: list[Condition] = []
    for one in conjuncts(inner.where):
        is_own = not isinstance(one, Exists) and _hangs_on(entity, tuple(rows_of_condition(one)), schema)
        (of_entity if is_own else of_rows).append(one)
    show = (*(_narrowed(one, of_rows) for one in inner.show), Aggregate(Function.COUNT, entity))
    return replace(inner, show=show, where=Both(tuple(of_entity)) if of_entity else None)


def _hangs_on(entity: Rows, others: Sequence[Rows], schema: Schema) -> bool:
    return fan_outs(connect(entity, others, schema.keys), schema.keys) == 0


def _narrowed(one: Expression, conditions: Sequence[Condition]) -> Expression:
    if not conditions:
        return one
    match one:
        case Aggregate():
            return replace(one, where=Both((*conjuncts(one.where), *conditions)))
        case Arithmetic():
            return replace(one, left=_narrowed(one.left, conditions), right=_narrowed(one.right, conditions))
        case Field() | Bucket():
            return one
        case _:
            raise unsupported("a metric of those that have none, under a condition")


def _adds_up(one: Expression) -> bool:
    return isinstance(one, Aggregate) and one.function in (Function.COUNT, Function.SUM)


def _zeros(made: exp.Query, names: Sequence[str]) -> exp.Select:
    """A sum of nothing as zero."""
    shown = []
    for column in made.selects:
        value: exp.Expr = named_column("each_of", column.alias)
        value = exp.Coalesce(this=value, expressions=[number(0)]) if column.alias in names else value
        shown.append(value.as_(column.alias, quoted=True))
    return exp.select(*shown).from_(made.subquery("each_of"))
