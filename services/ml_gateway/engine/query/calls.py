"""Functions over many rows, and values that a query of its own gives."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from services.ml_gateway.engine.problems import unsupported
from services.ml_gateway.engine.query.matching import COMPARISONS
from services.ml_gateway.engine.query.model import Aggregate, Function, Query
from services.ml_gateway.engine.query.scope import Setting
from services.ml_gateway.engine.query.values import number
from services.ml_gateway.engine.reading import Operator

_PERCENTILES = frozenset({"postgres", "duckdb"})  # databases that know a median and its like

# A query that stands for a value, as a statement.
Select = Callable[[Query, Setting], exp.Query]
_CALLS: dict[Function, type[exp.AggFunc]] = {
    Function.SUM: exp.Sum, Function.AVG: exp.Avg, Function.MIN: exp.Min, Function.MAX: exp.Max,
    Function.COUNT: exp.Count,
}  # fmt: skip


def aggregate_call(one: Aggregate, value: exp.Expr, dialect: str) -> exp.Expr:
    if one.function in (Function.MEDIAN, Function.PERCENTILE):
        return _percentile(one, value, dialect)
    inner = exp.Distinct(expressions=[value]) if one.distinct else value
    return _CALLS[one.function](this=inner)


def is_ranked(one: Aggregate, dialect: str) -> bool:
    """Whether it takes the ranks of all values: see ranking."""
    return one.function in (Function.MEDIAN, Function.PERCENTILE) and dialect not in _PERCENTILES


def fraction_of(one: Aggregate) -> float:
    return 0.5 if one.function is Function.MEDIAN else one.fraction


def _percentile(one: Aggregate, value: exp.Expr, dialect: str) -> exp.Expr:
    """Between the two values that are nearest, by how near."""
    if is_ranked(one, dialect):
        raise unsupported("a median within another number")
    ordered = exp.Order(expressions=[exp.Ordered(this=value)])
    return exp.WithinGroup(this=exp.PercentileCont(this=number(fraction_of(one))), expression=ordered)


def with_query(left: exp.Expr, operator: Operator, query: Query, setting: Setting, select: Select) -> exp.Expr:
    """One value is compared; several are a list to be in or not."""
    made = select(query, setting)
    single = query.limit == 1 or (
        not query.group and not query.combined and all(isinstance(one, Aggregate) for one in query.show)
    )
    if single or operator not in (Operator.EQUAL, Operator.NOT_EQUAL):
        return COMPARISONS[operator](this=left, expression=exp.Subquery(this=made))
    if operator is Operator.NOT_EQUAL:  # with a missing value among them, nothing would be in none of them
        value = exp.column(made.selects[0].alias, table="among", quoted=True)
        present = exp.Not(this=exp.Is(this=value.copy(), expression=exp.Null()))
        made = exp.select(value).from_(made.subquery("among")).where(present)
    elif query.limit is not None:  # MySQL takes no LIMIT right inside of IN
        made = exp.select(exp.Star()).from_(made.subquery("among"))
    among = exp.In(this=left, query=exp.Subquery(this=made))
    return exp.Not(this=among) if operator is Operator.NOT_EQUAL else among
