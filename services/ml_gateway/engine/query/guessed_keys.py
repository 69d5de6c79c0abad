"""The keys that nobody declared and that a statement joins over."""

from __future__ import annotations

from sqlglot import exp

from services.ml_gateway.engine.model import Catalog, TableKey


def guessed_keys(statement: exp.Expr, catalog: Catalog) -> tuple[int, ...]:
    """Numbers of the catalog's relationships, in its order."""
    guessed = [(number, one) for number, one in enumerate(catalog.relationships) if one.inferred]
    if not guessed:
        return ()
    tables = {one.alias_or_name: TableKey(one.db, one.name) for one in statement.find_all(exp.Table)}
    equal = {
        frozenset(((tables.get(left.table), left.name), (tables.get(right.table), right.name)))
        for one in statement.find_all(exp.EQ)
        if isinstance(left := one.left, exp.Column) and isinstance(right := one.right, exp.Column)
    }
    return tuple(
        number
        for number, one in guessed
        if frozenset(((one.table, one.columns[0]), (one.target, one.target_columns[0]))) in equal
    )
