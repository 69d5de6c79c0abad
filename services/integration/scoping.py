"""A catalog as the boundary's scope: what isn't in the catalog can't be named by a query. Pure."""

from __future__ import annotations

from typing import cast

from services.integration.boundary.model import ColumnType, Dialect, Relation, Scope
from services.integration.catalog.model import Catalog
from services.integration.model import POLICY_VERSION

# Where a bare table name is looked for. The other dialects' schemas are databases: the one that is connected to.
_HOME = {"postgres": "public", "duckdb": "main", "sqlite": "main"}


def scope_of(catalog: Catalog) -> Scope:
    """What the boundary lets a query name: the catalog's tables and columns, and nothing else."""
    return Scope(
        dialect=cast(Dialect, catalog.dialect),  # rules_for raises for one that has no rules
        relations=tuple(
            Relation(
                table.schema,
                table.name,
                tuple(ColumnType(column.name, column.native_type) for column in table.columns),
            )
            for table in catalog.tables
        ),
        policy_version=POLICY_VERSION,
        search_path=_search_path(catalog),
    )


def _search_path(catalog: Catalog) -> tuple[str, ...]:
    if catalog.dialect in _HOME:
        return (_HOME[catalog.dialect],)
    schemas = {table.schema for table in catalog.tables}
    return tuple(schemas) if len(schemas) == 1 else ()
