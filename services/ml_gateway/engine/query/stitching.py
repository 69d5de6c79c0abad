"""Expressions over grouped rows; numbers of several tables brought together; shares of all groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlglot import exp

from services.ml_gateway.engine.problems import unsupported
from services.ml_gateway.engine.query.aggregating import Grouped, Key
from services.ml_gateway.engine.query.calls import Select, with_query
from services.ml_gateway.engine.query.matching import COMPARISONS, compared
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    ArithmeticOperator,
    Both,
    Bucket,
    Compare,
    Condition,
    Either,
    Expression,
    Field,
    Function,
    Not,
    Query,
    Share,
)
from services.ml_gateway.engine.query.parts import Measure, plain
from services.ml_gateway.engine.query.rows import Leaf
from services.ml_gateway.engine.query.scope import Setting
from services.ml_gateway.engine.query.values import number, rendered


class Over:
    """Expressions over the rows of a grouped SELECT."""

    def __init__(self, keys: dict[Key, exp.Expr], measures: dict[Measure, exp.Expr], setting: Setting) -> None:
        self.keys = keys
        self.measures = measures
        self.shares: dict[Expression, exp.Expr] = {}
        self._setting = setting

    def value(self, one: Expression) -> exp.Expr:
        return rendered(one, self._leaf, self._setting.dialect, self.shares)

    def _leaf(self, leaf: Leaf) -> exp.Expr:
        found = self.keys.get(leaf) if isinstance(leaf, Field | Bucket) else self.measures.get(leaf)
        assert found is not None, leaf
        return found.copy()

    def condition(self, condition: Condition, select: Select) -> exp.Expr:
        match condition:
            case Both():
                return exp.Paren(this=exp.and_(*(self.condition(one, select) for one in condition.conditions)))
            case Either():
                return exp.Paren(this=exp.or_(*(self.condition(one, select) for one in condition.conditions)))
            case Not():
                return exp.Not(this=exp.Paren(this=self.condition(condition.condition, select)))
            case Compare():
                return self._compare(condition, select)
        raise unsupported("such a condition on groups")

    def _compare(self, condition: Compare, select: Select) -> exp.Expr:
        left = self.value(condition.left)
        if isinstance(condition.right, Query):
            return with_query(left, condition.operator, condition.right, self._setting, select)
        if not isinstance(condition.right, tuple):
            return COMPARISONS[condition.operator](this=left, expression=self.value(condition.right))
        known = None
        if isinstance(condition.left, Field):
            known = self._setting.schema.catalog.columns[condition.left.key]
        return compared(left, condition.operator, condition.right, known, self._setting)


def shares_of(query: Query) -> tuple[Share, ...]:
    found: list[Share] = []
    for one in (*query.show, *(ordering.by for ordering in query.order)):
        found += [part for part in _walked(one) if isinstance(part, Share)]
    if query.having is not None:
        found += _having_shares(query.having)
    return tuple(dict.fromkeys(found))


def _walked(one: Expression) -> list[Expression]:
    inner = [one.left, one.right] if isinstance(one, Arithmetic) else []
    return [one, *(deeper for part in inner for deeper in _walked(part))]


def _having_shares(condition: Condition) -> list[Share]:
    match condition:
        case Compare():
            return [one for one in _walked(condition.left) if isinstance(one, Share)]
        case Both() | Either():
            return [one for part in condition.conditions for one in _having_shares(part)]
        case Not():
            return _having_shares(condition.condition)
        case _:
            return []


def shares_of_all(query: Query) -> Query:
    """Without groups, the share of a narrowed number is that of all the rows."""
    if query.group or plain(query):
        return query

    def written_out(one: Expression) -> Expression:
        if isinstance(one, Share) and isinstance(one.of, Aggregate):
            return Arithmetic(ArithmeticOperator.DIVIDED_BY, one.of, replace(one.of, where=None))
        if isinstance(one, Arithmetic):
            return replace(one, left=written_out(one.left), right=written_out(one.right))
        return one

    return replace(query, show=tuple(written_out(one) for one in query.show))


def stitched(
    built: Sequence[Grouped], keys: Sequence[Key], measures: Sequence[Measure], setting: Setting
) -> tuple[exp.Select, Over]:
    """Each part grouped by itself and put under the others; a second grouping brings equal groups together.

    Parts are never joined, so no row of one can multiply another's, and a group that only one part has is kept.
    """
    names = [f"key_{n + 1}" for n in range(len(keys))]
    branches: list[exp.Query] = []
    for one in built:
        shown = [one.keys[key].copy().as_(name, quoted=True) for key, name in zip(keys, names, strict=True)]
        for n, measure in enumerate(measures):
            value = one.measures[measure].copy() if measure in one.measures else _nothing(setting)
            shown.append(value.as_(f"measure_{n + 1}", quoted=True))
        branch = one.query.select(*shown)
        branches.append(branch.group_by(*(value.copy() for value in one.keys.values())) if keys else branch)
    union: exp.Query = branches[0]
    for other in branches[1:]:
        union = exp.union(union, other, distinct=False)
    by = {key: exp.column(name, table="parts", quoted=True) for key, name in zip(keys, names, strict=True)}
    over = Over({**by}, {one: _brought(n, one) for n, one in enumerate(measures)}, setting)
    made = exp.select().from_(union.subquery("parts"))
    return (made.group_by(*(value.copy() for value in by.values())) if keys else made), over


def _nothing(setting: Setting) -> exp.Expr:
    """In PostgreSQL a bare NULL is a text."""
    return exp.cast(exp.Null(), exp.DataType.Type.DECIMAL) if setting.dialect == "postgres" else exp.Null()


def _brought(position: int, one: Measure) -> exp.Expr:
    """A group that a part lacks has none of its rows: a count of zero, and no sum."""
    found = exp.Max(this=exp.column(f"measure_{position + 1}", table="parts", quoted=True))
    if isinstance(one, Aggregate) and one.function is Function.COUNT:
        return exp.Coalesce(this=found, expressions=[number(0)])
    return found


def layered(made: exp.Select, over: Over, shares: Sequence[Share], setting: Setting) -> tuple[exp.Select, Over]:
    """Shares are of all groups, also of those that a condition drops later."""
    keys = {key: f"key_{n + 1}" for n, key in enumerate(over.keys)}
    measures = {one: f"measure_{n + 1}" for n, one in enumerate(over.measures)}
    inner = made.select(
        *(over.keys[key].copy().as_(name, quoted=True) for key, name in keys.items()),
        *(over.measures[one].copy().as_(name, quoted=True) for one, name in measures.items()),
    )

    def at(table: str) -> Over:
        return Over(
            {key: exp.column(name, table=table, quoted=True) for key, name in keys.items()},
            {one: exp.column(name, table=table, quoted=True) for one, name in measures.items()},
            setting,
        )

    groups = at("groups_of")
    middle = exp.select(
        *(value.copy().as_(value.name, quoted=True) for value in (*groups.keys.values(), *groups.measures.values())),
        *(groups.value(one).as_(f"share_{n + 1}", quoted=True) for n, one in enumerate(shares)),
    ).from_(inner.subquery("groups_of"))
    outer = at("shares_of")
    outer.shares = {one: exp.column(f"share_{n + 1}", table="shares_of", quoted=True) for n, one in enumerate(shares)}
    return exp.select().from_(middle.subquery("shares_of")), outer
