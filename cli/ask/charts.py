"""Small charts out of block characters. Pure: numbers to lines of text; None where a chart would mislead."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from cli.ask import cells
from cli.ask.model import Column

_ACROSS = " ▏▎▍▌▋▊▉█"
_UP = " ▁▂▃▄▅▆▇█"
HEIGHT = 6
LEAST_WIDTH = 50
LEAST_POINTS = 3
MOST_POINTS = 500
_WIDEST_POINT = 6


def run_of_time(points: Sequence[tuple[Any, Any]], grain: str) -> list[tuple[date, float | None]]:
    """The points in the order of time, with the periods between them that have none; empty where days are missing."""
    found: dict[date, float | None] = {}
    for when, value in points:
        day = _day(when)
        if day is None:
            return []
        found[day] = _number(value)
    if not found:
        return []
    day, last = min(found), max(found)
    run: list[tuple[date, float | None]] = []
    while day <= last and len(run) <= MOST_POINTS:
        run.append((day, found.get(day)))
        day = _next(day, grain)
    # A step that misses points (weeks cut elsewhere, say) would draw less than there is.
    return run if {day for day, _ in run} >= set(found) else []


def bars(values: Sequence[Any], width: int) -> list[str] | None:
    """A bar for each value, from zero. None where a value is below zero or none is above."""
    numbers = [_number(value) for value in values]
    known = [number for number in numbers if number is not None]
    if not known or min(known) < 0 or max(known) <= 0:
        return None
    most = max(known)
    return ["" if number is None else _bar(number / most, width) for number in numbers]


def line(y: Column, ends: tuple[str, str], numbers: Sequence[float | None], width: int) -> list[str]:
    """Values over time as columns from zero (from the lowest where some are below), with the axis's ends named.

    No lines where there is nothing to see, or more points than fit.
    """
    known = [number for number in numbers if number is not None]
    if not known or min(known) == max(known) == 0:
        return []
    low, high = min(0.0, *known), max(0.0, *known)
    digits = 0 if high - low >= 100 or all(number == int(number) for number in known) else 2
    labels = [_axis(y, bound, digits) for bound in (high, low)]
    margin = max(map(len, labels))
    each = min(_WIDEST_POINT, (width - margin - 3) // len(numbers))
    if each < 1:
        return []
    block = each - 1 if each > 1 else 1
    grid = [_levels(number, low, high) for number in numbers]
    lines = []
    for row in range(HEIGHT):
        drawn = "".join(levels[row] * block + " " * (each - block) for levels in grid)
        label = labels[0] if row == 0 else labels[1] if row == HEIGHT - 1 else ""
        lines.append(f"{label:>{margin}} ┤{drawn}".rstrip())
    span = max(len(numbers) * each - (each - block), len(ends[0]) + len(ends[1]) + 1)
    lines.append(f"{'':>{margin}}  {ends[0]}{ends[1]:>{span - len(ends[0])}}")
    return lines


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None  # SQLite's dates are texts
    except ValueError:
        return None


def _next(day: date, grain: str) -> date:
    months = {"month": 1, "quarter": 3, "year": 12}.get(grain)
    if months is None:
        return day + timedelta(days=7 if grain == "week" else 1)
    later = day.year * 12 + day.month - 1 + months
    return date(later // 12, later % 12 + 1, 1)


def _levels(number: float | None, low: float, high: float) -> list[str]:
    """One point's blocks from the top row to the bottom one."""
    if number is None:
        return [" "] * HEIGHT
    filled = (number - low) / (high - low) * HEIGHT
    return [_UP[round(max(0.0, min(1.0, filled - row)) * 8)] for row in reversed(range(HEIGHT))]


def _bar(share: float, width: int) -> str:
    eighths = round(share * width * 8)
    whole, rest = divmod(eighths, 8)
    # Something that isn't nothing is seen.
    return "█" * whole + (_ACROSS[rest] if rest else "") or ("▏" if share > 0 else "")


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = float(value)
    return number if math.isfinite(number) else None


def _axis(column: Column, bound: float, digits: int) -> str:
    return cells.text(column, bound, ZoneInfo("UTC"), digits)
