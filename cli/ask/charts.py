"""Small charts out of block characters. Pure: numbers to lines of text; None where a chart would mislead."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from cli.ask import cells
from cli.ask.model import Column

_ACROSS = " ▏▎▍▌▋▊▉█"
_UP = " ▁▂▃▄▅▆▇█"
HEIGHT = 6
LEAST_WIDTH = 50
_WIDEST_POINT = 6


def bars(values: Sequence[Any], width: int) -> list[str] | None:
    """A bar for each value, from zero. None where a value is below zero or none is above."""
    numbers = [_number(value) for value in values]
    known = [number for number in numbers if number is not None]
    if not known or min(known) < 0 or max(known) <= 0:
        return None
    most = max(known)
    return ["" if number is None else _bar(number / most, width) for number in numbers]


def line(y: Column, ends: tuple[str, str], values: Sequence[Any], width: int) -> list[str]:
    """Values over time as columns from zero (from the lowest where some are below), with the axis's ends named.

    No lines where there are fewer than three points, or more than fit.
    """
    numbers = [_number(value) for value in values]
    known = [number for number in numbers if number is not None]
    if len(known) < 3 or min(known) == max(known) == 0:
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
