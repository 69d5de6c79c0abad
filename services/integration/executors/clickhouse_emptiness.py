"""Which queries may aggregate over no rows at all.

ClickHouse gives 0, or 1970-01-01, for the sum or the largest of nothing where everyone else gives null. Its setting
that makes it null costs half as much again for every aggregate, so it is asked for only where it can matter: every
group has a row.
"""

from __future__ import annotations

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

# Frames may be empty, and so may be what a condition leaves of a group.
_WITHIN = (exp.Window, exp.Filter, exp.CombinedAggFunc, exp.CombinedParameterizedAgg)


def may_aggregate_nothing(sql: str) -> bool:
    """False only if every aggregate stands in a query with GROUP BY and counts its whole group."""
    try:
        tree = sqlglot.parse_one(sql, dialect="clickhouse")
    except (SqlglotError, RecursionError):
        return True
    if tree.find(*_WITHIN):
        return True
    for aggregate in tree.find_all(exp.AggFunc):
        select = aggregate.find_ancestor(exp.Select)
        if select is None or not select.args.get("group"):
            return True
    return False
