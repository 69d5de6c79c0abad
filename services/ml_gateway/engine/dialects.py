"""What differs between dialects: how days are written and how dates are cut. The rest is sqlglot's work."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlglot import exp

from services.ml_gateway.engine.model import DataType
from services.ml_gateway.engine.reading import Grain

SUPPORTED = frozenset({"postgres", "sqlite"})


def day_start(day: date, data_type: DataType, timezone: str, dialect: str) -> exp.Expr:
    """The first instant of a day as a literal that compares with a column of the type."""
    if dialect == "sqlite":
        return exp.Literal.string(day.isoformat())  # dates are ISO texts there, and compare as such
    if data_type is DataType.DATE:
        return exp.cast(exp.Literal.string(day.isoformat()), exp.DataType.Type.DATE)
    if data_type is DataType.TIMESTAMP:
        return exp.cast(exp.Literal.string(f"{day.isoformat()} 00:00:00"), exp.DataType.Type.TIMESTAMP)
    instant = datetime.combine(day, time(), tzinfo=ZoneInfo(timezone))
    return exp.cast(exp.Literal.string(instant.isoformat(" ")), exp.DataType.Type.TIMESTAMPTZ)


def cut(column: exp.Expr, grain: Grain, data_type: DataType, timezone: str, dialect: str) -> exp.Expr:
    """The first day of the unit that holds the date: a DATE (an ISO text in SQLite)."""
    if dialect == "sqlite":
        return _cut_sqlite(column, grain)
    if data_type is DataType.TIMESTAMP_TZ:
        column = exp.AtTimeZone(this=column, zone=exp.Literal.string(timezone))
    if grain is Grain.DAY:
        return exp.cast(column, exp.DataType.Type.DATE)
    truncated = exp.TimestampTrunc(this=column, unit=exp.var(grain.value.upper()))
    return exp.cast(truncated, exp.DataType.Type.DATE)


def _cut_sqlite(column: exp.Expr, grain: Grain) -> exp.Expr:
    def day(*modifiers: str) -> exp.Expr:
        return exp.Anonymous(this="DATE", expressions=[column, *map(exp.Literal.string, modifiers)])

    if grain is Grain.DAY:
        return day()
    if grain is Grain.WEEK:
        return day("weekday 0", "-6 days")
    if grain is Grain.MONTH:
        return day("start of month")
    if grain is Grain.YEAR:
        return day("start of year")
    month = exp.cast(
        exp.Anonymous(this="STRFTIME", expressions=[exp.Literal.string("%m"), column]), exp.DataType.Type.INT
    )
    since_quarter = exp.Mod(
        this=exp.Paren(this=exp.Sub(this=month, expression=exp.Literal.number(1))), expression=exp.Literal.number(3)
    )
    back = exp.DPipe(this=exp.Neg(this=exp.Paren(this=since_quarter)), expression=exp.Literal.string(" months"))
    return exp.Anonymous(this="DATE", expressions=[column.copy(), exp.Literal.string("start of month"), back])
