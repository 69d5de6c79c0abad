"""Dates as numbers: parts of them, and where a period stands on the calendar, so that neighbours differ by a step."""

from __future__ import annotations

from sqlglot import exp

from services.ml_gateway.engine.problems import unsupported
from services.ml_gateway.engine.query.model import Bucket, Cycle
from services.ml_gateway.engine.reading import Grain

_TYPE = exp.DataType.Type
_MONTHS: dict[Grain | Cycle, int] = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
_DAYS: dict[Grain | Cycle, int] = {Grain.DAY: 1, Grain.WEEK: 7}
_HOURS: dict[Grain | Cycle, int] = {Grain.HOUR: 1, Grain.DAY: 24, Grain.WEEK: 168}
_LETTERS = {"year": "%Y", "month": "%m", "day": "%d", "hour": "%H"}
_CLICKHOUSE = {"year": "toYear", "month": "toMonth", "day": "toDayOfMonth", "hour": "toHour"}


def ordinal(begin: exp.Expr, of: Bucket, dialect: str) -> exp.Expr:
    """The number of the month, the day or the hour with which a bucket begins."""
    if of.grain in _MONTHS:
        return month_number(begin, dialect)
    if of.grain is Grain.HOUR:
        days = exp.Mul(this=day_number(as_day(begin, dialect), dialect), expression=exp.Literal.number(24))
        return exp.Paren(this=exp.Add(this=days, expression=part(begin.copy(), "hour", dialect)))
    return day_number(begin, dialect)


def steps_back(of: Bucket, since: Grain | None) -> int:
    """How much less the ordinal of the bucket before is, or of the one `since` ago. Raises Unreadable where the
    calendar has none: a week has no counterpart in the year before."""
    for units in (_MONTHS, _HOURS if of.grain is Grain.HOUR else _DAYS):
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
        return exp.cast(_function("STRFTIME", exp.Literal.string(_LETTERS[unit]), day), _TYPE.INT)
    if dialect == "clickhouse":
        return exp.cast(_function(_CLICKHOUSE[unit], day), _TYPE.INT)
    return exp.Extract(this=exp.var(unit.upper()), expression=day)


def weekday(day: exp.Expr, dialect: str) -> exp.Expr:
    """1 is Monday, 7 Sunday."""
    one = exp.Literal.number(1)
    match dialect:
        case "sqlite":
            sunday_first = exp.cast(_function("STRFTIME", exp.Literal.string("%w"), day), _TYPE.INT)
            return exp.Paren(this=exp.Add(this=_modulo(sunday_first, 6, 7), expression=one))
        case "mysql":
            return exp.Paren(this=exp.Add(this=_function("WEEKDAY", day), expression=one))
        case "clickhouse":
            return exp.cast(exp.DayOfWeekIso(this=day), _TYPE.INT)
        case _:
            return exp.Extract(this=exp.var("ISODOW"), expression=day)


def third_of_year(month: exp.Expr, first: int) -> exp.Expr:
    """The number of the quarter that a month (1..12) is in, in years that begin with the month `first`."""
    since = _modulo(month, 12 - first, 12)
    found = exp.Case()
    for quarter in (1, 2, 3, 4):
        within = exp.LT(this=since.copy(), expression=exp.Literal.number(3 * quarter))
        found = found.when(within, exp.Literal.number(quarter))
    return found


def since_first(month: exp.Expr, first: int, length: int) -> exp.Expr:
    """How many months a month (1..12) is after the first of its quarter (length 3) or year (12)."""
    return _modulo(month, 12 - first, length)


def since_weekday(weekday: exp.Expr, starts_on: int) -> exp.Expr:
    """How many days a weekday (1..7) is after the first of its week; 0 is Monday."""
    return _modulo(weekday, 6 - starts_on, 7)


def moved_back(day: exp.Expr, count: exp.Expr, unit: str, dialect: str) -> exp.Expr:
    """The DATE so many days or months before; unit is DAY or MONTH."""
    match dialect:
        case "sqlite":
            text = exp.DPipe(this=exp.Literal.string("-"), expression=exp.Paren(this=count))
            return _function("DATE", day, exp.DPipe(this=text, expression=exp.Literal.string(f" {unit.lower()}s")))
        case "mysql":
            return exp.DateSub(this=day, expression=count, unit=exp.var(unit))
        case "clickhouse":
            return _function(f"subtract{unit.title()}s", day, count)
        case _:
            one = exp.Interval(this=exp.Literal.string("1"), unit=exp.var(unit))
            distance = exp.Mul(this=exp.Paren(this=count), expression=one)
            return exp.cast(exp.Paren(this=exp.Sub(this=day, expression=distance)), _TYPE.DATE)


def as_day(moment: exp.Expr, dialect: str) -> exp.Expr:
    if dialect == "sqlite":
        return _function("DATE", moment)
    return _function("toDate32", moment) if dialect == "clickhouse" else exp.cast(moment, _TYPE.DATE)


def _modulo(number: exp.Expr, more: int, by: int) -> exp.Expr:
    added = exp.Paren(this=exp.Add(this=number, expression=exp.Literal.number(more)))
    return exp.Paren(this=exp.Mod(this=added, expression=exp.Literal.number(by)))


def _function(name: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=list(arguments))
