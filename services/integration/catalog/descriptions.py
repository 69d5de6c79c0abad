"""What people say of tables and columns, over everything that the source and the semantic model say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from services.integration.catalog.model import Catalog, Table


@dataclass(frozen=True, slots=True)
class Description:
    """A person's words for a column, or for the table itself where column is ""; text "" says nothing."""

    schema: str
    table: str
    column: str
    text: str


def with_descriptions(catalog: Catalog, descriptions: Iterable[Description]) -> Catalog:
    """The catalog with a person's words in place of others; of what is no longer there nothing is said.

    Its version isn't set anew: that is for whoever keeps it (document.versioned).
    """
    said = {(one.schema, one.table, one.column): one.text for one in descriptions if one.text}
    if not said:
        return catalog
    return replace(catalog, tables=tuple(_table(table, said) for table in catalog.tables))


def _table(table: Table, said: Mapping[tuple[str, str, str], str]) -> Table:
    key = table.schema, table.name
    return replace(
        table,
        description=said.get((*key, ""), table.description),
        columns=tuple(
            replace(column, description=said.get((*key, column.name), column.description)) for column in table.columns
        ),
    )
