"""What a query is made of: its fields, its conditions one by one, and the table that its rows are about."""

from __future__ import annotations

from collections.abc import Iterator

from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    Both,
    Bucket,
    Compare,
    Condition,
    Duration,
    During,
    Either,
    Exists,
    Expression,
    Field,
    MetricValue,
    Not,
    Query,
    Rows,
)

Grouped = Expression | Rows


def expression_fields(expression: Grouped) -> Iterator[Field]:
    """The columns that an expression reads."""
    match expression:
        case Field():
            yield expression
        case Bucket(field=field):
            yield field
        case Aggregate(of=of):
            if not isinstance(of, Rows):
                yield from expression_fields(of)
        case Arithmetic(left=left, right=right):
            yield from expression_fields(left)
            yield from expression_fields(right)
        case Duration(start=start, end=end):
            yield from (one for one in (start, end) if isinstance(one, Field))
        case MetricValue() | Rows():
            return
        case _:  # a number made of another: a share, a running total
            yield from expression_fields(expression.of)


def is_measure(expression: Grouped) -> bool:
    """Whether it is a number over several rows."""
    match expression:
        case Field() | Bucket() | Duration() | Rows():
            return False
        case Arithmetic(left=left, right=right):
            return is_measure(left) or is_measure(right)
        case _:
            return True


def conjuncts(condition: Condition | None) -> tuple[Condition, ...]:
    """The conditions that all hold, each by itself."""
    if condition is None:
        return ()
    if isinstance(condition, Both):
        return tuple(one for part in condition.conditions for one in conjuncts(part))
    return (condition,)


def together(conditions: tuple[Condition, ...]) -> Condition | None:
    """All of them as one; an equal one is said once."""
    kept = tuple(dict.fromkeys(one for part in conditions for one in conjuncts(part)))
    if not kept:
        return None
    return kept[0] if len(kept) == 1 else Both(kept)


def condition_fields(condition: Condition) -> Iterator[Field]:
    """The columns that a condition is about, those within `Exists` too; those of a query it compares with not."""
    match condition:
        case Compare(left=left):
            yield from expression_fields(left)
        case During(field=field):
            yield field
        case Both(conditions=parts) | Either(conditions=parts):
            for part in parts:
                yield from condition_fields(part)
        case Not(condition=inner):
            yield from condition_fields(inner)
        case Exists(where=where, having=having):
            for inside in (where, having):
                if inside is not None:
                    yield from condition_fields(inside)


def measures(query: Query) -> tuple[Expression, ...]:
    """The numbers that are shown."""
    return tuple(one for one in query.show if is_measure(one))


def tables(query: Query) -> tuple[TableKey, ...]:
    """The tables that a query names, the one its rows are about first."""
    found: list[TableKey] = [query.subject.table] if query.subject else []
    for expression in (*query.show, *query.group, *(one.by for one in query.order), *query.per):
        found += _of(expression)
    found += [rows.table for rows in query.also]
    for condition in (*conjuncts(query.where), *conjuncts(query.having)):
        if isinstance(condition, Exists):
            found.append(condition.rows.table)
        found += [field.key.table for field in condition_fields(condition)]
    if query.combined:
        found += tables(query.combined[1])
    return tuple(dict.fromkeys(found))


def _of(expression: Grouped) -> list[TableKey]:
    if isinstance(expression, Rows):
        return [expression.table]
    if isinstance(expression, Aggregate) and isinstance(expression.of, Rows):
        return [expression.of.table]
    return [field.key.table for field in expression_fields(expression)]


def base(query: Query) -> Rows | None:
    """The rows that the query runs over: its subject, else the table that is counted, else that of what it shows."""
    if query.subject:
        return query.subject
    for expression in query.show:
        if isinstance(expression, Aggregate) and isinstance(expression.of, Rows):
            return expression.of
    for grouped in (*query.show, *query.group):
        if isinstance(grouped, Rows):
            return grouped
        for field in expression_fields(grouped):
            return field.rows
    return None


def topics(query: Query) -> tuple[Rows, ...]:
    """What "they" may be, the likeliest first: whatever a row of the result is, then what the query runs over.

    A result by group is about the groups ("the department with the most staff … its budget").
    """
    found = [one for one in query.group if isinstance(one, Rows)]
    grouped = [one for one in query.group if isinstance(one, Field)]
    shown = [one for one in query.show if isinstance(one, Field)]
    for fields in (grouped, shown):
        owners = dict.fromkeys(field.rows for field in fields)
        if len(owners) == 1:
            found += owners
    rows = base(query)
    if rows:
        found.append(rows)
    found += [field.rows for field in shown]
    return tuple(dict.fromkeys(found))
