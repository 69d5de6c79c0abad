"""A query in plain words: the sentence that tells what a follow-up was taken to ask, and a short title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from services.ml_gateway.engine.dialog.parts import base, conjuncts
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.naming import column_label, lowered, plural, table_label, title
from services.ml_gateway.engine.outcome import OutputColumn
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Both,
    Bucket,
    Compare,
    Condition,
    During,
    Either,
    Exists,
    Expression,
    Field,
    Function,
    MetricValue,
    Not,
    Query,
    Rows,
)
from services.ml_gateway.engine.reading import Operator

MOST_CHARACTERS = 120
_SPOKEN = {
    Operator.EQUAL: "is", Operator.NOT_EQUAL: "is not", Operator.GREATER: "over", Operator.AT_LEAST: "at least",
    Operator.LESS: "under", Operator.AT_MOST: "at most", Operator.CONTAINS: "contains", Operator.BETWEEN: "between",
    Operator.STARTS_WITH: "starts with", Operator.ENDS_WITH: "ends with", Operator.IS_NULL: "is missing",
    Operator.NOT_NULL: "is known",
}  # fmt: skip
_FUNCTIONS = {
    Function.SUM: "total", Function.AVG: "average", Function.MIN: "lowest", Function.MAX: "highest",
    Function.MEDIAN: "median", Function.PERCENTILE: "percentile", Function.COUNT: "number of",
}  # fmt: skip


def summary(query: Query, columns: Sequence[OutputColumn], index: Index) -> str:
    """ "Name and e-mail of members, where city is “Bristol”, the first 3 by fee."."""
    text = _what(query, columns, index)
    held = [_condition(one, index) for one in conjuncts(query.where)]
    held += [f"they have {plural(table_label(rows.table, index)).lower()}" for rows in query.also]
    held += [_condition(one, index) for one in conjuncts(query.having)]
    if held:
        text += f", where {_joined(held)}"
    if query.combined:
        operator, other = query.combined
        words = {"union": "and also", "intersect": "and at once", "except": "but not"}[operator.value]
        text += f", {words} those of another kind" if not other.where else f", {words} those where "
        text += _joined([_condition(one, index) for one in conjuncts(other.where)]) if other.where else ""
    return title(f"{text}{_ordering(query, index)}.")


def short_title(query: Query, columns: Sequence[OutputColumn], index: Index) -> str:
    """ "Name of members, Bristol"."""
    tags = [tag for one in conjuncts(query.where) for tag in _tags(one)]
    text = title(", ".join([_what(query, columns, index), *tags]))
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1].rstrip(" ,") + "…"


def _what(query: Query, columns: Sequence[OutputColumn], index: Index) -> str:
    shown = [lowered(column.label) for column in columns]
    numbers = [label for column, label in zip(columns, shown, strict=True) if column.is_measure]
    others = [label for column, label in zip(columns, shown, strict=True) if not column.is_measure]
    rows = base(query)
    if numbers:
        return f"{_joined(numbers)} by {_joined(others)}" if others else _joined(numbers)
    about = f" of {plural(table_label(rows.table, index)).lower()}" if rows else ""
    return f"{_joined(others)}{about}"


def _ordering(query: Query, index: Index) -> str:
    if not query.order:
        return f", the first {query.limit}" if query.limit is not None else ""
    by = _joined([_expression(one.by, index) for one in query.order])
    way = "largest first" if query.order[0].descending else "smallest first"
    first = f"the first {query.limit} " if query.limit is not None else ""
    return f", {first}by {by}, {way}"


def _condition(condition: Condition, index: Index) -> str:
    match condition:
        case Compare(left=left, operator=operator, right=right):
            told = _right(right, index) if right != () else ""
            return f"{_expression(left, index)} {_SPOKEN[operator]} {told}".strip()
        case During(field=field, start=start, end=end):
            return f"{_expression(field, index)} {_days(start, end)}".strip()
        case Both(conditions=parts):
            return _joined([_condition(part, index) for part in parts])
        case Either(conditions=parts):
            return " or ".join(_condition(part, index) for part in parts)
        case Not(condition=Exists(rows=rows, where=None, having=None)):
            return f"there are no {plural(table_label(rows.table, index)).lower()}"
        case Not(condition=inner):
            return f"not {_condition(inner, index)}"
        case Exists(rows=rows, where=where, having=having):
            inside = [_condition(one, index) for one in (where, having) if one is not None]
            there = f"there are {plural(table_label(rows.table, index)).lower()}"
            return f"{there} where {_joined(inside)}" if inside else there


def _right(right: tuple[str | float | bool | date, ...] | Expression | Query, index: Index) -> str:
    if isinstance(right, Query):
        return "among those of the question before"
    if isinstance(right, tuple):
        return " or ".join(_literal(one) for one in right)
    return _expression(right, index)


def _literal(value: str | float | bool | date) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return f"“{value}”" if isinstance(value, str) else str(value)


def _days(start: date | None, end: date | None) -> str:
    return " ".join([*(["from", str(start)] if start else []), *(["before", str(end)] if end else [])])


def _expression(expression: Expression, index: Index) -> str:
    match expression:
        case Field(key=key):
            return lowered(column_label(key, index))
        case Bucket(field=field, grain=grain):
            return f"{grain.value} of {lowered(column_label(field.key, index))}"
        case MetricValue(name=name):
            return lowered(index.metrics[name].label or name.replace("_", " "))
        case Aggregate(function=function, of=of):
            inner = plural(table_label(of.table, index)).lower() if isinstance(of, Rows) else _expression(of, index)
            return f"{_FUNCTIONS[function]} {inner}"
        case _:
            return "that number"


def _tags(condition: Condition) -> Iterator[str]:
    if isinstance(condition, Compare) and condition.operator is Operator.EQUAL and isinstance(condition.right, tuple):
        yield " or ".join(str(one) for one in condition.right if not isinstance(one, bool))
    elif isinstance(condition, During):
        yield _days(condition.start, condition.end)


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""
