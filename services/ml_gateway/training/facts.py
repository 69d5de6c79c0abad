"""What a query asks, as flat lists of facts that the words of its question can be laid beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, is_dataclass

from services.ml_gateway.engine.model import ColumnKey, TableKey
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
    Literal,
    MetricValue,
    Not,
    Query,
    Rows,
    SetOperator,
)
from services.ml_gateway.engine.reading import Operator


@dataclass(frozen=True, slots=True)
class Held:
    """A condition on a column. against: it is compared with an aggregate of itself."""

    column: ColumnKey
    operator: Operator
    values: tuple[Literal, ...] = ()
    negated: bool = False
    against: bool = False
    role: int | None = None


@dataclass(slots=True)
class Facts:
    """Of the query and all that it holds; shown of the outermost alone. roles: numbers of the relationships that say
    in which part a table is meant. top: only the first are kept."""

    tables: set[TableKey] = field(default_factory=set)
    roles: set[int] = field(default_factory=set)
    shown: list[Expression] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    absent: set[TableKey] = field(default_factory=set)
    group: list[Expression | Rows] = field(default_factory=list)
    order: list[tuple[Expression, bool, bool]] = field(default_factory=list)  # descending, top
    having: list[tuple[Expression, tuple[Literal, ...]]] = field(default_factory=list)
    limits: set[int] = field(default_factory=set)


def facts_of(query: Query) -> Facts:
    found = Facts(shown=list(query.show), roles=set(_roles(query)))
    _query(query, found, False)
    return found


def _query(query: Query, facts: Facts, negated: bool) -> None:
    for one in (*query.show, *query.group, *query.also):
        facts.tables |= tables_of(one)
    facts.group += query.group
    facts.order += [(one.by, one.descending, query.limit is not None) for one in query.order]
    for ordering in query.order:
        facts.tables |= tables_of(ordering.by)
    if query.limit is not None:
        facts.limits.add(query.limit)
    if query.where:
        _condition(query.where, facts, negated)
    if query.having:
        _having(query.having, facts)
    if query.combined:
        operator, other = query.combined
        _query(other, facts, negated != (operator is SetOperator.EXCEPT))


def _condition(condition: Condition, facts: Facts, negated: bool) -> None:
    match condition:
        case Both() | Either():
            for one in condition.conditions:
                _condition(one, facts, negated)
        case Not():
            _condition(condition.condition, facts, not negated)
        case Exists():
            facts.tables.add(condition.rows.table)
            if negated and condition.where is None and condition.having is None:
                facts.absent.add(condition.rows.table)
            if condition.where:
                _condition(condition.where, facts, negated)
            if condition.having:
                _having(condition.having, facts)
        case During():
            facts.held.append(Held(condition.field.key, Operator.BETWEEN))
            facts.tables.add(condition.field.key.table)
        case Compare():
            _compare(condition, facts, negated)


def _compare(compare: Compare, facts: Facts, negated: bool) -> None:
    facts.tables |= tables_of(compare.left)
    right = compare.right
    column = compare.left.key if isinstance(compare.left, Field) else None
    if isinstance(right, tuple):
        if column:
            facts.held.append(Held(column, compare.operator, right, negated, role=_role(compare.left)))
        return
    if isinstance(right, Field) and column:
        facts.held += [Held(column, compare.operator), Held(right.key, compare.operator)]
        facts.tables.add(right.key.table)
    if not isinstance(right, Query):
        return
    alone = len(right.show) == 1 and isinstance(right.show[0], Aggregate)
    if alone and column and isinstance(right.show[0], Aggregate) and isinstance(right.show[0].of, Field):
        facts.held.append(Held(column, compare.operator, (), negated, right.show[0].of.key == column))
    _query(right, facts, negated != (compare.operator is Operator.NOT_EQUAL))


def _roles(node: object) -> Iterator[int]:
    if isinstance(node, tuple):
        for one in node:
            yield from _roles(one)
    elif isinstance(node, Field | Rows):
        if node.role is not None:
            yield node.role
    elif is_dataclass(node):
        for name in node.__dataclass_fields__:
            yield from _roles(getattr(node, name))


def _role(expression: Expression) -> int | None:
    return expression.role if isinstance(expression, Field) else None


def _having(condition: Condition, facts: Facts) -> None:
    match condition:
        case Both() | Either():
            for one in condition.conditions:
                _having(one, facts)
        case Not():
            _having(condition.condition, facts)
        case Compare():
            facts.tables |= tables_of(condition.left)
            facts.having.append((condition.left, condition.right if isinstance(condition.right, tuple) else ()))


def tables_of(node: object) -> set[TableKey]:
    if isinstance(node, Rows):
        return {node.table}
    if isinstance(node, Field):
        return {node.key.table}
    if isinstance(node, Bucket):
        return {node.field.key.table}
    if isinstance(node, Aggregate):
        return tables_of(node.of)
    return set()


def counted(expression: Expression) -> Rows | None:
    """The rows that an expression counts."""
    if isinstance(expression, Aggregate) and expression.function is Function.COUNT and isinstance(expression.of, Rows):
        return expression.of
    return None


def measured(expression: Expression) -> ColumnKey | None:
    """The column that an expression shows or aggregates."""
    if isinstance(expression, Field):
        return expression.key
    if isinstance(expression, Aggregate) and isinstance(expression.of, Field):
        return expression.of.key
    return None


def metric(expression: Expression) -> str:
    return expression.name if isinstance(expression, MetricValue) else ""
