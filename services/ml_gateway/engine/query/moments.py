"""Dates as numbers: where a period stands on the calendar, so that neighbours differ by a fixed step."""

from __future__ import annotations

from sqlglot import exp

from services.ml_gateway.engine.problems import unsupported
from services.ml_gateway.engine.query.model import Bucket
from services.ml_gateway.engine.reading import Grain

_TYPE = exp.DataType.Type
_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
_DAYS = {Grain.DAY: 1, Grain.WEEK: 7}


def ordinal(begin: exp.Expr, of: Bucket, dialect: str) -> exp.Expr:
    """The number of the month or of the day with which a bucket begins."""
    return month_number(begin, dialect) if of.grain in _MONTHS else day_number(begin, dialect)


def steps_back(of: Bucket, since: Grain | None) -> int:
    """How much less the ordinal of the bucket before is, or of the one `since` ago. Raises Unreadable where the
    calendar has none: a week has no counterpart in the year before."""
    for units in (_MONTHS, _DAYS):
        step, back = units.get(of.grain), units.get(since or of.grain)
        if step and back and back % step == 0:
            return back
    raise unsupported(f"comparing a {of.grain.value} with another a {(since or of.grain).value} before")


def month_number(day: exp.Expr, dialect: str) -> exp.Expr:
    """Months since the year 0."""
    year = exp.Paren(this=exp.Mul(this=part(day, "year", dialect), expression=exp.Literal.number(12)))
    return exp.Paren(this=exp.Add(this=year, expression=part(day.copy(), "month", dialect)))


def day_number(day: exp.Expr, dialect: str) -> exp.Expr:
    """Days since some day, of a DATE (an ISO text in SQLite)."""
    epoch = exp.Literal.string("1970-01-01")
    match dialect:
        case "sqlite":
            return exp.cast(_function("JULIANDAY", day), _TYPE.INT)
        case "mysql":
            return exp.DateDiff(this=day, expression=epoch)
        case "clickhouse":
            return _function("toInt32", day)
        case _:
            return exp.Paren(this=exp.Sub(this=day, expression=exp.cast(epoch, _TYPE.DATE)))


def part(day: exp.Expr, unit: str, dialect: str) -> exp.Expr:
    """A date's year, month, hour: a whole number."""
    if dialect == "sqlite":
        letter = {"year": "%Y", "month": "%m", "day": "%d", "hour": "%H"}[unit]
        return exp.cast(_function("STRFTIME", exp.Literal.string(letter), day), _TYPE.INT)
    if dialect == "clickhouse":
        return exp.cast(_function({"year": "toYear", "month": "toMonth", "day": "toDayOfMonth", "hour": "toHour"}[unit],
                                  day), _TYPE.INT)  # fmt: skip
    return exp.Extract(this=exp.var(unit.upper()), expression=day)


def _function(name: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=list(arguments))
