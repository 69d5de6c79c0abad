"""What there is to ask about: tables, their columns and how many rows they have. Pure."""

from __future__ import annotations

from services.integration.catalog.model import Catalog, Table

_COLUMNS = 40


def tables(catalog: Catalog) -> str:
    """A block of lines for each table."""
    return "\n".join(_table(table) for table in catalog.tables if not table.hidden)


def _table(table: Table) -> str:
    shown = [column for column in table.columns if not column.hidden]
    columns = ", ".join(f"{column.name} ({column.type})" for column in shown[:_COLUMNS])
    more = f", and {len(shown) - _COLUMNS} more" if len(shown) > _COLUMNS else ""
    about = "" if table.row_count_exact else "about "
    return f"{table.name}: {about}{table.row_count:,} rows\n  {columns}{more}"


def example(catalog: Catalog) -> str:
    """A question that the catalog's largest table answers."""
    largest = max(catalog.tables, key=lambda table: table.row_count)
    return f"how many {largest.label or largest.name} are there"
