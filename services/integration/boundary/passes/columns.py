"""Which source each column comes from. Nothing is left for the database to resolve in its own way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlglot import exp
from sqlglot.optimizer.qualify_columns import qualify_columns
from sqlglot.optimizer.qualify_tables import qualify_tables
from sqlglot.schema import MappingSchema

from services.integration.boundary.model import Relation
from services.integration.boundary.passes.draft import PARSER_ERRORS, Draft
from services.integration.boundary.passes.relations import visible_cte
from services.integration.boundary.refusals import QueryRefused, RefusalReason

Catalog = Mapping[tuple[str, str], frozenset[str]]


def qualified(draft: Draft) -> Draft:
    """Put its table before every column and write out every star, from the scope's permitted columns."""
    mapping: dict[str, dict[str, dict[str, str]]] = {}
    for relation in draft.read:
        columns = {_key(draft, column.name): column.type for column in relation.columns}
        mapping.setdefault(relation.schema, {})[relation.name] = columns
    schema = MappingSchema(mapping, dialect=draft.rules.parser, normalize=False)  # type: ignore[arg-type]
    try:
        tree = qualify_tables(draft.tree, dialect=draft.rules.parser)
        qualify_columns(tree, schema, dialect=draft.rules.parser)
    except PARSER_ERRORS as error:  # an IndexError for an ordinal past the last column, for example
        # sqlglot ends these texts with the name: "Unknown column: x"; other texts carry no name of ours.
        text = str(error)
        subject = text.rpartition(": ")[2] if text.startswith(("Unknown ", "Cannot automatically")) else ""
        raise QueryRefused(RefusalReason.COLUMN_UNKNOWN, subject, column=subject) from None
    return draft


def known_columns(draft: Draft) -> Draft:
    """Every column names a source in sight and a column which that source has.

    Without a table before it a name may only stand in ORDER BY and DISTINCT ON, where it means an output column.
    """
    outputs: dict[int, frozenset[str]] = {}
    catalog = {(relation.schema, relation.name): _names(relation, draft.rules.folds_names) for relation in draft.read}
    if whole_row := draft.tree.find(exp.TableColumn):
        raise QueryRefused(RefusalReason.COLUMN_UNKNOWN, whole_row.name, column=whole_row.name)
    if any(not isinstance(star.parent, exp.Count) for star in draft.tree.find_all(exp.Star)):
        raise QueryRefused(RefusalReason.COLUMN_UNKNOWN, "*")  # a star of no table
    for column in draft.tree.find_all(exp.Column):
        if column.args.get("db"):
            raise QueryRefused(RefusalReason.COLUMN_UNKNOWN, column.sql(), column=column.name)
        if not column.table:
            _output_column(column, catalog)
            continue
        source = _source(column)
        if source is None:
            raise QueryRefused(RefusalReason.COLUMN_UNKNOWN, f"{column.table}.{column.name}", column=column.name)
        if id(source) not in outputs:
            outputs[id(source)] = _outputs(source, catalog)
        if column.name not in outputs[id(source)]:
            raise QueryRefused(RefusalReason.COLUMN_UNKNOWN, f"{column.table}.{column.name}", column=column.name)
    return draft


def _names(relation: Relation, folds: bool) -> frozenset[str]:
    """A column's own name, and where case doesn't count the folded one too: the first inside the sub-select that
    stands for the table, the second outside of it."""
    own = frozenset(column.name for column in relation.columns)
    return own | {name.lower() for name in own} if folds else own


def _key(draft: Draft, name: str) -> str:
    return name.lower() if draft.rules.folds_names else name


def _output_column(column: exp.Column, catalog: Catalog) -> None:
    clause = column.find_ancestor(exp.Order, exp.Distinct, exp.Query)
    query = clause.parent if isinstance(clause, exp.Order | exp.Distinct) else None
    if isinstance(query, exp.Query) and column.name in query.named_selects:
        return
    select = column.find_ancestor(exp.Select)
    having = [source for source in _from_items(select) if column.name in _outputs(source, catalog)] if select else []
    reason = RefusalReason.NAME_AMBIGUOUS if len(having) > 1 else RefusalReason.COLUMN_UNKNOWN
    raise QueryRefused(reason, column.name, column=column.name)


def _source(column: exp.Column) -> exp.Expr | None:
    name = column.table
    ancestor: exp.Expr | None = column.parent
    while ancestor is not None:
        if isinstance(ancestor, exp.Select):
            for source in _from_items(ancestor):
                if source.alias_or_name == name:
                    return source
        ancestor = ancestor.parent
    return None


def _from_items(select: exp.Select) -> Iterator[exp.Expr]:
    if origin := select.args.get("from_"):
        yield origin.this
    for join in select.args.get("joins") or ():
        yield join.this
    yield from select.args.get("laterals") or ()


def _outputs(source: exp.Expr, catalog: Catalog) -> frozenset[str]:
    """The names of the columns that a source gives."""
    if renamed := source.alias_column_names:
        return frozenset(renamed)
    if isinstance(source, exp.Table):
        if source.db:
            return catalog.get((source.db, source.name), frozenset())
        cte = visible_cte(source)
        return _query_outputs(cte, cte.this) if cte else frozenset()
    return _query_outputs(source, source.this) if isinstance(source.this, exp.Expr) else frozenset()


def _query_outputs(named: exp.Expr, query: exp.Expr) -> frozenset[str]:
    if renamed := named.alias_column_names:
        return frozenset(renamed)
    inner = query.unnest() if isinstance(query, exp.Subquery) else query
    return frozenset(inner.named_selects) if isinstance(inner, exp.Query) else frozenset()
