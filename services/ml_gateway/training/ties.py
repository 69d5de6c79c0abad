"""What SQL written by hand orders by only so that its rows come in one order: no words ask for that."""

from __future__ import annotations

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError


def without_ties(sql: str) -> str:
    """The SQL with the keys behind the first taken out of an order of groups; anything else as it is."""
    try:
        parsed = parse_one(sql, dialect="sqlite")
    except SqlglotError:
        return sql
    order = parsed.args.get("order")
    if not isinstance(parsed, exp.Select) or order is None or parsed.args.get("group") is None:
        return sql
    order.set("expressions", order.expressions[:1])
    return parsed.sql(dialect="sqlite")
