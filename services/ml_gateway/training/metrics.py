"""SQL that spells a metric out → the same SQL with the metric by its name, where both give the same rows.

A metric may be written in many ways (over another table, with CASE, with its filter among the conditions), so it isn't
recognised by its text: each metric that the question may name is tried for each number that the SQL shows, and a
reading counts only if its rows are those of the known SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, permutations

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.problems import Unreadable
from services.ml_gateway.engine.query.compiling import compile_query
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.training.gold import query_of
from services.ml_gateway.training.problems import NotRepresentable
from services.ml_gateway.training.sources import conjuncts
from services.ml_gateway.training.values import METRIC

_MOST = 40  # readings that are tried for one question


def with_metrics(sql: str, names: Sequence[str], index: Index, same: Callable[[str], bool]) -> Query | None:
    """names: of metrics that the question may name. same: whether a statement gives what the SQL gives."""
    schema = Schema(index)
    for number, tried in enumerate(_readings(sql, names, index)):
        if number == _MOST:
            return None
        try:
            query = replace(query_of(tried, index.catalog), also=())
            if same(compile_query(query, schema, timezone="UTC").sql):
                return query
        except (NotRepresentable, Unreadable, LookupError):
            continue
    return None


def _readings(sql: str, names: Sequence[str], index: Index) -> Iterator[str]:
    try:
        parsed = parse_one(sql, dialect="sqlite")
    except SqlglotError:
        return
    if not isinstance(parsed, exp.Select):
        return
    order = parsed.args.get("order")
    ordered = [one.this for one in order.expressions] if order is not None else []
    shown = [one.unalias() for one in parsed.expressions]
    numbers = list(dict.fromkeys(one for one in (*shown, *ordered) if one.find(exp.AggFunc)))
    for many in range(min(len(numbers), len(names)), 0, -1):
        for chosen in permutations(names, many):
            for spelt in combinations(numbers, many):
                yield from _replaced(parsed, dict(zip(spelt, chosen, strict=True)), index)


def _replaced(parsed: exp.Select, metrics: dict[exp.Expr, str], index: Index) -> Iterator[str]:
    """With the conditions that the metrics' own filters are about left out, then with all of them."""
    made = parsed.copy()
    for old, name in metrics.items():
        for node in list(made.find_all(type(old))):
            if node == old:
                node.replace(exp.Anonymous(this=METRIC, expressions=[exp.Literal.string(name)]))
    where = made.args.get("where")
    filtered = {column for name in metrics.values() for column in _filtered(name, index)}
    if where is not None and filtered:
        kept = [one for one in conjuncts(where.this) if {c.name.lower() for c in one.find_all(exp.Column)} - filtered]
        less = made.copy()
        less.set("where", exp.Where(this=exp.and_(*kept)) if kept else None)
        yield less.sql(dialect="sqlite")
    yield made.sql(dialect="sqlite")


def _filtered(name: str, index: Index) -> set[str]:
    metric = index.metrics[name]
    if metric.numerator:
        return _filtered(metric.numerator, index) | _filtered(metric.denominator, index)
    parsed = [parse_one(text, dialect=index.catalog.dialect) for text in (*metric.filters, metric.expression)]
    texts = (*parsed[:-1], *parsed[-1].find_all(exp.Filter))
    return {column.name.lower() for one in texts for column in one.find_all(exp.Column)}
