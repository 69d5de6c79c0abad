"""Expressions into SQL: columns, dates cut to a grain, arithmetic; numbers over many rows by whoever computes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sqlglot import exp

from services.ml_gateway.engine.dialects import day_start, divided
from services.ml_gateway.engine.model import DataType
from services.ml_gateway.engine.problems import unsupported
from services.ml_gateway.engine.query.buckets import bucketed
from services.ml_gateway.engine.query.durations import elapsed
from services.ml_gateway.engine.query.model import (
    Arithmetic,
    ArithmeticOperator,
    Bucket,
    Change,
    Duration,
    Each,
    Expression,
    Field,
    Literal,
    Running,
    Share,
)
from services.ml_gateway.engine.query.rows import Leaf
from services.ml_gateway.engine.query.scope import Scope

Render = Callable[[Leaf], exp.Expr]
Term = Callable[[Expression, exp.Expr], exp.Expr]
_ARITHMETIC: dict[ArithmeticOperator, type[exp.Binary]] = {
    ArithmeticOperator.PLUS: exp.Add, ArithmeticOperator.MINUS: exp.Sub, ArithmeticOperator.TIMES: exp.Mul,
}  # fmt: skip


def rendered(
    one: Expression,
    leaf: Render,
    dialect: str,
    known: Mapping[Expression, exp.Expr] | None = None,
    term: Term = lambda _, value: value,
) -> exp.Expr:
    """known: expressions that have a value already. term: what is added or subtracted, as it is there."""
    if known and one in known:
        return known[one].copy()
    match one:
        case Arithmetic():
            left, right = (rendered(side, leaf, dialect, known, term) for side in (one.left, one.right))
            if one.operator in (ArithmeticOperator.PLUS, ArithmeticOperator.MINUS):
                left, right = term(one.left, left), term(one.right, right)
            if one.operator is ArithmeticOperator.DIVIDED_BY:
                return exp.Paren(this=divided(left, right, dialect))
            return exp.Paren(this=_ARITHMETIC[one.operator](this=left, expression=right))
        case Share() | Running() | Change() | Each():
            raise unsupported("a number over groups where there are none")
        case _:
            return leaf(one)


def row_value(one: Expression, scope: Scope, *, sure: bool = True) -> exp.Expr:
    """An expression over the columns of one row."""

    def leaf(of: Leaf) -> exp.Expr:
        assert isinstance(of, Field | Bucket | Duration), of
        return column_value(of, scope, sure=sure)

    return rendered(one, leaf, scope.setting.dialect)


def column_value(of: Field | Bucket | Duration, scope: Scope, *, sure: bool = True) -> exp.Expr:
    if isinstance(of, Field):
        return scope.column(of, sure=sure)
    if isinstance(of, Duration):
        return elapsed(_end(of.start, scope, sure), _end(of.end, scope, sure), of.unit, scope.setting)
    column = scope.column(of.field, sure=sure)
    return bucketed(column, of, scope.known(of.field).data_type, scope.setting)


def _end(one: Field | date, scope: Scope, sure: bool) -> tuple[exp.Expr, DataType]:
    if isinstance(one, Field):
        return scope.column(one, sure=sure), scope.known(one).data_type
    return day_start(one, DataType.DATE, scope.setting.timezone, scope.setting.dialect), DataType.DATE


def number(value: float) -> exp.Expr:
    text = str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
    return exp.Neg(this=exp.Literal.number(text[1:])) if text.startswith("-") else exp.Literal.number(text)


def literal(value: Literal) -> exp.Expr:
    if isinstance(value, bool):
        return exp.Boolean(this=value)
    if isinstance(value, int | float):
        return number(value)
    return exp.Literal.string(value.isoformat() if isinstance(value, date) else value)


def literals(values: Sequence[Literal]) -> list[exp.Expr]:
    return [literal(value) for value in values]
