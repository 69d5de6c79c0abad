"""Which relation each table name means: a WITH query in sight, or one of the caller's catalog, or nothing."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp
from sqlglot.optimizer.normalize_identifiers import normalize_identifiers

from services.integration.boundary.model import Relation, Scope
from services.integration.boundary.passes.draft import Draft
from services.integration.boundary.refusals import QueryRefused, RefusalReason


def folded_names(draft: Draft) -> Draft:
    """Names in the case that the database would give them: from here on names are compared as they are."""
    return replace(draft, tree=normalize_identifiers(draft.tree, dialect=draft.rules.parser))


def known_relations(draft: Draft) -> Draft:
    """Every table is a WITH query in sight or a relation of the scope, which is then named with its schema.

    Named with its schema it can't be confused with a WITH query of the same name any more.
    """
    read: dict[str, Relation] = {}
    for table in list(draft.tree.find_all(exp.Table)):
        if type(table.this) is exp.GenerateSeries:  # PostgreSQL's is a kind of its own, named otherwise
            _named_series(table)
        if not isinstance(table.this, exp.Identifier) or visible_cte(table):
            continue
        relation = _relation(table, draft.scope, draft.rules.folds_names)
        read[relation.qualified_name] = relation
        if not table.alias and table.name != relation.name:
            table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name, quoted=True)))
        table.set("this", exp.to_identifier(relation.name, quoted=True))
        table.set("db", exp.to_identifier(relation.schema, quoted=True))
    return replace(draft, read=tuple(read[name] for name in sorted(read)))


def _named_series(table: exp.Table) -> None:
    """Give a series of rows the name of its one column as DuckDB would: range or generate_series."""
    own = exp.to_identifier("range" if table.this.args.get("is_end_exclusive") else "generate_series", quoted=True)
    alias = table.args.get("alias") or exp.TableAlias(this=own.copy())
    if not alias.columns:
        alias.set("columns", [own])
    table.set("alias", alias)


def visible_cte(table: exp.Table) -> exp.CTE | None:
    """The WITH query that a bare name means at its place: one that stands before it, or on a query around it."""
    if table.args.get("db"):
        return None
    child: exp.Expr = table
    while parent := child.parent:
        if isinstance(parent, exp.With):
            found = _named(parent.expressions[: (child.index or 0) + bool(parent.args.get("recursive"))], table.name)
            child = parent.parent or parent  # its own query's other names are not in sight
        else:
            with_ = parent.args.get("with_")
            found = _named(with_.expressions, table.name) if with_ and with_ is not child else None
            child = parent
        if found:
            return found
    return None


def _named(ctes: list[exp.Expr], name: str) -> exp.CTE | None:
    return next((cte for cte in reversed(ctes) if isinstance(cte, exp.CTE) and cte.alias == name), None)


def _relation(table: exp.Table, scope: Scope, folds: bool) -> Relation:
    def same(mine: str, theirs: str) -> bool:
        return mine.lower() == theirs.lower() if folds else mine == theirs

    shown = ".".join(part.name for part in table.parts)
    named = [relation for relation in scope.relations if same(relation.name, table.name)]
    if table.db:
        named = [relation for relation in named if same(relation.schema, table.db)]
    elif len(named) > 1:
        on_path = (r for schema in scope.search_path for r in named if same(r.schema, schema))
        named = [first] if (first := next(on_path, None)) else named
    if not named or table.args.get("catalog"):
        raise QueryRefused(RefusalReason.RELATION_UNKNOWN, shown, relation=shown)
    if len(named) > 1:
        raise QueryRefused(RefusalReason.NAME_AMBIGUOUS, shown, relation=shown)
    return named[0]
