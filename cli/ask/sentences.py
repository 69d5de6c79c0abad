"""A result in one sentence, from its shape. Pure; each figure in it is one of the result's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from cli.ask import cells
from cli.ask.model import Answered, Column

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
    if len(measures) == 1 and len(keys) == 1:
        pairs = [(row[keys[0]], row[measures[0]]) for row in result.rows if _is_number(row[measures[0]])]
        if len(pairs) > 1 and not result.truncated:
            return _compared(result.columns[keys[0]], result.columns[measures[0]], pairs, zone)
    count = f"{result.row_count:,} row{'' if result.row_count == 1 else 's'}"
    return f"The first {count}." if result.truncated else f"{count}."


def _compared(key: Column, measure: Column, pairs: Sequence[tuple[Any, Any]], zone: ZoneInfo) -> str:
    most, least = max(pairs, key=lambda pair: pair[1]), min(pairs, key=lambda pair: pair[1])
    highest, lowest = _shown(measure, most[1], zone), _shown(measure, least[1], zone)
    if not (key.grain or isinstance(most[0], date | datetime)):
        equal = sum(value == most[1] for _, value in pairs)
        if equal > 1:
            return f"{equal} of {len(pairs):,} lead with {highest} ({measure.label})."
        return f"{_shown(key, most[0], zone)} leads with {highest} ({measure.label})."
    if most[1] == least[1]:
        return f"{measure.label} is {highest} in every period."
    first, last = _shown(key, most[0], zone), _shown(key, least[0], zone)
    return f"{measure.label} is highest in {first} ({highest}) and lowest in {last} ({lowest})."


def _shown(column: Column, value: Any, zone: ZoneInfo) -> str:
    return cells.text(column, value, zone)


def _is_number(value: Any) -> bool:
    return value is not None and not isinstance(value, str | bool)
