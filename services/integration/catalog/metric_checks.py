"""A metric's SQL, judged by the boundary before it is kept: what no question may run is no metric either."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import sqlglot
from sqlglot import exp

from services.integration.boundary.guard import guard
from services.integration.boundary.model import ColumnType, Dialect, Relation, Scope
from services.integration.boundary.refusals import QueryRefused
from services.integration.catalog.metric_sql import qualified_columns
from services.integration.catalog.model import Relationship, Table
from services.integration.catalog.semantic_terms import Metric

_Key = tuple[str, str]


def metric_problems(
    metric: Metric, dialect: str, tables: Mapping[str, Table], links: Sequence[Relationship]
) -> Iterator[tuple[str, str]]:
    """(key of the metric, what is wrong with it), for one whose tables and columns are all there.

    `tables` are by the names that the model may write.
    """
    home = tables[metric.table]
    needed = {"expression": [home], "filter": _named(metric.filter, metric, dialect, tables)}
    owner, _, _ = metric.time.rpartition(".")
    needed["time"] = [tables[owner]] if owner else []
    for key, found in needed.items():
        steps = list(_steps(home, found, tables, links))
        if len({_key(table) for table, _ in steps}) < len({_key(table) for table in found} - {_key(home)}):
            yield key, f'names a table that rows of "{metric.table}" don\'t point to, directly or by several keys'
        elif problem := _refused(key, metric, home, steps, dialect, tables):
            yield key, problem


def _named(sql: str, metric: Metric, dialect: str, tables: Mapping[str, Table]) -> list[Table]:
    return [tables[owner or metric.table] for owner, _ in qualified_columns(sql, dialect)]


def _steps(
    home: Table, needed: Sequence[Table], tables: Mapping[str, Table], links: Sequence[Relationship]
) -> Iterator[tuple[Table, list[Relationship]]]:
    """Each needed table but home itself with the shortest way of keys to it; those without a way are left out."""
    by_key = {_key(table): table for table in tables.values()}
    ways: dict[_Key, list[Relationship]] = {_key(home): []}
    front = [_key(home)]
    while front:
        ahead = []
        for link in links:
            start, end = (link.from_schema, link.from_table), (link.to_schema, link.to_table)
            if start in front and end not in ways and end in by_key:
                ways[end] = [*ways[start], link]
                ahead.append(end)
        front = ahead
    for key in dict.fromkeys(map(_key, needed)):
        if key != _key(home) and key in ways:
            yield by_key[key], ways[key]


def _refused(
    key: str,
    metric: Metric,
    home: Table,
    steps: Sequence[tuple[Table, Sequence[Relationship]]],
    dialect: str,
    tables: Mapping[str, Table],
) -> str:
    """Why the boundary wouldn't run a query with the metric's expression or filter; "" if it would."""
    sql = "" if key == "time" else str(getattr(metric, key))
    if not sql:
        return ""
    joined = list(dict.fromkeys(link for _, way in steps for link in way))
    names = {_key(home): "t0"}
    for link in joined:
        names.setdefault((link.to_schema, link.to_table), f"t{len(names)}")
    by_key = {_key(table): table for table in tables.values()}
    tree = sqlglot.parse_one(sql, dialect=dialect).transform(
        lambda node: _tied(node, metric, names, tables) if isinstance(node, exp.Column) else node
    )
    value = tree if key == "expression" else exp.Literal.number(1)
    query = exp.select(exp.alias_(value, "figure", quoted=False)).from_(_source(home, "t0"))
    for link in joined:
        ends = (link.from_schema, link.from_table), (link.to_schema, link.to_table)
        condition = exp.and_(
            *(
                exp.EQ(this=_name(names[ends[0]], start), expression=_name(names[ends[1]], end))
                for start, end in zip(link.from_columns, link.to_columns, strict=True)
            )
        )
        query = query.join(_source(by_key[ends[1]], names[ends[1]]), on=condition, join_type="left")
    if key == "filter":
        query = query.where(tree)
    try:
        guard(query.sql(dialect=dialect), _scope([by_key[one] for one in names], dialect))
    except QueryRefused as refused:
        return refused.message
    return ""


def _tied(column: exp.Column, metric: Metric, names: Mapping[_Key, str], tables: Mapping[str, Table]) -> exp.Column:
    owner = ".".join(part for part in (column.db, column.table) if part) or metric.table
    return _name(names[_key(tables[owner])], column.name)


def _name(table: str, column: str) -> exp.Column:
    return exp.column(exp.to_identifier(column, quoted=True), table=exp.to_identifier(table))


def _source(table: Table, alias: str) -> exp.Table:
    parts = {name: exp.to_identifier(text, quoted=True) for name, text in (("this", table.name), ("db", table.schema))}
    return cast(exp.Table, exp.alias_(exp.Table(**parts), alias, table=True))


def _scope(tables: Sequence[Table], dialect: str) -> Scope:
    """Only what the metric leans on: the boundary's time grows with the scope."""
    relations = tuple(
        Relation(table.schema, table.name, tuple(ColumnType(one.name, one.native_type) for one in table.columns))
        for table in tables
    )
    return Scope(cast(Dialect, dialect), relations, policy_version="", search_path=())


def _key(table: Table) -> _Key:
    return table.schema, table.name
