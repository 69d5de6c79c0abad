"""Numbers and dates in words, as the result's columns say they are to be shown. Pure."""

from datetime import date, timedelta
from decimal import Decimal

from infinure.ml_gateway.v1.result_pb2 import Cell, Grain, NumberFormat, NumberStyle, ResultColumn

SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "CHF": "CHF "}
NO_FRACTION = frozenset({"JPY", "KRW"})


def number(cell: Cell) -> Decimal | None:
    """The cell's number; None where it is empty or holds none."""
    match cell.WhichOneof("value"):
        case "integer":
            return Decimal(cell.integer)
        case "decimal":
            return Decimal(cell.decimal)
        case "number":
            return Decimal(repr(cell.number)) if cell.number == cell.number else None
        case _:
            return None


def day(cell: Cell) -> date | None:
    """The cell's day; None where it is empty or holds none."""
    match cell.WhichOneof("value"):
        case "date":
            return date.fromisoformat(cell.date)
        case "time":
            return cell.time.ToDatetime().date()
        case _:
            return None


def shown(cell: Cell, column: ResultColumn) -> str:
    """The cell as a person reads it."""
    value = number(cell)
    if value is not None:
        return formatted(value, column.format)
    match cell.WhichOneof("value"):
        case "text":
            return cell.text
        case "date":
            return period(date.fromisoformat(cell.date), column.grain)
        case "time":
            return period(cell.time.ToDatetime().date(), column.grain)
        case "boolean":
            return "yes" if cell.boolean else "no"
        case _:
            return "none"


def formatted(value: Decimal, how: NumberFormat) -> str:
    """A number with its thousands set apart, its currency, percent sign or unit."""
    if how.style == NumberStyle.NUMBER_STYLE_PERCENT:
        return f"{_fixed(value * 100, how, 1)} %"
    if how.style == NumberStyle.NUMBER_STYLE_CURRENCY:
        sign = "-" if value < 0 else ""
        symbol = SYMBOLS.get(how.currency, f"{how.currency} " if how.currency else "")
        return f"{sign}{symbol}{_fixed(abs(value), how, 0 if how.currency in NO_FRACTION else 2)}"
    text = _fixed(value, how, 0 if value == value.to_integral_value() else 2)
    return f"{text} {how.unit}" if how.unit else text


def _fixed(value: Decimal, how: NumberFormat, digits: int) -> str:
    if how.HasField("fraction_digits"):
        digits = max(0, min(how.fraction_digits, 12))
    return f"{value:,.{digits}f}"


def period(day: date, grain: Grain.ValueType) -> str:
    """A day, or the period that it begins."""
    match grain:
        case Grain.GRAIN_YEAR:
            return f"{day:%Y}"
        case Grain.GRAIN_QUARTER:
            return f"Q{(day.month + 2) // 3} {day.year}"
        case Grain.GRAIN_MONTH:
            return f"{day:%B %Y}"
        case Grain.GRAIN_WEEK:
            return f"the week of {day.day} {day:%B %Y}"
        case _:
            return f"{day.day} {day:%B %Y}"


def period_end(day: date, grain: Grain.ValueType) -> date:
    """The first day after the period that `day` begins; the day itself counts as a period where there is no grain."""
    match grain:
        case Grain.GRAIN_YEAR:
            return date(day.year + 1, 1, 1)
        case Grain.GRAIN_QUARTER | Grain.GRAIN_MONTH:
            months = day.year * 12 + day.month - 1 + (3 if grain == Grain.GRAIN_QUARTER else 1)
            return date(months // 12, months % 12 + 1, 1)
        case Grain.GRAIN_WEEK:
            return day + timedelta(days=7)
        case _:
            return day + timedelta(days=1)
