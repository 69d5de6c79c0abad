"""Values of a result: what kind a column has, and each value as a person reads it and as JSON can hold it. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from cli.ask.model import Column
from cli.ask.plain import plain
from services.ml_gateway.engine.model import Format
from services.ml_gateway.engine.outcome import OutputColumn

if TYPE_CHECKING:
    import pyarrow as pa

SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "CHF": "CHF "}
NO_FRACTION = frozenset({"JPY", "KRW"})
NUMBERS = frozenset({"integer", "number", "decimal"})
MISSING = "—"
# Beyond these an integer loses digits in what reads JSON numbers as doubles.
_EXACT = 2**53
# Digits that a small number is shown with: 0.00321, not 0.00.
_SIGNIFICANT = 3


def column_of(planned: OutputColumn, kind: pa.DataType) -> Column:
    """The plan's column with the kind of values that came."""
    return Column(
        planned.name,
        planned.label or planned.name,
        _kind(kind),
        "" if planned.format is Format.NONE else planned.format.value,
        planned.unit,
        planned.grain,
        planned.is_measure,
    )


def _kind(kind: pa.DataType) -> str:
    import pyarrow.types as checks

    if checks.is_decimal(kind) and kind.scale == 0:  # how DuckDB adds up integers
        return "integer"
    if checks.is_timestamp(kind):
        return "timestamp_tz" if kind.tz else "timestamp"
    for name, check in (
        ("boolean", checks.is_boolean),
        ("integer", checks.is_integer),
        ("number", checks.is_floating),
        ("decimal", checks.is_decimal),
        ("date", checks.is_date),
        ("time", checks.is_time),
    ):
        if check(kind):
            return name
    return "text"


def values_of(array: pa.Array) -> list[Any]:
    """Plain values; what Python can't hold (year 12,000, nanoseconds, lists) comes as text or cut to microseconds."""
    import pyarrow as pa

    if pa.types.is_timestamp(array.type) and array.type.unit == "ns":
        array = array.cast(pa.timestamp("us", array.type.tz), safe=False)
    if pa.types.is_decimal(array.type) and array.type.scale == 0:
        return [None if value is None else int(value) for value in array.to_pylist()]
    try:
        return list(array.to_pylist())
    except (ValueError, OverflowError):
        return list(array.cast(pa.string()).to_pylist())


def as_json(value: Any) -> Any:
    """The value exactly: what a JSON number may not hold exactly is text."""
    match value:
        case None | bool():
            return value
        case int():
            return value if -_EXACT <= value <= _EXACT else str(value)
        case float():
            return value if math.isfinite(value) else str(value)
        case Decimal():
            return format(value, "f")
        case datetime() | date() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
        case str():
            return value
        case _:
            return str(value)


def texts(column: Column, values: Sequence[Any], zone: ZoneInfo) -> list[str]:
    """The values of one column as a person reads them, numbers with as many digits as the column needs."""
    digits = _digits(column, values)
    return [text(column, value, zone, digits) for value in values]


def text(column: Column, value: Any, zone: ZoneInfo, digits: int | None = None) -> str:
    """One value as a person reads it. digits: after the point; None for what suits the value."""
    match value:
        case None:
            return MISSING
        case bool():
            return "yes" if value else "no"
        case int() | float() | Decimal():
            return _number(column, value, _digits(column, [value]) if digits is None else digits)
        case datetime():
            local = value.astimezone(zone) if value.tzinfo else value
            return period(local.date(), column.grain) if column.grain else _moment(local)
        case date():
            return period(value, column.grain)
        case bytes():
            return value.hex()
        case _:
            if column.grain and isinstance(value, str):  # SQLite's dates are texts
                try:
                    return period(date.fromisoformat(value[:10]), column.grain)
                except ValueError:
                    return plain(value)
            return plain(str(value))


def period(day: date, grain: str) -> str:
    """A day, or the period that it begins."""
    match grain:
        case "year":
            return f"{day.year}"
        case "quarter":
            return f"{day.year} Q{(day.month + 2) // 3}"
        case "month":
            return f"{day.year}-{day.month:02}"
        case _:
            return day.isoformat()


def _moment(value: datetime) -> str:
    written = value.replace(tzinfo=None).isoformat(" ", "microseconds" if value.microsecond else "seconds")
    return written.rstrip("0").rstrip(".") if value.microsecond else written


def _number(column: Column, value: int | float | Decimal, digits: int) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return MISSING if math.isnan(value) else ("∞" if value > 0 else "-∞")
    if column.format == "percent":
        return f"{value * 100:,.{digits}f} %"
    # A number that is no measure is a name of something: a year, a postcode, an id.
    apart = "," if column.is_measure or column.format else ""
    # An integer is never put through a float, which would change its last digits.
    grouped = format(value, f"{apart}d" if isinstance(value, int) and not digits else f"{apart}.{digits}f")
    if column.format == "currency":
        symbol = SYMBOLS.get(column.unit, f"{column.unit} " if column.unit else "")
        return f"-{symbol}{grouped[1:]}" if grouped.startswith("-") else f"{symbol}{grouped}"
    return f"{grouped} {column.unit}" if column.unit else grouped


def _digits(column: Column, values: Sequence[Any]) -> int:
    """How many digits after the point the column's numbers are shown with."""
    numbers = [value for value in values if isinstance(value, float | Decimal) and _finite(value)]
    if column.format == "integer":
        return 0
    if column.format == "percent":
        return 1
    if column.format == "currency":
        return 0 if column.unit in NO_FRACTION else 2
    fractions = [abs(float(value)) for value in numbers if value != int(value)]
    if not fractions:
        return 0
    smallest = min(fractions)
    if smallest >= 1:
        return 2
    return min(2 if smallest >= 0.01 else _SIGNIFICANT - 1 - math.floor(math.log10(smallest)), 8)


def _finite(value: float | Decimal) -> bool:
    return value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)
