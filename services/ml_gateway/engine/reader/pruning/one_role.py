"""Roles that say nothing: by which key a table is reached, where each way there goes through that key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.query.model import Field, MetricValue, Query, Rows
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reading import Hop

Role = tuple[TableKey, int]


def without_idle_roles(query: Query, index: Index) -> Query:
    """The query without the roles that its tables have anyway."""
    nodes = nodes_of(query)
    roles = {(_table(one), one.role) for one in nodes if isinstance(one, Field | Rows) and one.role is not None}
    if not roles:
        return query
    used = {_table(one) for one in nodes if isinstance(one, Field | Rows) and one.role is None}
    used |= {index.metrics[one.name].table for one in nodes if isinstance(one, MetricValue)}
    idle = {one: None for one in roles if _is_idle(one, used, len({r for t, r in roles if t == one[0]}), index)}
    return without_roles(query, idle) if idle else query


def without_roles(query: Query, roles: Mapping[Role, None]) -> Query:
    """The query without these roles."""
    made: Query = _mapped(query, roles)
    return made


def _table(one: Field | Rows) -> TableKey:
    return one.key.table if isinstance(one, Field) else one.table


def _is_idle(role: Role, used: set[TableKey], roles: int, index: Index) -> bool:
    table, number = role
    if roles > 1 or table in used or not used or index.catalog.relationships[number].target != table:
        return False
    for one in used:
        paths = index.graph.nearest(one, table)
        if len(paths) != 1 or Hop(number, upward=True) not in paths[0].place.path:
            return False
    return True


def _mapped(node: Any, idle: Mapping[Role, None]) -> Any:
    match node:
        case Field(key=key, role=int(role)) if (key.table, role) in idle:
            return replace(node, role=None)
        case Rows(table=table, role=int(role)) if (table, role) in idle:
            return Rows(table)
        case tuple():
            return tuple(_mapped(one, idle) for one in node)
        case _ if is_dataclass(node) and not isinstance(node, type | TableKey | ColumnKey):
            return replace(node, **{one.name: _mapped(getattr(node, one.name), idle) for one in fields(node)})
        case _:
            return node
