"""Columns that stand in for others where a number is about another table's rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from services.ml_gateway.engine.query.keys import Keys
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


def for_rows(one: Some, home: Rows, keys: Keys) -> Some:
    """An expression over one row's columns, as the rows of `home` have it: by their own column where there is one, else
    by that of rows above them, of which each has one."""
    match one:
        case Field():
            return _own(one, home, keys)
        case Bucket():
            return replace(one, field=_own(one.field, home, keys))
        case Duration():
            start, end = (_own(end, home, keys) if isinstance(end, Field) else end for end in (one.start, one.end))
            return replace(one, start=start, end=end)
        case Arithmetic():
            return replace(one, left=for_rows(one.left, home, keys), right=for_rows(one.right, home, keys))
        case _:
            return one


def _own(field: Field, home: Rows, keys: Keys) -> Field:
    """Revenue of order lines in 2025 is that of orders placed then, and not that of lines refunded then."""
    if not field.alike:
        return field
    known = (field, *field.alike)
    own = next((other for other in known if other.key.table == home.table), None)
    own = own or next((other for other in known if _has_one(home, other, keys)), field)
    return replace(own, alike=())


def _has_one(home: Rows, field: Field, keys: Keys) -> bool:
    """Whether no row of `home` has several of the column's rows."""
    ways = keys.ways(home.table, field.key.table)
    return bool(ways) and not any(keys.fans(hop) for hop in ways[0].hops)


def condition_for_rows(condition: Condition | None, home: Rows, keys: Keys) -> Condition | None:
    return None if condition is None else _condition(condition, home, keys)


def _condition(condition: Condition, home: Rows, keys: Keys) -> Condition:
    match condition:
        case Compare():
            right = condition.right
            right = right if isinstance(right, tuple | Query) else for_rows(right, home, keys)
            return replace(condition, left=for_rows(condition.left, home, keys), right=right)
        case During():
            return replace(condition, field=_own(condition.field, home, keys))
        case Both() | Either():
            return replace(condition, conditions=tuple(_condition(one, home, keys) for one in condition.conditions))
        case Not():
            return replace(condition, condition=_condition(condition.condition, home, keys))
        case _:
            return condition
