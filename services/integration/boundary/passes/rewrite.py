"""What is changed about an allowed query: tables give their permitted columns alone, and rows are capped."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from sqlglot import exp

from services.integration.boundary.model import Relation
from services.integration.boundary.passes.draft import Draft
from services.integration.boundary.refusals import QueryRefused, RefusalReason


def permitted_columns(draft: Draft) -> Draft:
    """Each table becomes a sub-select of those permitted columns that the query uses.

    Nothing else of the table can be reached then, by whole-row references, system columns or stars that the
    parser missed. Databases flatten so plain a sub-select into the query: it costs nothing.
    """
    used: dict[str, set[str]] = defaultdict(set)
    for column in draft.tree.find_all(exp.Column):
        used[column.table].add(column.name)
    relations = {(relation.schema, relation.name): relation for relation in draft.read}
    for table in list(draft.tree.find_all(exp.Table)):
        if table.db:
            relation = relations.get((table.db, table.name))
            if relation is None or not table.alias:
                raise QueryRefused(RefusalReason.CONSTRUCT_REFUSED, table.name)  # a table where none can stand
            renamed = table.alias_column_names
            names = _permitted(draft, relation, None if renamed else used[table.alias])
            table.replace(_projection(table, names))
    return draft


def only_permitted(draft: Draft) -> Draft:
    """Every table stands in a sub-select that names permitted columns of it and does nothing else."""
    permitted = {(r.schema, r.name): {column.name for column in r.columns} for r in draft.read}
    for table in draft.tree.find_all(exp.Table):
        if not table.db:
            continue
        select = table.find_ancestor(exp.Select)
        assert select is not None
        plain = all(key in ("expressions", "from_") for key, value in select.args.items() if value)
        names = [item.unalias() for item in select.expressions]
        known = permitted.get((table.db, table.name), set())
        for name in names:
            plain &= isinstance(name, exp.Literal) or (isinstance(name, exp.Column) and name.name in known)
        if not plain:
            raise QueryRefused(RefusalReason.NOT_STABLE, table.name)
    return draft


def capped(draft: Draft) -> Draft:
    """At most max_rows + 1 rows: one more than is given, so that a cut can be told from an end."""
    query = draft.tree
    if draft.rules.set_operations_wrapped and isinstance(query, exp.SetOperation):
        query = _around(query)
    most = draft.limits.max_rows + 1
    limit = query.args.get("limit")
    asked = int(limit.expression.name) if limit else most
    query.set("limit", exp.Limit(expression=exp.Literal.number(min(asked, most))))
    return replace(draft, tree=query)


def is_capped(draft: Draft) -> Draft:
    """The outermost query has a limit within the bound."""
    limit = draft.tree.args.get("limit")
    if draft.rules.set_operations_wrapped and not isinstance(draft.tree, exp.Select):
        limit = None  # it would be the last query's alone
    if limit is None or int(limit.expression.name) > draft.limits.max_rows + 1:
        raise QueryRefused(RefusalReason.NOT_STABLE, "LIMIT")
    return draft


def _around(query: exp.SetOperation) -> exp.Select:
    """SELECT its columns FROM (the set operation): there a LIMIT counts all of its rows."""
    names = query.named_selects
    if len(set(names)) < len(names):
        raise QueryRefused(RefusalReason.NAME_AMBIGUOUS, next(name for name in names if names.count(name) > 1))
    alias = exp.to_identifier("rows", quoted=True)
    columns = [exp.Column(this=exp.to_identifier(name, quoted=True), table=alias.copy()) for name in names]
    whole = exp.Subquery(this=query, alias=exp.TableAlias(this=alias))
    return exp.Select(expressions=columns, from_=exp.From(this=whole))


def _permitted(draft: Draft, relation: Relation, used: set[str] | None) -> list[tuple[str, str]]:
    """Pairs of a column's own name and the name that the query knows it by."""
    folds = draft.rules.folds_names
    pairs = [(column.name, column.name.lower() if folds else column.name) for column in relation.columns]
    return [pair for pair in pairs if used is None or pair[1] in used]


def _projection(table: exp.Table, names: list[tuple[str, str]]) -> exp.Subquery:
    origin = exp.to_identifier(table.name, quoted=True)
    inner = exp.Table(this=table.this.copy(), db=table.args["db"].copy())
    items: list[exp.Expr] = []
    for own, known in names:
        column = exp.Column(this=exp.to_identifier(own, quoted=True), table=origin.copy())
        renamed = exp.to_identifier(known, quoted=True)
        items.append(column if own == known else exp.Alias(this=column, alias=renamed))
    if not items:  # SELECT count(*): the rows count, no column does
        items = [exp.Alias(this=exp.Literal.number(1), alias=exp.to_identifier("_", quoted=True))]
    select = exp.Select(expressions=items, from_=exp.From(this=inner))
    return exp.Subquery(this=select, alias=table.args["alias"].copy())
