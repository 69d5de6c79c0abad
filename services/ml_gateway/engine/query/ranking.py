"""Numbers over the rows of a sub-query; medians and percentiles by ranks, where a database has none."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from services.ml_gateway.engine.query.calls import aggregate_call, fraction_of, is_ranked
from services.ml_gateway.engine.query.model import Aggregate
from services.ml_gateway.engine.query.parts import Key, Measure
from services.ml_gateway.engine.query.scope import named_column
from services.ml_gateway.engine.query.values import number


def over_rows(
    inner: exp.Select, keys: Mapping[Key, str], values: Mapping[Aggregate, str], dialect: str
) -> tuple[exp.Select, dict[Key, exp.Expr], dict[Measure, exp.Expr]]:
    """A SELECT without columns and groups yet around `inner`, what the keys are in it, and the numbers over the values;
    keys and values are given by the names of inner's columns. What is counted is the values that aren't missing.
    """
    ranked = {one: name for one, name in values.items() if is_ranked(one, dialect)}
    source = _with_ranks(inner, list(keys.values()), list(ranked.values())) if ranked else inner
    measures: dict[Measure, exp.Expr] = {}
    for one, name in values.items():
        value = named_column("rows_once", name)
        measures[one] = _interpolated(one, name) if one in ranked else aggregate_call(one, value, dialect)
    by: dict[Key, exp.Expr] = {key: named_column("rows_once", name) for key, name in keys.items()}
    return exp.select().from_(source.subquery("rows_once")), by, measures


def _with_ranks(inner: exp.Select, keys: list[str], values: list[str]) -> exp.Select:
    """Each value's rank within its group, and how many there are."""
    shown = [named_column("values_of", one.alias).as_(one.alias, quoted=True) for one in inner.selects]
    for value in values:
        partition = [named_column("values_of", name) for name in keys]
        order = exp.Order(expressions=[exp.Ordered(this=named_column("values_of", value), nulls_first=False)])
        rank = exp.Window(this=exp.RowNumber(), partition_by=partition, order=order)
        many = exp.Window(
            this=exp.Count(this=named_column("values_of", value)), partition_by=[p.copy() for p in partition]
        )
        shown += [rank.as_(f"{value}_rank", quoted=True), many.as_(f"{value}_count", quoted=True)]
    return exp.select(*shown).from_(inner.subquery("values_of"))


def _interpolated(one: Aggregate, value: str) -> exp.Expr:
    """The sum of the one or two values nearest to where the percentile is, each by how near its rank comes."""
    last = exp.Paren(this=exp.Sub(this=named_column("rows_once", f"{value}_count"), expression=number(1)))
    place = exp.Mul(this=last, expression=number(fraction_of(one)))
    rank = exp.Sub(this=named_column("rows_once", f"{value}_rank"), expression=number(1))
    away = exp.Abs(this=exp.Sub(this=rank, expression=place))
    weight = exp.Paren(this=exp.Sub(this=number(1.0), expression=away.copy()))
    weighted = exp.Mul(this=exp.cast(named_column("rows_once", value), exp.DataType.Type.DOUBLE), expression=weight)
    return exp.Sum(this=exp.Case().when(exp.LT(this=away, expression=number(1)), weighted))
