"""Which rows the parts of a query speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    Both,
    Bucket,
    Change,
    Compare,
    Condition,
    Duration,
    During,
    Each,
    Either,
    Exists,
    Expression,
    Field,
    MetricValue,
    Not,
    Query,
    Rows,
    Running,
    Share,
)

Leaf = Field | Bucket | Duration | Aggregate | MetricValue


def leaves(one: Expression) -> Iterator[Leaf]:
    """What an expression is made of: columns outside of aggregates, and numbers over many rows."""
    match one:
        case Arithmetic():
            yield from leaves(one.left)
            yield from leaves(one.right)
        case Each():
            yield from leaves(one.of)
        case Share():
            yield from leaves(one.of)
            yield from one.per
        case Running() | Change():
            yield from leaves(one.of)
            yield one.along
        case _:
            yield one


def parts_within(one: Expression) -> Iterator[Expression]:
    """The expression and all that it is made of, down to its leaves."""
    yield one
    match one:
        case Arithmetic():
            yield from parts_within(one.left)
            yield from parts_within(one.right)
        case Share() | Running() | Change():
            yield from parts_within(one.of)
        case _:
            pass


def is_computed(one: Expression) -> bool:
    """Whether the expression is a number over many rows."""
    return any(isinstance(leaf, Aggregate | MetricValue) for leaf in leaves(one))


def rows_of(one: Expression | Rows) -> Iterator[Rows]:
    if isinstance(one, Rows):
        yield one
        return
    if isinstance(one, Each):
        for key in one.by:
            yield from rows_of(key)
    for leaf in leaves(one):
        match leaf:
            case Field():
                yield leaf.rows
            case Bucket():
                yield leaf.field.rows
            case Duration():
                yield from (end.rows for end in (leaf.start, leaf.end) if isinstance(end, Field))
            case Aggregate():
                yield from rows_of(leaf.of)
            case MetricValue():
                pass


def rows_of_condition(condition: Condition) -> Iterator[Rows]:
    """What stands inside of Exists or of another query is not of this one's rows."""
    match condition:
        case Compare():
            yield from rows_of(condition.left)
            if not isinstance(condition.right, tuple | Query):
                yield from rows_of(condition.right)
        case During():
            yield condition.field.rows
        case Both() | Either():
            for one in condition.conditions:
                yield from rows_of_condition(one)
        case Not():
            yield from rows_of_condition(condition.condition)
        case Exists():
            pass


def compared(condition: Condition) -> Iterator[Expression]:
    """The expressions that a condition compares."""
    match condition:
        case Compare():
            yield condition.left
            if not isinstance(condition.right, tuple | Query):
                yield condition.right
        case During():
            yield condition.field
        case Both() | Either():
            for one in condition.conditions:
                yield from compared(one)
        case Not():
            yield from compared(condition.condition)
        case Exists():
            pass


def conjuncts(condition: Condition | None) -> tuple[Condition, ...]:
    if condition is None:
        return ()
    if isinstance(condition, Both):
        return tuple(one for part in condition.conditions for one in conjuncts(part))
    return (condition,)


def distinct(rows: Iterable[Rows]) -> tuple[Rows, ...]:
    return tuple(dict.fromkeys(rows))
