"""Conditions of SQL → conditions of the intermediate form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlglot import exp

from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    Both,
    Compare,
    Condition,
    Either,
    Expression,
    Field,
    Literal,
    Not,
    Query,
)
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.training.problems import NotRepresentable
from services.ml_gateway.training.sources import Sources
from services.ml_gateway.training.values import expression, literal

_COMPARISONS: dict[type[exp.Expr], Operator] = {
    exp.EQ: Operator.EQUAL, exp.NEQ: Operator.NOT_EQUAL, exp.GT: Operator.GREATER, exp.GTE: Operator.AT_LEAST,
    exp.LT: Operator.LESS, exp.LTE: Operator.AT_MOST,
}  # fmt: skip
_MIRRORED = {
    Operator.GREATER: Operator.LESS, Operator.LESS: Operator.GREATER,
    Operator.AT_LEAST: Operator.AT_MOST, Operator.AT_MOST: Operator.AT_LEAST,
}  # fmt: skip
_NEGATED = {
    Operator.EQUAL: Operator.NOT_EQUAL, Operator.NOT_EQUAL: Operator.EQUAL,
    Operator.IS_NULL: Operator.NOT_NULL, Operator.NOT_NULL: Operator.IS_NULL,
}  # fmt: skip

# What `field IN (sub-query)` says, where keys connect the two.
Membership = Callable[[Field, exp.Query, Sources], Condition]
# What EXISTS (sub-query) says of a row.
Existing = Callable[[exp.Query, Sources], Condition]
# A sub-query that stands for a value.
Nested = Callable[[exp.Query, Sources], Query]


def both(conditions: Iterable[Condition]) -> Condition | None:
    flat: list[Condition] = []
    for one in conditions:
        flat += one.conditions if isinstance(one, Both) else (one,)
    flat = list(dict.fromkeys(flat))
    return Both(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def either(conditions: Sequence[Condition]) -> Condition:
    """Equal to one value or to another is equal to any of several."""
    flat: list[Condition] = []
    for one in conditions:
        flat += one.conditions if isinstance(one, Either) else (one,)
    excluded = _excluded(flat)
    if excluded is not None:
        return excluded
    left = flat[0].left if isinstance(flat[0], Compare) else None
    values: list[Literal] = []
    for one in flat:
        if not (isinstance(one, Compare) and one.operator is Operator.EQUAL and one.left == left):
            return Either(tuple(dict.fromkeys(flat)))
        if not isinstance(one.right, tuple):
            return Either(tuple(dict.fromkeys(flat)))
        values += one.right
    assert left is not None
    return Compare(left, Operator.EQUAL, tuple(dict.fromkeys(values)))


def _excluded(alternatives: Sequence[Condition]) -> Condition | None:
    """Not equal or missing: what NOT_EQUAL means already."""
    if len(alternatives) != 2:
        return None
    one, other = alternatives
    if not (isinstance(one, Compare) and isinstance(other, Compare) and one.left == other.left):
        return None
    operators = (one.operator, other.operator)
    return one if operators == (Operator.NOT_EQUAL, Operator.IS_NULL) else None


def negated(condition: Condition) -> Condition:
    if isinstance(condition, Not):
        return condition.condition
    if isinstance(condition, Compare) and condition.operator in _NEGATED:
        return Compare(condition.left, _NEGATED[condition.operator], condition.right)
    return Not(condition)


class Conditions:
    """Reads the conditions of one SELECT."""

    def __init__(self, sources: Sources, membership: Membership, nested: Nested, existing: Existing) -> None:
        self._sources = sources
        self._membership = membership
        self._nested = nested
        self._existing = existing

    def all(self, nodes: Iterable[exp.Expr]) -> Condition | None:
        return both([self.read(node) for node in nodes])

    def read(self, node: exp.Expr) -> Condition:
        node = node.unnest()
        if isinstance(node, exp.And):
            made = both([self.read(node.left), self.read(node.right)])
            assert made
            return made
        if isinstance(node, exp.Or):
            return either([self.read(node.left), self.read(node.right)])
        if isinstance(node, exp.Not):
            return negated(self.read(node.this))
        if isinstance(node, exp.Between):
            left = expression(node.this, self._sources)
            return Compare(left, Operator.BETWEEN, self._values([node.args["low"], node.args["high"]], left))
        if isinstance(node, exp.In):
            return self._in(node)
        if isinstance(node, exp.Exists):
            return self._existing(node.this, self._sources)
        if isinstance(node, exp.Is):
            return self._is(node)
        if isinstance(node, exp.Like):
            return self._like(node)
        if isinstance(node, exp.Column):
            return Compare(expression(node, self._sources), Operator.EQUAL, (True,))
        if type(node) in _COMPARISONS:
            assert isinstance(node, exp.Binary)
            return self._compare(node)
        raise NotRepresentable(f"a condition: {type(node).__name__}")

    def _compare(self, node: exp.Binary) -> Condition:
        operator, left, right = _COMPARISONS[type(node)], node.left.unnest(), node.right.unnest()
        if isinstance(left, exp.Subquery | exp.Query) or literal(left, self._sources, None) is not None:
            operator, left, right = _MIRRORED.get(operator, operator), right, left
        compared = expression(left, self._sources)
        if isinstance(right, exp.Subquery | exp.Query):
            query = right.this if isinstance(right, exp.Subquery) else right
            return Compare(compared, operator, self._nested(query, self._sources))
        value = literal(right, self._sources, _typing(compared))
        if value is None:
            return Compare(compared, operator, expression(right, self._sources))
        return Compare(compared, operator, (value,))

    def _in(self, node: exp.In) -> Condition:
        left = expression(node.this, self._sources)
        if query := node.args.get("query"):
            if not isinstance(left, Field):
                raise NotRepresentable("an expression in a sub-query")
            return self._membership(left, query.unnest(), self._sources)
        return Compare(left, Operator.EQUAL, self._values(node.expressions, left))

    def _is(self, node: exp.Is) -> Condition:
        left = expression(node.this, self._sources)
        if isinstance(node.expression, exp.Null):
            return Compare(left, Operator.IS_NULL)
        raise NotRepresentable("IS something")

    def _like(self, node: exp.Like) -> Condition:
        left = expression(node.this, self._sources)
        text = literal(node.expression, self._sources, None)
        if not isinstance(text, str):
            raise NotRepresentable("LIKE something unknown")
        core = text.strip("%")
        if "_" in core or "%" in core or not core:
            raise NotRepresentable("a pattern")
        ends = (text.startswith("%"), text.endswith("%"))
        operator = {
            (True, True): Operator.CONTAINS, (False, True): Operator.STARTS_WITH,
            (True, False): Operator.ENDS_WITH, (False, False): Operator.EQUAL,
        }[ends]  # fmt: skip
        return Compare(left, operator, (core,))

    def _values(self, nodes: Sequence[exp.Expr], left: Expression) -> tuple[Literal, ...]:
        values = [literal(node, self._sources, _typing(left)) for node in nodes]
        if any(value is None for value in values):
            raise NotRepresentable("a range of columns")
        return tuple(value for value in values if value is not None)


def _typing(left: Expression) -> Field | None:
    """The column whose type a literal beside the expression has."""
    if isinstance(left, Aggregate) and isinstance(left.of, Field) and left.function not in ("count", "avg"):
        return left.of
    if isinstance(left, Arithmetic):
        return None
    return left if isinstance(left, Field) else None
