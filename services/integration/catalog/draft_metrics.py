"""Metrics that a catalog suggests: how many rows an event table has, and totals or averages of its measures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

import sqlglot
from sqlglot import exp

from services.integration.catalog.abbreviations import spelled_out
from services.integration.catalog.model import Catalog, Column, ColumnRole, Table
from services.integration.catalog.semantic_terms import Format, Metric, SemanticModel
from services.integration.catalog.words import words

# What may be added up over rows, what may only be averaged, and which way is good. Other measures are left alone.
_ADDITIVE = frozenset(
    """amount total subtotal quantity revenue turnover sale income profit earning cost expense spend spending fee charge
    discount tax refund payment volume hour minute unit point click impression visit view download donation budget
    salary wage commission bonus weight distance""".split()
)
_AVERAGED = frozenset(
    """price rate score rating age percent percentage ratio share margin temperature duration speed height length width
    average grade gpa efficiency utilization satisfaction""".split()
)
_MONEY = frozenset(
    """amount revenue turnover sale income profit earning cost expense spend spending fee charge discount tax refund
    payment budget salary wage commission bonus price""".split()
)
_GOOD = frozenset("revenue turnover sale income profit earning margin rating score satisfaction conversion".split())
_BAD = frozenset(
    """cost expense spend spending refund return complaint error defect failure delay churn cancellation loss
    debt""".split()
)
_NAME = re.compile(r"[^a-z0-9_]+")
_MOST_PER_TABLE = 5

Proposed = tuple[Metric, str, float]


def proposed_metrics(
    catalog: Catalog, names: Mapping[tuple[str, str], str], current: SemanticModel
) -> Iterator[Proposed]:
    """(metric, reason, confidence), the largest tables first. Those that are over the same figure as one that the
    current model has are left out."""
    known = {(metric.table, _folded(metric.expression, catalog.dialect)) for metric in current.metrics}
    measured = {table for table, _ in known}
    columns = Counter(column.name for table in catalog.tables for column in table.columns)
    for table in sorted(catalog.tables, key=lambda one: -one.row_count):
        written = names.get((table.schema, table.name))
        if written is None or not _is_event(table):
            continue
        for metric, reason, confidence in _of_table(table, written, catalog.dialect, current.currency, columns):
            if written not in measured or (written, _folded(metric.expression, catalog.dialect)) not in known:
                yield metric, reason, confidence


def _is_event(table: Table) -> bool:
    """Whether its rows happened at some time: those are what is counted and added up."""
    return bool(table.default_time_column) or any(column.role is ColumnRole.TIME for column in table.columns)


def _of_table(
    table: Table, written: str, dialect: str, currency: str, columns: Mapping[str, int]
) -> Iterator[Proposed]:
    rows = spelled_out(table.name)[0]
    if name := _name("number of", rows):
        label = f"Number of {rows}"
        yield (
            Metric(name, label, table=written, expression="count(*)", format=Format("integer"), better=_way(rows)),
            f'the rows of "{table.name}" have a date: each is something that happened',
            0.7,
        )
    found = [column for column in table.columns if column.role is ColumnRole.MEASURE and not column.sensitive]
    for column in found[:_MOST_PER_TABLE]:
        if measured := _measure(column, table, written, dialect, currency, alone=columns[column.name] == 1):
            yield measured


def _measure(
    column: Column, table: Table, written: str, dialect: str, currency: str, *, alone: bool
) -> Proposed | None:
    said, _ = spelled_out(column.name)
    named = set(words(said.replace(" ", "_")))
    if named & _AVERAGED:
        function, prefix, why = "avg", "average", "may be averaged, but not added up"
    elif named & _ADDITIVE:
        function, prefix, why = "sum", "total", "adds up over rows"
    else:
        return None
    said = said.removeprefix("total ").removeprefix("average ")
    of = "" if alone else f" of {spelled_out(table.name)[0]}"
    name = _name(prefix, said + of)
    if not name:
        return None
    quoted = exp.to_identifier(column.name, quoted=not _is_plain(column.name, dialect))
    expression = f"{function}({exp.Column(this=quoted).sql(dialect=dialect)})"
    style = (
        Format("currency", currency) if currency and named & _MONEY and not named & {"rate", "percent"} else Format()
    )
    metric = Metric(
        name,
        f"{prefix.capitalize()} {said}{of}"[:80],
        table=written,
        expression=expression,
        format=style,
        better=_way(said),
    )
    return metric, f'"{column.name}" {why}', 0.6


@lru_cache(maxsize=10_000)
def _is_plain(name: str, dialect: str) -> bool:
    """Whether the name can stand in SQL without quotes and means itself."""
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", name):
        return False
    try:
        tree: exp.Expr = sqlglot.parse_one(f"sum({name})", dialect=dialect)
    except sqlglot.errors.SqlglotError:
        return False
    return isinstance(tree, exp.Sum) and isinstance(tree.this, exp.Column) and tree.this.name == name


def _way(said: str) -> str:
    named = set(words(said.replace(" ", "_")))
    if named & _BAD:
        return "lower"
    return "higher" if named & _GOOD else "neither"


def _name(prefix: str, said: str) -> str:
    """A metric's name; "" where nothing of the words can be written in one."""
    plain = _NAME.sub("_", said.lower()).strip("_")
    return f"{prefix.replace(' ', '_')}_{plain}"[:63].rstrip("_") if plain else ""


def _folded(expression: str, dialect: str) -> str:
    try:
        return str(sqlglot.parse_one(expression, dialect=dialect).sql(dialect=dialect, normalize=True)).lower()
    except sqlglot.errors.SqlglotError:
        return expression.lower()
