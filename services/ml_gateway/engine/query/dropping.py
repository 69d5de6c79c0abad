"""Rows that the joins of a statement leave out, and the SQL that counts them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

from services.ml_gateway.engine.dialects import within
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.outcome import Dropping
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.query.scope import Scope, aliased_table, named_column
from services.ml_gateway.engine.reading import Hop

__all__ = ["Dropping", "droppings"]


def droppings(scopes: Iterable[Scope], schema: Schema) -> tuple[Dropping, ...]:
    """Keys that are declared and whose columns are never empty lose nothing."""
    found: dict[Hop, Dropping] = {}
    for scope in scopes:
        for path in scope.reached:
            hop = path[-1]
            if scope.is_inner(path) and hop not in found and _may_drop(hop, schema):
                near = scope.table_at(path[:-1])
                found[hop] = Dropping(
                    near, schema.keys.target(hop), hop.relationship, hop.upward, _counting(hop, near, schema)
                )
    return tuple(found.values())


def _may_drop(hop: Hop, schema: Schema) -> bool:
    one = schema.keys.relationship(hop)
    if not hop.upward or one.inferred:
        return True
    known = {column.name: column for column in schema.catalog.by_key[one.table].columns}
    return any(name not in known or known[name].nullable for name in one.columns)


def _counting(hop: Hop, near: TableKey, schema: Schema) -> str:
    starts, ends = schema.keys.columns(hop)
    inner = exp.select().from_(aliased_table(schema.keys.target(hop), "others"))
    matched = within(
        [named_column("counted", name) for name in starts],
        [named_column("others", name) for name in ends],
        inner,
        schema.dialect,
    )
    lost = exp.Case().when(exp.Not(this=matched), exp.Literal.number(1)).else_(exp.Literal.number(0))
    query = exp.select(
        exp.Coalesce(this=exp.Sum(this=lost), expressions=[exp.Literal.number(0)]).as_("dropped", quoted=True),
        exp.Count(this=exp.Star()).as_("total", quoted=True),
    ).from_(aliased_table(near, "counted"))
    return query.sql(dialect=schema.dialect, identify=True)
