"""A date's bucket in SQL, and how its value is shown to people."""

from __future__ import annotations

import calendar

from sqlglot import exp

from services.ml_gateway.engine.dialects import cut, in_zone
from services.ml_gateway.engine.model import DataType
from services.ml_gateway.engine.problems import unsupported
from services.ml_gateway.engine.query.model import Bucket, Cycle, Expression
from services.ml_gateway.engine.query.moments import (
    as_day,
    moved_back,
    part,
    since_first,
    since_weekday,
    third_of_year,
    weekday,
)
from services.ml_gateway.engine.query.scope import Setting
from services.ml_gateway.engine.reading import Grain

_TYPE = exp.DataType.Type
_NAMES = {Cycle.WEEKDAY: tuple(calendar.day_name), Cycle.MONTH_OF_YEAR: tuple(calendar.month_name)[1:]}
_PARTS = {Cycle.HOUR_OF_DAY: "hour", Cycle.DAY_OF_MONTH: "day", Cycle.MONTH_OF_YEAR: "month"}
_LENGTHS = {Grain.QUARTER: 3, Grain.YEAR: 12}


def bucketed(column: exp.Expr, of: Bucket, data_type: DataType, setting: Setting) -> exp.Expr:
    """Raises Unreadable for the hours of a column that has none."""
    catalog, dialect = setting.schema.catalog, setting.dialect
    if data_type is DataType.DATE and of.grain in (Grain.HOUR, Cycle.HOUR_OF_DAY):
        raise unsupported("hours of a date without a time")
    first = catalog.fiscal_year_starts_in if of.fiscal else 1
    if isinstance(of.grain, Cycle):
        return _cycle(in_zone(column, data_type, setting.timezone, dialect), of.grain, first, dialect)
    if of.grain is Grain.HOUR:
        return _hour(in_zone(column, data_type, setting.timezone, dialect), dialect)

    def cut_to(grain: Grain) -> exp.Expr:
        return cut(column.copy(), grain, data_type, setting.timezone, dialect)

    if of.grain is Grain.WEEK and catalog.week_starts_on:
        back = since_weekday(weekday(cut_to(Grain.DAY), dialect), catalog.week_starts_on)
        return moved_back(cut_to(Grain.DAY), back, "DAY", dialect)
    if first != 1 and of.grain in _LENGTHS:
        back = since_first(part(cut_to(Grain.MONTH), "month", dialect), first, _LENGTHS[of.grain])
        return moved_back(cut_to(Grain.MONTH), back, "MONTH", dialect)
    return cut_to(of.grain)


def _cycle(moment: exp.Expr, cycle: Cycle, first: int, dialect: str) -> exp.Expr:
    if cycle is Cycle.WEEKDAY:
        return weekday(moment, dialect)
    if cycle is Cycle.QUARTER_OF_YEAR:
        return third_of_year(part(moment, "month", dialect), first)
    return part(moment, _PARTS[cycle], dialect)


def _hour(moment: exp.Expr, dialect: str) -> exp.Expr:
    if dialect == "sqlite":
        return exp.Anonymous(this="STRFTIME", expressions=[exp.Literal.string("%Y-%m-%d %H:00:00"), moment])
    if dialect == "mysql":
        midnight = exp.cast(as_day(moment, dialect), _TYPE.DATETIME)
        return exp.DateAdd(this=midnight, expression=part(moment.copy(), "hour", dialect), unit=exp.var("HOUR"))
    return exp.TimestampTrunc(this=moment, unit=exp.var("HOUR"))


def labelled(one: Expression, value: exp.Expr, setting: Setting) -> exp.Expr:
    """What is shown of a bucket's value."""
    if not isinstance(one, Bucket):
        return value
    if isinstance(one.grain, Cycle) and one.grain in _NAMES:
        named = exp.Case()
        for number, name in enumerate(_NAMES[one.grain], start=1):
            named = named.when(
                exp.EQ(this=value.copy(), expression=exp.Literal.number(number)), exp.Literal.string(name)
            )
        return named
    return _fiscal(one, value, setting) if one.fiscal and one.grain in _LENGTHS else value


def _fiscal(one: Bucket, begin: exp.Expr, setting: Setting) -> exp.Expr:
    """By the calendar year in which the fiscal year ends."""
    first, dialect = setting.schema.catalog.fiscal_year_starts_in, setting.dialect
    month = part(begin.copy(), "month", dialect)
    later = exp.GTE(this=month, expression=exp.Literal.number(first if first > 1 else 13))
    ends = exp.Case().when(later, exp.Literal.number(1)).else_(exp.Literal.number(0))
    year = exp.cast(exp.Paren(this=exp.Add(this=part(begin.copy(), "year", dialect), expression=ends)), _TYPE.INT)
    text = exp.cast(year, _TYPE.CHAR if dialect == "mysql" else _TYPE.TEXT)
    parts: list[exp.Expr] = [exp.Literal.string("FY"), text]
    if one.grain is Grain.QUARTER:
        names = third_of_year(month.copy(), first)
        for branch in names.args["ifs"]:
            branch.set("true", exp.Literal.string(f" Q{branch.args['true'].name}"))
        parts.append(names)
    return exp.Concat(expressions=parts, safe=True, coalesce=False)
