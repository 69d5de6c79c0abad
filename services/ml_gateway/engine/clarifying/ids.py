"""Names of readings for programs: equal readings have equal ids, whatever the question."""

from __future__ import annotations

import hashlib
from typing import Any

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.outcome import ClarificationKind as Kind
from services.ml_gateway.engine.query.model import Aggregate, Compare, Field, MetricValue, Query, Rows

_DIGITS = 12


def option_id(query: Query, kind: Kind, side: Any, index: Index) -> str:
    """side: what the query has where it differs from the others."""
    match kind, side:
        case Kind.TIME_COLUMN, Field():
            table = side.key.table
            return f"time:{table.schema}.{table.name}.{side.key.name}"
        case Kind.COLUMN, Field():
            return _in_role(f"column:{_column(side.key)}", side.role)
        case Kind.VALUE, Compare(left=Field() as field, right=(str() as value,)):
            return _in_role(f"value:{_column(field.key)}.{value}", field.role)
        case Kind.TABLE, Rows():
            return _in_role(f"table:{_joined(side.table.schema, side.table.name)}", side.role)
        case Kind.MEASURE | Kind.AGGREGATE, MetricValue():
            table = index.metrics[side.name].table
            return f"metric:{_joined(table.schema, table.name, side.name)}"
        case Kind.MEASURE | Kind.AGGREGATE, Aggregate(where=None):
            return _aggregate(side)
        case Kind.EQUAL_ROWS, _:
            if query.distinct or query.subject is None:
                return "rows:once" if query.distinct else "rows:each"
            return f"rows:each:{_joined(query.subject.table.schema, query.subject.table.name)}"
        case Kind.LIMIT, _:
            return f"limit:{query.limit or 'none'}"
        case Kind.ORDER | Kind.SHOWN | Kind.GROUP | Kind.CONDITION | Kind.MEASURE | Kind.AGGREGATE, _:
            part = {Kind.ORDER: query.order, Kind.SHOWN: query.show, Kind.GROUP: query.group}.get(kind, side)
            return f"{kind.value}:{_digest(part)}"
        case _:
            return f"reading:{_digest(query)}"


def _aggregate(one: Aggregate) -> str:
    function = f"{one.function.value}_distinct" if one.distinct else one.function.value
    match one.of:
        case Field(key=key, role=role):
            return _in_role(f"aggregate:{function}:{_column(key)}", role)
        case Rows(table=table, role=role):
            return _in_role(f"aggregate:{function}:{_joined(table.schema, table.name)}", role)
        case _:
            return f"aggregate:{function}:{_digest(one.of)}"


def _column(key: ColumnKey) -> str:
    return _joined(key.table.schema, key.table.name, key.name)


def _joined(*parts: str) -> str:
    return ".".join(part for part in parts if part)


def _in_role(name: str, role: int | None) -> str:
    """The number of the relationship that gives the role comes last."""
    return name if role is None else f"{name}:{role}"


def _digest(part: Any) -> str:
    return hashlib.sha256(repr(part).encode()).hexdigest()[:_DIGITS]
