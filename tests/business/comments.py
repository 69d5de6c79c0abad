"""What a database says of its tables and columns. SQLite keeps no comments, so they are put into the catalog read."""

from collections.abc import Mapping
from dataclasses import replace

from services.integration.catalog.model import Catalog

Comments = Mapping[tuple[str, str], str]


def with_comments(catalog: Catalog, comments: Comments) -> Catalog:
    """`comments` maps (table, column) to text; the column of a table's own comment is empty."""
    tables = []
    for table in catalog.tables:
        columns = tuple(replace(c, description=comments.get((table.name, c.name), "")) for c in table.columns)
        tables.append(replace(table, columns=columns, description=comments.get((table.name, ""), "")))
    return replace(catalog, tables=tuple(tables))
