"""A metric's own SQL, with its columns tied to the tables of the query that it becomes part of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import ColumnKey, Metric
from services.ml_gateway.engine.problems import Unreadable, no_such_data
from services.ml_gateway.engine.query.model import (
    Arithmetic,
    ArithmeticOperator,
    Compare,
    Expression,
    Field,
    MetricValue,
    Query,
    Rows,
)
from services.ml_gateway.engine.query.rows import conjuncts
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.query.scope import Scope
from services.ml_gateway.engine.reading import Operator, Place


def expanded(one: MetricValue, schema: Schema) -> Expression:
    """A ratio as the division of its two metrics. Raises Unreadable for an unknown name or a ratio of ratios."""
    metric = _metric(one.name, schema)
    if not metric.numerator:
        return one
    parts = [_metric(name, schema) for name in (metric.numerator, metric.denominator)]
    if any(part.numerator for part in parts):
        raise _broken(metric)
    above, below = (MetricValue(part.name) for part in parts)
    return Arithmetic(ArithmeticOperator.DIVIDED_BY, above, below)


def home(one: MetricValue, schema: Schema) -> Rows:
    return Rows(_metric(one.name, schema).table)


def filters(one: MetricValue, schema: Schema) -> tuple[str, ...]:
    return _metric(one.name, schema).filters


def fields(one: MetricValue, schema: Schema) -> tuple[Field, ...]:
    """The columns that the metric's expression and filters name."""
    metric = _metric(one.name, schema)
    texts = (metric.expression, *metric.filters)
    return tuple(
        _field(metric, column, schema)
        for text in texts
        for column in _parsed(metric, text, schema).find_all(exp.Column)
    )


def metric_expression(one: MetricValue, scope: Scope) -> exp.Expr:
    """Raises Unreadable where the metric's SQL can't be parsed or names a column that the catalog lacks."""
    metric = _metric(one.name, scope.schema)
    tied = _tied(metric, metric.expression, scope)
    if not tied.find(exp.AggFunc):
        raise _broken(metric)
    return exp.Paren(this=tied) if isinstance(tied, exp.Binary) else tied


def metric_conditions(one: MetricValue, scope: Scope) -> list[exp.Expr]:
    metric = _metric(one.name, scope.schema)
    return [exp.Paren(this=_tied(metric, text, scope)) for text in metric.filters]


def contradicted(query: Query, index: Index) -> Unreadable | None:
    """ "Revenue of cancelled orders", where revenue is that of all others: nothing, whatever the rows are."""
    names = {one.name for one in query.show if isinstance(one, MetricValue)}
    if len(names) != 1:
        return None
    metric = index.metrics[names.pop()]
    left_out = [each for text in metric.filters for each in _left_out(metric, text, index.catalog.dialect)]
    for one in conjuncts(query.where):
        if not isinstance(one, Compare) or one.operator is not Operator.EQUAL or not isinstance(one.left, Field):
            continue
        column = (one.left.key.table.name.lower(), one.left.key.name.lower())
        values = one.right if isinstance(one.right, tuple) else ()
        if values and all((*column, str(value)) in left_out for value in values):
            label, said = metric.label or metric.name, " or ".join(map(str, values))
            message = f"“{label}” leaves out what is “{said}”, so there is none of that. {metric.description}".strip()
            return no_such_data(message)
    return None


def _left_out(metric: Metric, text: str, dialect: str) -> Iterator[tuple[str, str, str]]:
    """Table, column and value of what a filter rules out by itself."""
    parsed = _parse(text, dialect)
    for one in parsed.flatten() if isinstance(parsed, exp.And) else [parsed]:
        column, values = None, list[exp.Expr]()
        if isinstance(one, exp.NEQ):
            column, values = one.this, [one.expression]
        elif isinstance(one, exp.Not) and isinstance(one.this, exp.In):
            column, values = one.this.this, one.this.expressions
        if isinstance(column, exp.Column):
            table = (column.table or metric.table.name).lower()
            yield from ((table, column.name.lower(), each.name) for each in values if isinstance(each, exp.Literal))


def _metric(name: str, schema: Schema) -> Metric:
    metric = schema.index.metrics.get(name)
    if metric is None:
        raise no_such_data(f"There is no metric “{name}”.")
    return metric


@lru_cache(maxsize=2048)
def _parse(text: str, dialect: str) -> exp.Expr | None:
    try:
        return parse_one(text, dialect=dialect)
    except (SqlglotError, RecursionError):
        return None


def _parsed(metric: Metric, text: str, schema: Schema) -> exp.Expr:
    parsed = _parse(text, schema.dialect)
    if parsed is None or parsed.find(exp.Query, exp.Placeholder, exp.Parameter):
        raise _broken(metric)
    return parsed


def _tied(metric: Metric, text: str, scope: Scope) -> exp.Expr:
    def tie(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, exp.Column):
            return node
        of = _field(metric, node, scope.schema)
        return scope.named(_place(metric, of, scope), of.key.name, sure=False)

    return _parsed(metric, text, scope.schema).copy().transform(tie)


def _place(metric: Metric, of: Field, scope: Scope) -> Place:
    """Up from the metric's table, whatever else of the same name the query joins."""
    ways = scope.schema.keys.ways(metric.table, of.key.table)
    return Place(of.key.table, ways[0].hops)


def _field(metric: Metric, column: exp.Column, schema: Schema) -> Field:
    for table in schema.catalog.tables:
        if column.table and column.table.lower() != table.name.lower():
            continue
        if not column.table and table.key != metric.table:
            continue
        if column.db and column.db.lower() != table.schema.lower():
            continue
        name = next((c.name for c in table.columns if c.name.lower() == column.name.lower()), None)
        ways = schema.keys.ways(metric.table, table.key)
        if name and ways and not any(schema.keys.fans(hop) for hop in ways[0].hops):
            return Field(ColumnKey(table.key, name))
    raise _broken(metric)


def _broken(metric: Metric) -> Unreadable:
    label = metric.label or metric.name
    return no_such_data(f"“{label}” is defined over data that is not here, or in a way that can't be used.")
