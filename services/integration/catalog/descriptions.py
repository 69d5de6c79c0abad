"""What people say of tables and columns, laid over what was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from services.integration.catalog.model import Catalog, Table


@dataclass(frozen=True, slots=True)
class Description:
    """A person's words on a table, or on a column of it; column "" is the table itself."""

    schema: str
    table: str
    column: str
    text: str


def with_descriptions(catalog: Catalog, said: Iterable[Description]) -> Catalog:
    """The catalog with people's words in place of the source's and the semantic model's.

    Words on what is no longer there are left alone. The version isn't touched.
    """
    words = {(one.schema, one.table, one.column): one.text for one in said}
    if not words:
        return catalog
    return replace(catalog, tables=tuple(_described(table, words) for table in catalog.tables))


def _described(table: Table, words: dict[tuple[str, str, str], str]) -> Table:
    columns = tuple(
        replace(column, description=words.get((table.schema, table.name, column.name), column.description))
        for column in table.columns
    )
    own = words.get((table.schema, table.name, ""), table.description)
    return replace(table, description=own, columns=columns)
