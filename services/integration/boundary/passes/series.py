"""How many rows a series with constant bounds makes."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlglot import exp

_UNITS = {"MICROSECOND": 1e-6, "MILLISECOND": 1e-3, "SECOND": 1.0, "MINUTE": 60.0, "HOUR": 3600.0, "DAY": 86400.0,
          "WEEK": 604800.0, "MONTH": 28 * 86400.0, "QUARTER": 90 * 86400.0, "YEAR": 365 * 86400.0}  # fmt: skip
_NOW = datetime(2050, 1, 1)  # stands for today: later than it is, so that a series up to today is counted too long


def series_rows(series: exp.Expr) -> float | None:
    """An upper bound of the rows, or None where the bounds aren't constants."""
    start, end = _value(series.args.get("start")), _value(series.args.get("end"))
    step = series.args.get("step")
    width = 1.0 if step is None else _value(step)
    if not width or start is None or end is None:
        return None
    return abs(end - start) / abs(width) + 1


def _value(node: exp.Expr | None) -> float | None:
    """A constant as a number; times and intervals count in seconds."""
    if isinstance(node, exp.Paren | exp.TimestampTrunc | exp.DateTrunc):
        return _value(node.this)
    if isinstance(node, exp.Cast):
        return _time(node.this) if isinstance(node.this, exp.Literal) else _value(node.this)
    if isinstance(node, exp.Literal) and not node.is_string:
        return _number(node.name)
    if isinstance(node, exp.Neg):
        return None if (value := _value(node.this)) is None else -value
    if isinstance(node, exp.CurrentDate | exp.CurrentTimestamp | exp.Localtimestamp):
        return (_NOW - datetime(1, 1, 1)).total_seconds()
    if isinstance(node, exp.Interval):
        return _interval(node)
    if isinstance(node, exp.Add | exp.Sub):
        left, right = _value(node.this), _value(node.expression)
        if left is None or right is None:
            return None
        return left + right if isinstance(node, exp.Add) else left - right
    return None


def _time(literal: exp.Literal) -> float | None:
    try:
        moment = datetime.fromisoformat(literal.name.strip()).replace(tzinfo=None)
    except ValueError:
        return _number(literal.name)
    return (moment - datetime(1, 1, 1)) / timedelta(seconds=1)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _interval(interval: exp.Interval) -> float | None:
    unit = interval.text("unit").upper().removesuffix("S")
    try:
        return float(interval.this.name) * _UNITS[unit]
    except (KeyError, ValueError, AttributeError):
        return None
