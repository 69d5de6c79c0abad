"""How long it is between two moments."""

from __future__ import annotations

from sqlglot import exp

from services.ml_gateway.engine.dialects import divided, in_zone
from services.ml_gateway.engine.model import DataType
from services.ml_gateway.engine.query.model import Unit
from services.ml_gateway.engine.query.moments import as_day, day_number
from services.ml_gateway.engine.query.scope import Setting

Moment = tuple[exp.Expr, DataType]
_SECONDS = {Unit.DAYS: 86400, Unit.HOURS: 3600}


def elapsed(start: Moment, end: Moment, unit: Unit, setting: Setting) -> exp.Expr:
    """Whole days (times 24) where one of the two is a date; else seconds, divided."""
    dialect = setting.dialect
    kinds = {start[1], end[1]}
    if len(kinds) > 1:
        start, end = (_on_the_wall(one, setting) for one in (start, end))
    if DataType.DATE in kinds:
        first, last = (day_number(as_day(one[0], dialect), dialect) for one in (start, end))
        days = exp.Paren(this=exp.Sub(this=last, expression=first))
        return days if unit is Unit.DAYS else exp.Paren(this=exp.Mul(this=days, expression=exp.Literal.number(24)))
    seconds = exp.Literal.number(_SECONDS[unit])
    return exp.Paren(this=divided(_seconds(start[0], end[0], dialect), seconds, dialect))


def _on_the_wall(moment: Moment, setting: Setting) -> Moment:
    return in_zone(*moment, setting.timezone, setting.dialect), moment[1]


def _seconds(start: exp.Expr, end: exp.Expr, dialect: str) -> exp.Expr:
    def of(name: str, *arguments: exp.Expr) -> exp.Expr:
        return exp.Anonymous(this=name, expressions=list(arguments))

    match dialect:
        case "sqlite":
            ends = [exp.cast(of("STRFTIME", exp.Literal.string("%s"), one), exp.DataType.Type.INT)
                    for one in (end, start)]  # fmt: skip
            return exp.Paren(this=exp.Sub(this=ends[0], expression=ends[1]))
        case "clickhouse":
            return exp.Paren(this=exp.Sub(this=of("toFloat64", end), expression=of("toFloat64", start)))
        case "mysql":
            micro = exp.TimestampDiff(this=end, expression=start, unit=exp.var("MICROSECOND"))
            return divided(micro, exp.Literal.number(1000000), dialect)
        case _:
            return exp.Extract(this=exp.var("EPOCH"), expression=exp.Paren(this=exp.Sub(this=end, expression=start)))
