"""WITH RECURSIVE, where its text proves that it ends: a level that is counted up and held under a constant."""

from __future__ import annotations

from sqlglot import exp

from services.integration.boundary.passes.draft import Draft
from services.integration.boundary.refusals import QueryRefused, RefusalReason

_JOINING = (exp.DPipe, exp.Concat, exp.ConcatWs, exp.Replace, exp.RegexpReplace)


def bounded_recursion(draft: Draft) -> Draft:
    """A recursive query is a start and a step: the step reads the query once, adds to a level, and bounds it."""
    for with_ in draft.tree.find_all(exp.With):
        if not with_.args.get("recursive"):
            continue
        for number, cte in enumerate(with_.expressions):
            later = {other.alias for other in with_.expressions[number + 1 :]}
            names = [table.name for table in cte.this.find_all(exp.Table) if not table.db]
            if later.intersection(names):  # in sight of the database, out of sight of everyone else
                raise QueryRefused(RefusalReason.CONSTRUCT_REFUSED, "a WITH query that reads a later one")
            if cte.alias in names and not _ends(cte, draft.limits.max_recursion):
                raise QueryRefused(
                    RefusalReason.NOT_BOUNDED,
                    "WITH RECURSIVE without a counted level, as in: SELECT …, 1 AS level … UNION ALL "
                    "SELECT …, level + 1 … WHERE level < 20",
                )
    return draft


def _ends(cte: exp.CTE, most: int) -> bool:
    union = cte.this
    if not isinstance(union, exp.Union) or any(union.args.get(key) for key in ("with_", "order", "limit", "offset")):
        return False
    start, step = union.this, union.expression
    if not isinstance(start, exp.Select) or not isinstance(step, exp.Select):
        return False
    alias = _read_once(cte.alias, start, step)
    if not alias or len(start.expressions) != len(step.expressions):
        return False
    names = cte.alias_column_names or [item.alias_or_name for item in start.expressions]
    counted = any(
        _whole(first.unalias()) is not None and _next(then.unalias(), alias, name) and _bound(step, alias, name, most)
        for name, first, then in zip(names, start.expressions, step.expressions, strict=False)
    )
    return counted and not any(_doubles(item, alias, names) for item in step.expressions)


def _read_once(name: str, start: exp.Select, step: exp.Select) -> str:
    """The alias by which the step reads the query: once, in its own FROM or JOIN, and the start not at all."""
    everywhere = [t for half in (start, step) for t in half.find_all(exp.Table) if t.name == name and not t.db]
    origin = step.args.get("from_")
    direct = [origin.this if origin else None, *(join.this for join in step.args.get("joins") or ())]
    if len(everywhere) != 1 or not any(everywhere[0] is source for source in direct):
        return ""
    return everywhere[0].alias_or_name


def _is_column(node: exp.Expr | None, alias: str, name: str) -> bool:
    return isinstance(node, exp.Column) and node.name == name and node.table in ("", alias)


def _whole(node: exp.Expr | None) -> int | None:
    found = isinstance(node, exp.Literal) and not node.is_string and node.name.isdecimal() and len(node.name) < 10
    return int(node.name) if found and node else None


def _next(node: exp.Expr, alias: str, name: str) -> bool:
    """`level + 1`, or more than 1."""
    return isinstance(node, exp.Add) and _is_column(node.this, alias, name) and bool(_whole(node.expression))


def _bound(step: exp.Select, alias: str, name: str, most: int) -> bool:
    """The step's WHERE holds `level < n` among conditions that must all be true."""
    where = step.args.get("where")
    conditions = [where.this] if where else []
    while conditions:
        condition = conditions.pop()
        if isinstance(condition, exp.And):
            conditions += [condition.this, condition.expression]
        elif isinstance(condition, exp.Paren):
            conditions.append(condition.this)
        elif isinstance(condition, exp.LT | exp.LTE) and _is_column(condition.this, alias, name):
            limit = _whole(condition.expression)
            if limit is not None and limit <= most:
                return True
    return False


def _doubles(item: exp.Expr, alias: str, names: list[str]) -> bool:
    """`s || s` doubles a text with every round; a path that grows by one name doesn't."""
    if not item.find(*_JOINING):
        return False
    own = (c for c in item.find_all(exp.Column) if c.table == alias or (not c.table and c.name in names))
    return sum(1 for _ in own) > 1
