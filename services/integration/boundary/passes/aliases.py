"""Names that a query gives to its results, where they are used again: how often, and what they mean there."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from services.integration.boundary.passes.draft import Draft
from services.integration.boundary.refusals import QueryRefused, RefusalReason

_EXPANDED = {"where", "group", "having"}  # where qualifying puts the expression in the name's place


def bounded_aliases(draft: Draft) -> Draft:
    """A name used again is replaced by its expression: `a + a AS b, b + b AS c, …` would double with every name."""
    for select in draft.tree.find_all(exp.Select):
        sizes: dict[str, int] = {}
        total = 0
        for item in select.expressions:
            size = _expanded(item, sizes)
            total += size
            if isinstance(item, exp.Alias):
                sizes[item.alias] = size
        for key in _EXPANDED:
            total += _expanded(clause, sizes) if (clause := select.args.get(key)) else 0
        if total > draft.limits.max_nodes:
            raise QueryRefused(RefusalReason.NOT_BOUNDED, "names for results that use one another")
    return draft


def _expanded(node: exp.Expr, sizes: dict[str, int]) -> int:
    return sum(sizes.get(part.name, 1) if _bare(part) else 1 for part in node.walk())


def plain_aliases(draft: Draft) -> Draft:
    """Where a result's name wins over a column of that name, no name is used that qualifying would read otherwise.

    ClickHouse puts the named expression in every place of the query, before columns and even before tables;
    sqlglot does so in WHERE, GROUP BY, HAVING and later results.
    """
    if not draft.rules.aliases_everywhere:
        return draft
    columns = {column.name for relation in draft.read for column in relation.columns}
    columns |= {alias.alias for alias in draft.tree.find_all(exp.Alias) if _inner(alias)}
    for select in draft.tree.find_all(exp.Select):
        sources = {source.alias_or_name for source in _sources(select)}
        for item in select.expressions:
            compound = isinstance(item.unalias(), exp.Column) or item.find(exp.Tuple)
            if isinstance(item, exp.Alias) and item.alias in sources and compound:
                raise QueryRefused(RefusalReason.NAME_AMBIGUOUS, item.alias)  # its parts would be the table's columns
    for column in draft.tree.find_all(exp.Column):
        if _bare(column) and column.name in columns and _read_otherwise(column):
            raise QueryRefused(RefusalReason.NAME_AMBIGUOUS, column.name, column=column.name)
    return draft


def _read_otherwise(column: exp.Column) -> bool:
    """Whether a bare name is a result's of its query, or of one around it, in a place that isn't expanded."""
    node: exp.Expr = column
    nested = False
    while parent := node.parent:
        if isinstance(parent, exp.Select):
            number = _result_named(parent, column.name)
            key, index = node.arg_key, node.index
            if number is not None and not (key == "expressions" and index == number):
                earlier = key == "expressions" and number < (index or 0)
                ordered = key == "order" and isinstance(column.parent, exp.Ordered)
                if nested or not (earlier or ordered or key in _EXPANDED):
                    return True
            nested = True
        node = parent
    return False


def _result_named(select: exp.Select, name: str) -> int | None:
    """Which result bears the name, unless it is that very column."""
    for number, item in enumerate(select.expressions):
        if isinstance(item, exp.Alias) and item.alias == name:
            same = isinstance(item.this, exp.Column) and item.this.name == name
            return None if same else number
    return None


def _bare(node: exp.Expr) -> bool:
    return isinstance(node, exp.Column) and not node.table and isinstance(node.this, exp.Identifier)


def _inner(alias: exp.Alias) -> bool:
    """Whether the alias is of a query within another: there its name is a column."""
    select = alias.find_ancestor(exp.Select)
    return select is not None and select.parent is not None


def _sources(select: exp.Select) -> Iterator[exp.Expr]:
    if origin := select.args.get("from_"):
        yield origin.this
    yield from (join.this for join in select.args.get("joins") or ())
