"""How a column is compared with values: texts, numbers, truths and days, as the column's type wants it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlglot import exp

from services.ml_gateway.engine.dialects import day_start, lowered
from services.ml_gateway.engine.model import Column, DataType
from services.ml_gateway.engine.query.model import Literal
from services.ml_gateway.engine.query.scope import Setting
from services.ml_gateway.engine.query.values import literal
from services.ml_gateway.engine.reading import Operator

COMPARISONS: dict[Operator, type[exp.Binary]] = {
    Operator.EQUAL: exp.EQ, Operator.NOT_EQUAL: exp.NEQ, Operator.GREATER: exp.GT, Operator.AT_LEAST: exp.GTE,
    Operator.LESS: exp.LT, Operator.AT_MOST: exp.LTE,
}  # fmt: skip
_DAY = timedelta(days=1)


def compared(this: exp.Expr, operator: Operator, values: Sequence[Literal], known: Column | None, setting: Setting
) -> exp.Expr:  # fmt: skip
    """`this` is a value of the column `known`, or a computed one. What is missing is left out; see conditions."""
    if operator in (Operator.IS_NULL, Operator.NOT_NULL):
        missing = exp.Is(this=this, expression=exp.Null())
        return missing if operator is Operator.IS_NULL else exp.Not(this=missing)
    if operator in (Operator.CONTAINS, Operator.STARTS_WITH, Operator.ENDS_WITH):
        return _like(this, operator, str(values[0]), known, setting.dialect)
    if known is not None and known.data_type.temporal and all(isinstance(value, date) for value in values):
        days = [value for value in values if isinstance(value, date)]
        return _on_days(this, operator, days, known.data_type, setting)
    if known is not None and known.data_type is DataType.BOOLEAN and isinstance(values[0], bool):
        return COMPARISONS[operator](this=this, expression=exp.Boolean(this=values[0]))
    if known is not None and known.data_type is DataType.TEXT and operator in (Operator.EQUAL, Operator.NOT_EQUAL):
        return _texts(this, operator, [str(value) for value in values], known, setting.dialect)
    return _plain(this, operator, [literal(value) for value in values])


def _plain(this: exp.Expr, operator: Operator, values: Sequence[exp.Expr]) -> exp.Expr:
    if operator is Operator.BETWEEN:
        return exp.Between(this=this, low=values[0], high=values[1])
    if len(values) == 1:
        return COMPARISONS[operator](this=this, expression=values[0])
    among = exp.In(this=this, expressions=list(values))
    return exp.Not(this=among) if operator is Operator.NOT_EQUAL else among


def _texts(this: exp.Expr, operator: Operator, values: Sequence[str], known: Column, dialect: str) -> exp.Expr:
    """A value that was typed but never seen is compared without regard to case."""
    seen = all(value in known.samples for value in values)
    written = [exp.Literal.string(value if seen else value.lower()) for value in values]
    return _plain(this if seen else lowered(this, dialect), operator, written)


def _on_days(
    this: exp.Expr, operator: Operator, days: Sequence[date], data_type: DataType, setting: Setting
) -> exp.Expr:
    """A day is all of its hours: after it begins the next."""

    def start(day: date) -> exp.Expr:
        return day_start(day, data_type, setting.timezone, setting.dialect)

    if data_type is DataType.DATE:
        return _plain(this, operator, [start(day) for day in days])
    first, last = days[0], days[-1] + _DAY
    ends: dict[Operator, tuple[tuple[type[exp.Binary], date], ...]] = {
        Operator.GREATER: ((exp.GTE, last),), Operator.AT_LEAST: ((exp.GTE, first),),
        Operator.LESS: ((exp.LT, first),), Operator.AT_MOST: ((exp.LT, last),),
        Operator.BETWEEN: ((exp.GTE, first), (exp.LT, last)),
    }  # fmt: skip
    if operator in ends:
        return exp.and_(*(kind(this=this.copy(), expression=start(day)) for kind, day in ends[operator]))
    within = [
        exp.and_(
            exp.GTE(this=this.copy(), expression=start(day)), exp.LT(this=this.copy(), expression=start(day + _DAY))
        )
        for day in days
    ]
    any_of = exp.or_(*within)
    return exp.Not(this=exp.Paren(this=any_of)) if operator is Operator.NOT_EQUAL else exp.Paren(this=any_of)


def _like(this: exp.Expr, operator: Operator, text: str, known: Column | None, dialect: str) -> exp.Expr:
    if dialect != "sqlite" and (known is None or known.data_type is not DataType.TEXT):
        this = exp.cast(this, exp.DataType.Type.TEXT)
    before = "" if operator is Operator.STARTS_WITH else "%"
    after = "" if operator is Operator.ENDS_WITH else "%"
    sign = "\\" if dialect == "clickhouse" else "!"
    core = "".join(sign + c if c in ("%", "_", sign) else c for c in text.lower())
    like = exp.Like(this=lowered(this, dialect), expression=exp.Literal.string(f"{before}{core}{after}"))
    return exp.Escape(this=like, expression=exp.Literal.string(sign)) if sign == "!" and sign in core else like
