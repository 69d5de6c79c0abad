"""Columns, literals, functions and arithmetic of SQL → expressions of the intermediate form."""

from __future__ import annotations

from datetime import date

from sqlglot import exp

from services.ml_gateway.engine.model import DataType
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    ArithmeticOperator,
    Bucket,
    Expression,
    Field,
    Function,
    Literal,
    MetricValue,
    Rows,
)
from services.ml_gateway.engine.reading import Grain
from services.ml_gateway.training.problems import NotRepresentable
from services.ml_gateway.training.sources import Sources

_FUNCTIONS: dict[type[exp.Expr], Function] = {
    exp.Sum: Function.SUM, exp.Avg: Function.AVG, exp.Min: Function.MIN, exp.Max: Function.MAX,
}  # fmt: skip
_ARITHMETIC: dict[type[exp.Expr], ArithmeticOperator] = {
    exp.Add: ArithmeticOperator.PLUS, exp.Sub: ArithmeticOperator.MINUS,
    exp.Mul: ArithmeticOperator.TIMES, exp.Div: ArithmeticOperator.DIVIDED_BY,
}  # fmt: skip

METRIC = "METRIC"  # a function of SQL that stands for a metric, by its name


def grain_of(node: exp.Expr) -> Grain | None:
    """What a date is cut to by DATE of SQLite: a day, or with modifiers the first day of something longer."""
    if isinstance(node, exp.Date) and node.this is not None:
        return Grain.DAY
    if not isinstance(node, exp.Anonymous) or node.name.upper() != "DATE" or len(node.expressions) < 2:
        return None
    first, *more = node.expressions[1:]
    match first.name:
        case "start of year":
            return Grain.YEAR if not more else None
        case "start of month" if not more:
            return Grain.MONTH
        case "start of month" if more[0].find(exp.Mod):
            return Grain.QUARTER
        case "weekday 0" if more and more[0].name == "-6 days":
            return Grain.WEEK
    return None


def expression(node: exp.Expr, sources: Sources) -> Expression:
    node = node.unnest()
    if isinstance(node, exp.Alias):
        return expression(node.this, sources)
    if isinstance(node, exp.Column):
        return column(node, sources)
    if isinstance(node, exp.Count):
        return count(node, sources)
    if type(node) in _FUNCTIONS:
        distinct = isinstance(node.this, exp.Distinct)
        inner = node.this.expressions[0] if distinct else node.this
        of = expression(inner, sources)
        if not isinstance(of, Field | Arithmetic):
            raise NotRepresentable("a function of a function")
        return Aggregate(_FUNCTIONS[type(node)], of, distinct)
    if isinstance(node, exp.Anonymous) and node.name == METRIC:
        return MetricValue(node.expressions[0].name)
    if grain := grain_of(node):
        of = expression(node.expressions[0] if isinstance(node, exp.Anonymous) else node.this, sources)
        if isinstance(of, Field):
            return Bucket(of, grain)
    if isinstance(node, exp.Mul) and node.right.unnest() == exp.Literal.number("1.0"):
        return expression(node.left, sources)  # what keeps integers from being divided as such
    if isinstance(node, exp.Binary) and type(node) in _ARITHMETIC:
        return Arithmetic(_ARITHMETIC[type(node)], expression(node.left, sources), expression(node.right, sources))
    if isinstance(node, exp.Cast | exp.Lower):
        return expression(node.this, sources)
    raise NotRepresentable(f"an expression: {type(node).__name__}")


def column(node: exp.Column, sources: Sources) -> Field:
    found = sources.find(node)
    if found is None:
        if sources.outer and sources.outer.find(node):
            raise NotRepresentable("a correlated sub-query")
        raise NotRepresentable("an unknown column")
    return sources.field(*found)


def count(node: exp.Count, sources: Sources) -> Aggregate:
    """COUNT(*) is about the rows of the many side; so is the count of a key, which is never missing."""
    distinct = isinstance(node.this, exp.Distinct)
    inner = node.this.expressions[0] if distinct else node.this
    if isinstance(inner, exp.Star) or (isinstance(inner, exp.Literal) and not distinct):
        return Aggregate(Function.COUNT, sources.rows(sources.bottom()))
    inner = inner.unnest()
    if isinstance(inner, exp.Star) or not isinstance(inner, exp.Column):
        raise NotRepresentable("a count of an expression")
    of = column(inner, sources)
    found = sources.find(inner)
    if not distinct:
        joins = {(e.many, e.many_column) for e in sources.edges} | {(e.one, e.one_column) for e in sources.edges}
        if sources.is_key(of) or found in joins:
            return Aggregate(Function.COUNT, sources.rows(sources.bottom()))
        return Aggregate(Function.COUNT, of)
    if (of.key.name,) == sources.catalog.by_key[of.key.table].primary_key:
        return Aggregate(Function.COUNT, Rows(of.key.table, of.role))
    return Aggregate(Function.COUNT, of, distinct=True)


def literal(node: exp.Expr, sources: Sources, like: Field | None) -> Literal | None:
    """A value, as the column that it is compared with holds it; None: no literal. "x" is a text if no column is x."""
    node = node.unnest()
    if isinstance(node, exp.Neg):
        inner = literal(node.this, sources, like)
        return -inner if isinstance(inner, float | int) and not isinstance(inner, bool) else None
    if isinstance(node, exp.Boolean):
        return bool(node.this)
    known = sources.catalog.columns[like.key].data_type if like else DataType.OTHER
    if isinstance(node, exp.Literal):
        return _typed(node.this, known, written_as_text=node.is_string)
    if isinstance(node, exp.Column) and not node.table and node.this.quoted and not _somewhere(node, sources):
        return _typed(node.name, known, written_as_text=True)
    return None


def _somewhere(node: exp.Column, sources: Sources | None) -> bool:
    while sources is not None:
        if sources.find(node):
            return True
        sources = sources.outer
    return False


def _typed(text: str, data_type: DataType, *, written_as_text: bool) -> Literal:
    if written_as_text and data_type.temporal:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    if written_as_text and not data_type.numeric:
        return text
    if not written_as_text and data_type is DataType.TEXT:
        return text
    try:
        return float(text)
    except ValueError:
        return text
