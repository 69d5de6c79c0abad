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


def with_first_columns(sql: str, count: int) -> str:
    """The SQL without the later of the columns that it shows, in the same order. sql: one SELECT."""
    parsed = parse_one(sql, dialect="sqlite", into=exp.Select)
    shown = [one.unalias() for one in parsed.expressions]
    for clause in ("group", "order"):
        for node in parsed.args[clause].expressions if parsed.args.get(clause) else ():
            key = node.this if isinstance(node, exp.Ordered) else node
            if isinstance(key, exp.Literal) and key.is_int:
                key.replace(shown[int(key.name) - 1].copy())
    return parsed.select(*shown[:count], append=False).sql(dialect="sqlite")
