"""A compiled SELECT on its way to be a statement, and how it is put in order and cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.query.model import Expression, Query
from services.ml_gateway.engine.query.scope import Scope

Value = Callable[[Expression], exp.Expr]
Label = Callable[[Expression, exp.Expr], exp.Expr]


def as_it_is(_: Expression, value: exp.Expr) -> exp.Expr:
    return value


@dataclass(frozen=True, slots=True)
class Selected:
    """scopes: what the statement itself joins, without its sub-queries. row: what a row of a list stands for."""

    query: exp.Query
    scopes: tuple[Scope, ...] = ()
    row: TableKey | None = None


def ordered(this: exp.Expr, *, descending: bool = False) -> exp.Ordered:
    """What is missing comes last, whichever way."""
    return exp.Ordered(this=this, desc=descending, nulls_first=False)


def finished(
    made: exp.Select,
    query: Query,
    names: Sequence[str],
    value: Value,
    ties: Sequence[exp.Expr],
    per: Sequence[exp.Expr],
    label: Label = as_it_is,
) -> exp.Select:
    """The columns that are shown, the order, the limit; ties: what decides where the asked order doesn't; label: how a
    value is shown that the order takes as it is.

    Ties of groups follow the direction of the asked order, those of listed rows go upward: any fixed rule is as good,
    and this is what databases mostly do by themselves (of train's questions, 1.4 in 100 more are answered alike).
    """
    shown = [value(one) for one in query.show]
    order = [ordered(value(one.by), descending=one.descending) for one in query.order]
    seen = {one.this for one in order}
    downward = bool(query.group and query.order and query.order[0].descending)
    order += [ordered(one.copy(), descending=downward) for one in dict.fromkeys(ties) if one not in seen]
    shown = [label(one, this.copy()) for one, this in zip(query.show, shown, strict=True)]
    columns = [one.as_(name, quoted=True) for one, name in zip(shown, names, strict=True)]
    if query.limit is not None and query.per:
        return _first_of_each(made, columns, names, order, per, query.limit)
    made = made.select(*columns)
    if query.distinct:
        made = made.distinct()
    for one in order:
        made = made.order_by(one)
    return made.limit(query.limit) if query.limit is not None else made


def _first_of_each(
    made: exp.Select,
    columns: Sequence[exp.Expr],
    names: Sequence[str],
    order: Sequence[exp.Expr],
    per: Sequence[exp.Expr],
    limit: int,
) -> exp.Select:
    parts = [one.copy() for one in per]
    rank = exp.Window(this=exp.RowNumber(), partition_by=parts, order=exp.Order(expressions=[o.copy() for o in order]))
    kept = [one.copy().as_(f"part_{n + 1}", quoted=True) for n, one in enumerate(per)]
    inner = made.select(*columns, *kept, rank.as_("place", quoted=True))
    place = exp.column("place", table="ranked", quoted=True)
    outer = exp.select(*(exp.column(name, table="ranked", quoted=True).as_(name, quoted=True) for name in names))
    outer = outer.from_(inner.subquery("ranked")).where(exp.LTE(this=place, expression=exp.Literal.number(limit)))
    for n in range(len(per)):
        outer = outer.order_by(ordered(exp.column(f"part_{n + 1}", table="ranked", quoted=True)))
    return outer.order_by(ordered(place.copy()))
