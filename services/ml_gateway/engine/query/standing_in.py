"""Columns that stand in for others where a number is about another table's rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from services.ml_gateway.engine.query.model import (
    Arithmetic,
    Both,
    Bucket,
    Compare,
    Condition,
    Duration,
    During,
    Either,
    Expression,
    Field,
    Not,
    Query,
    Rows,
)

Some = TypeVar("Some", Expression, Field | Bucket | Duration)


def for_rows(one: Some, home: Rows) -> Some:
    """An expression over one row's columns, as the rows of `home` have it: by their own column where there is one."""
    match one:
        case Field():
            return _own(one, home)
        case Bucket():
            return replace(one, field=_own(one.field, home))
        case Duration():
            start, end = (_own(end, home) if isinstance(end, Field) else end for end in (one.start, one.end))
            return replace(one, start=start, end=end)
        case Arithmetic():
            return replace(one, left=for_rows(one.left, home), right=for_rows(one.right, home))
        case _:
            return one


def _own(field: Field, home: Rows) -> Field:
    if not field.alike:
        return field
    own = next((other for other in (field, *field.alike) if other.key.table == home.table), field)
    return replace(own, alike=())


def condition_for_rows(condition: Condition | None, home: Rows) -> Condition | None:
    return None if condition is None else _condition(condition, home)


def _condition(condition: Condition, home: Rows) -> Condition:
    match condition:
        case Compare():
            right = condition.right
            right = right if isinstance(right, tuple | Query) else for_rows(right, home)
            return replace(condition, left=for_rows(condition.left, home), right=right)
        case During():
            return replace(condition, field=_own(condition.field, home))
        case Both() | Either():
            return replace(condition, conditions=tuple(_condition(one, home) for one in condition.conditions))
        case Not():
            return replace(condition, condition=_condition(condition.condition, home))
        case _:
            return condition
