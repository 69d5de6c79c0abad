"""Queries whose cost has no bound in their text: endless series, texts without end, cross products."""

from __future__ import annotations

import re

from sqlglot import exp

from services.integration.boundary.passes.draft import Draft
from services.integration.boundary.passes.series import series_rows
from services.integration.boundary.refusals import QueryRefused, RefusalReason

_DIGITS = re.compile(r"\d{1,18}")


def _of(draft: Draft, *kinds: type[exp.Expr]) -> list[exp.Expr]:
    return [node for node in draft.nodes if type(node) in kinds]


def plain_limits(draft: Draft) -> Draft:
    """LIMIT and OFFSET are whole numbers: a sub-query there would carry a value out by the number of rows."""
    for node in _of(draft, exp.Limit, exp.Offset, exp.Fetch):
        count = node.args.get("count") if isinstance(node, exp.Fetch) else node.args.get("expression")
        if isinstance(count, exp.Var | exp.Null):
            node.pop()  # LIMIT ALL
        elif not (isinstance(count, exp.Literal) and not count.is_string and _DIGITS.fullmatch(count.name)):
            raise QueryRefused(RefusalReason.CONSTRUCT_REFUSED, f"{node.key.upper()} that isn't a whole number")
        elif isinstance(node, exp.Fetch):
            node.replace(exp.Limit(expression=count))
    return draft


def bounded_series(draft: Draft) -> Draft:
    """Rows made from bounds: the bounds are constants, and not too far apart."""
    for node in _of(draft, *draft.rules.series):
        rows = series_rows(node)
        if rows is None or not rows <= draft.limits.max_series_rows:  # not a number, too
            raise QueryRefused(RefusalReason.NOT_BOUNDED, "a series of rows", limit=str(draft.limits.max_series_rows))
    return draft


def bounded_texts(draft: Draft) -> Draft:
    """Functions that make long texts or numbers take a constant, small length."""
    for node in _of(draft, exp.Repeat, exp.Pad, exp.Space, exp.Pow):
        length = node.args.get({"repeat": "times", "pad": "expression", "pow": "expression"}.get(node.key, "this"))
        negative = isinstance(length, exp.Neg)
        number = length.this if negative and length else length
        while isinstance(number, exp.Paren | exp.Cast):
            number = number.this
        bound = 64 if isinstance(node, exp.Pow) else draft.limits.max_text_growth
        if not _at_most(number, bound):
            raise QueryRefused(RefusalReason.NOT_BOUNDED, node.key.upper(), limit=str(bound))
    for size in _of(draft, exp.DataTypeParam):
        if not _at_most(size.this, draft.limits.max_text_growth):  # 'x'::char(10000000) is padded
            raise QueryRefused(RefusalReason.NOT_BOUNDED, "a type's length", limit=str(draft.limits.max_text_growth))
    return draft


def _at_most(number: exp.Expr | None, bound: int) -> bool:
    try:
        return isinstance(number, exp.Literal) and not number.is_string and float(number.name) <= bound
    except ValueError:
        return False


def joined_on_something(draft: Draft) -> Draft:
    """Within one FROM at most two groups of tables stand unconnected, and not too many tables in all."""
    for select in draft.tree.find_all(exp.Select):
        sources = list(_sources(select))
        if len(sources) > draft.limits.max_relations:
            raise QueryRefused(RefusalReason.TOO_COMPLEX, f"{len(sources)} tables joined",
                               limit=str(draft.limits.max_relations))  # fmt: skip
        if len(sources) > 2 and _groups(select, sources) > 2:
            raise QueryRefused(RefusalReason.NOT_BOUNDED, "tables joined on nothing")
    return draft


def _sources(select: exp.Select) -> list[exp.Expr]:
    origin = select.args.get("from_")
    joined = [join.this for join in select.args.get("joins") or ()]
    return [*([origin.this] if origin else ()), *joined, *(select.args.get("laterals") or ())]


def _groups(select: exp.Select, sources: list[exp.Expr]) -> int:
    """How many groups of sources no predicate connects; sources of one row, or of few by constant, don't count."""
    group = {source.alias_or_name: source.alias_or_name for source in sources if not _small(source)}

    def find(name: str) -> str:
        while group[name] != name:
            name = group[name]
        return name

    predicates = [select.args.get("where"), *(join.args.get("on") for join in select.args.get("joins") or ())]
    for predicate in predicates:
        for comparison in predicate.find_all(exp.Predicate) if predicate else ():
            names = [column.table for column in comparison.find_all(exp.Column) if column.table in group]
            for name in names[1:]:
                group[find(name)] = find(names[0])
    for source in sources:
        if isinstance(source, exp.Lateral) and source.alias_or_name in group:
            for column in source.find_all(exp.Column):
                if column.table in group:
                    group[find(source.alias_or_name)] = find(column.table)
    return len({find(name) for name in group})


def _small(source: exp.Expr) -> bool:
    made = isinstance(source, exp.Table) and not isinstance(source.this, exp.Identifier)
    if made or isinstance(source, exp.Values):
        return True
    inner = source.this.unnest() if isinstance(source, exp.Subquery) else None
    if not isinstance(inner, exp.Select):
        return False
    aggregates = bool(inner.selects) and all(item.find(exp.AggFunc) for item in inner.selects)
    return (aggregates and not inner.args.get("group")) or not inner.args.get("from_")
