"""Numbers over the groups of a query: shares, running totals, changes. Each level of them is one SELECT around the one
before, so that a condition on groups, which comes after, takes nothing away from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlglot import exp

from services.ml_gateway.engine.dialects import divided
from services.ml_gateway.engine.problems import unsupported
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    ArithmeticOperator,
    Change,
    Expression,
    Function,
    Query,
    Running,
    Share,
    Windowed,
)
from services.ml_gateway.engine.query.moments import ordinal, steps_back
from services.ml_gateway.engine.query.over import Over
from services.ml_gateway.engine.query.parts import compared_with, plain
from services.ml_gateway.engine.query.rows import leaves, parts_within
from services.ml_gateway.engine.query.scope import Setting
from services.ml_gateway.engine.query.values import number

_NEVER = -9_000_000_000  # where a date is missing: near no other


def windows_of(query: Query) -> tuple[tuple[Windowed, ...], ...]:
    """What is worked out over groups, in levels: each needs only those of the levels before."""
    expressions = [*query.show, *(one.by for one in query.order), *compared_with(query.having)]
    found = [part for one in expressions for part in parts_within(one) if isinstance(part, Share | Running | Change)]
    levels: dict[int, dict[Windowed, None]] = {}
    for one in found:
        levels.setdefault(_depth(one), {})[one] = None
    return tuple(tuple(levels[depth]) for depth in sorted(levels))


def _depth(one: Windowed) -> int:
    inner = [part for part in parts_within(one.of) if isinstance(part, Share | Running | Change)]
    return 1 + max((_depth(part) for part in inner), default=0)


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


def layered(
    made: exp.Select, over: Over, levels: Sequence[Sequence[Windowed]], setting: Setting
) -> tuple[exp.Select, Over]:
    """Shares and their like are of all groups, also of those that a condition drops later."""
    for depth, level in enumerate(levels):
        made, over = _named(made, over, f"groups_{depth + 1}", setting)
        over.known = {**over.known, **{one: _window(one, over, setting) for one in level}}
    return _named(made, over, "groups_of", setting)


def _named(made: exp.Select, over: Over, table: str, setting: Setting) -> tuple[exp.Select, Over]:
    """A SELECT around `made`, with all that `over` has as columns."""
    columns: dict[str, exp.Expr] = {}

    def column(name: str, value: exp.Expr) -> exp.Expr:
        columns[name] = value
        return exp.column(name, table=table, quoted=True)

    outer = Over(
        {one: column(f"key_{n + 1}", value) for n, (one, value) in enumerate(over.keys.items())},
        {one: column(f"measure_{n + 1}", value) for n, (one, value) in enumerate(over.measures.items())},
        setting,
        {one: column(f"window_{n + 1}", value) for n, (one, value) in enumerate(over.known.items())},
        stitched=over.stitched,
    )
    inner = made.select(*(value.copy().as_(name, quoted=True) for name, value in columns.items()))
    return exp.select().from_(inner.subquery(table)), outer


def _window(one: Windowed, over: Over, setting: Setting) -> exp.Expr:
    value = over.value(one.of)
    if isinstance(one, Share):
        within = [over.value(key) for key in one.per]
        return divided(value, exp.Window(this=exp.Sum(this=value.copy()), partition_by=within), setting.dialect)
    others = [this.copy() for key, this in over.keys.items() if key != one.along]
    along = over.value(one.along)
    if isinstance(one, Running):
        _must_add_up(one)
        order = exp.Order(expressions=[exp.Ordered(this=along, nulls_first=False)])
        return exp.Window(this=exp.Sum(this=value), partition_by=others, order=order)
    before = _before(value, one, along, others, setting)
    difference = exp.Paren(this=exp.Sub(this=value.copy(), expression=before))
    return divided(difference, before.copy(), setting.dialect) if one.relative else difference


def _before(value: exp.Expr, one: Change, along: exp.Expr, others: list[exp.Expr], setting: Setting) -> exp.Expr:
    """The value of the one group whose number on the calendar is just so much less; dates that no group has count."""
    place = exp.Coalesce(this=ordinal(along, one.along, setting.dialect), expressions=[number(_NEVER)])
    steps = number(steps_back(one.along, one.since) * one.back)
    spec = exp.WindowSpec(
        kind="RANGE", start=steps, start_side="PRECEDING", end=steps.copy(), end_side="PRECEDING"
    )  # fmt: skip
    order = exp.Order(expressions=[exp.Ordered(this=place, nulls_first=True)])
    return exp.Window(this=exp.Max(this=value.copy()), partition_by=others, order=order, spec=spec)


def _must_add_up(one: Running) -> None:
    for leaf in leaves(one.of):
        if isinstance(leaf, Aggregate) and (leaf.distinct or leaf.function not in (Function.COUNT, Function.SUM)):
            raise unsupported("a running total of what doesn't add up")
    if any(isinstance(part, Arithmetic) and part.operator is ArithmeticOperator.DIVIDED_BY
           for part in parts_within(one.of)):  # fmt: skip
        raise unsupported("a running total of what doesn't add up")
