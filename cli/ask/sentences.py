"""A result in one sentence, from its shape. Pure; each figure in it is one of the result's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from cli.ask import cells
from cli.ask.model import Answered, Column, Result

NO_DATA = "There is no data for this question."


def sentence(answered: Answered, zone: ZoneInfo) -> str:
    """The figure itself, who leads, when it was highest and lowest; else how many rows there are."""
    result = answered.result
    if result.is_empty:
        return NO_DATA
    measures = [place for place, column in enumerate(result.columns) if column.is_measure]
    keys = [place for place, column in enumerate(result.columns) if not column.is_measure]
    if len(result.rows) == 1 and measures and not keys:
        told = (
            f"{result.columns[place].label}: {_shown(result.columns[place], result.rows[0][place], zone)}"
            for place in measures
        )
        return "; ".join(told) + "."
    if len(measures) == 1 and len(keys) == 1 and not result.truncated:
        points = _points(result, keys[0], measures[0], zone)
        if len(points) > 1:
            return _compared(result.columns[keys[0]], result.columns[measures[0]], points)
    count = f"{result.row_count:,} row{'' if result.row_count == 1 else 's'}"
    return f"The first {count}." if result.truncated else f"{count}."


@dataclass(frozen=True, slots=True)
class _Point:
    """A group's name and figure as they are shown, and the figure to compare."""

    name: str
    shown: str
    figure: Any


def _points(result: Result, key: int, measure: int, zone: ZoneInfo) -> list[_Point]:
    names = cells.texts(result.columns[key], [row[key] for row in result.rows], zone)
    figures = [row[measure] for row in result.rows]
    shown = cells.texts(result.columns[measure], figures, zone)
    return [_Point(*point) for point in zip(names, shown, figures, strict=True) if _is_number(point[2])]


def _compared(key: Column, measure: Column, points: Sequence[_Point]) -> str:
    most = max(points, key=lambda point: point.figure)
    least = min(points, key=lambda point: point.figure)
    is_time = bool(key.grain) or key.kind in ("date", "timestamp", "timestamp_tz")
    if most.figure == least.figure:
        return f"{measure.label} is {most.shown} in every {'period' if is_time else 'group'}."
    if is_time:
        highest, lowest = f"{most.name} ({most.shown})", f"{least.name} ({least.shown})"
        return f"{measure.label} is highest in {highest} and lowest in {lowest}."
    leading = sum(point.figure == most.figure for point in points)
    if leading > 1:
        return f"{leading:,} of {len(points):,} lead with {most.shown} ({measure.label})."
    return f"{most.name} leads with {most.shown} ({measure.label})."


def _shown(column: Column, value: Any, zone: ZoneInfo) -> str:
    return cells.text(column, value, zone)


def _is_number(value: Any) -> bool:
    """A figure that can be compared: not missing, not NaN."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool) and value == value
