"""What a metric's SQL may be: one expression over columns, so that any engine can place it in a query of its own.

This is about shape and clear messages to the author, not about safety: what runs is guarded by the boundary.
"""

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

_FORBIDDEN = (exp.Query, exp.Subquery, exp.Window, exp.Star, exp.Placeholder, exp.Parameter)
_MAX_DEPTH = 60  # far above what people write, far below what exhausts a stack when the tree is walked again


def expression_problem(sql: str, table: str, dialect: str) -> str:
    """Why `sql` can't be a metric's expression over `table`; "" when it can."""
    tree = _parse(sql, dialect)
    if isinstance(tree, str):
        return tree
    if not tree.find(exp.AggFunc):
        return "must hold an aggregate, such as sum(amount) or count(*)"
    if any(owner not in ("", table) for owner, _ in _columns(tree)):
        return f'may only use columns of "{table}"; a condition on another table belongs in `filter`'
    if any(not column.find_ancestor(exp.AggFunc, exp.Filter) for column in tree.find_all(exp.Column)):
        return "uses a column outside of an aggregate"
    return ""


def condition_problem(sql: str, dialect: str) -> str:
    """Why `sql` can't be a metric's filter; "" when it can."""
    tree = _parse(sql, dialect)
    if isinstance(tree, str):
        return tree
    if tree.find(exp.AggFunc):
        return "must hold for single rows: no aggregates"
    if not tree.find(exp.Column):
        return "must compare at least one column"
    return ""


def qualified_columns(sql: str, dialect: str) -> tuple[tuple[str, str], ...]:
    """The columns that `sql` names, as (table as written or "", column), in order; () for "" and for broken SQL."""
    tree = _parse(sql, dialect) if sql else ""
    return () if isinstance(tree, str) else tuple(_columns(tree))


def _columns(tree: exp.Condition) -> list[tuple[str, str]]:
    return [
        (".".join(part for part in (column.db, column.table) if part), column.name)
        for column in tree.find_all(exp.Column, bfs=False)
    ]


def _parse(sql: str, dialect: str) -> exp.Condition | str:
    """The tree, or what is wrong with the text."""
    try:
        trees = sqlglot.parse(sql, dialect=dialect)
    except (SqlglotError, RecursionError):
        return "is not an SQL expression"
    tree = trees[0] if len(trees) == 1 else None
    if not isinstance(tree, exp.Condition):
        return "must be one SQL expression, not a statement"
    for node in tree.walk():
        if node.depth > _MAX_DEPTH:
            return f"is nested deeper than {_MAX_DEPTH} levels"
        if isinstance(node, _FORBIDDEN) and not (isinstance(node, exp.Star) and isinstance(node.parent, exp.Count)):
            return "must not hold a query, a window, a parameter or *"
        if node.comments:
            return "must not hold a comment"
    return tree
