"""A metric's own SQL, with its columns tied to the tables of the query it becomes part of."""

from functools import lru_cache
from typing import Protocol

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import Metric
from services.ml_gateway.engine.problems import Unreadable, no_such_data
from services.ml_gateway.engine.reading import Place


class Joining(Protocol):
    """The part of a query's scope that a metric needs."""

    index: Index

    def named(self, place: Place, column: str) -> exp.Column: ...


def metric_expression(name: str, scope: Joining) -> exp.Expr:
    """Raises Unreadable where the metric's SQL can't be parsed or names a column that the catalog lacks."""
    metric = scope.index.metrics[name]
    parsed = _tied(metric, metric.expression, scope)
    if not parsed.find(exp.AggFunc):
        raise _broken(metric)
    return exp.Paren(this=parsed) if isinstance(parsed, exp.Binary) else parsed


def metric_conditions(name: str, scope: Joining) -> list[exp.Expr]:
    metric = scope.index.metrics[name]
    return [exp.Paren(this=_tied(metric, text, scope)) for text in metric.filters]


@lru_cache(maxsize=2048)
def _parse(text: str, dialect: str) -> exp.Expr | None:
    try:
        return parse_one(text, dialect=dialect)
    except (SqlglotError, RecursionError):
        return None


def _tied(metric: Metric, text: str, scope: Joining) -> exp.Expr:
    parsed = _parse(text, scope.index.catalog.dialect)
    if parsed is None or parsed.find(exp.Query, exp.Placeholder, exp.Parameter):
        raise _broken(metric)
    return parsed.copy().transform(lambda node: _column(metric, node, scope) if isinstance(node, exp.Column) else node)


def _column(metric: Metric, column: exp.Column, scope: Joining) -> exp.Expr:
    catalog = scope.index.catalog
    for table in catalog.tables:
        if column.table and column.table.lower() != table.name.lower():
            continue
        if not column.table and table.key != metric.table:
            continue
        if column.db and column.db.lower() != table.schema.lower():
            continue
        for path in scope.index.graph.nearest(metric.table, table.key):
            name = next((c.name for c in table.columns if c.name.lower() == column.name.lower()), None)
            if name and not path.place.fans_out:
                return scope.named(path.place, name)
    raise _broken(metric)


def _broken(metric: Metric) -> Unreadable:
    label = metric.label or metric.name
    return no_such_data(f"“{label}” is defined over data that is not here, or in a way that can't be used.")
