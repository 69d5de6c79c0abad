"""What was found out about files, in lines for the asker: tables, types, and what could not be read. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.integration.files.model import PreparedColumn, PreparedFile, PreparedTable

_TABLES, _COLUMNS, _NOTES = 8, 8, 6


def lines(files: Sequence[tuple[str, PreparedFile]]) -> Iterator[str]:
    """Each file by its name, with its tables and all that isn't as the asker may think."""
    for name, file in files:
        kept = [table for table in file.tables if not table.left_out]
        for table in kept[:_TABLES]:
            yield f"{_source(name, file, table)}: {table.row_count:,} rows; {_columns(table)}"
        if len(kept) > _TABLES:
            yield f"{name}: and {len(kept) - _TABLES} more tables"
        for table in kept:
            yield from _problems(name, file, table)


def _source(name: str, file: PreparedFile, table: PreparedTable) -> str:
    where = f"{name}, {table.origin}" if table.origin and len(file.tables) > 1 else name
    return f"{where} → {table.name}"


def _columns(table: PreparedTable) -> str:
    kept = [column for column in table.columns if not column.left_out]
    told = ", ".join(f"{column.name} {column.type}" for column in kept[:_COLUMNS])
    return told + (f" and {len(kept) - _COLUMNS} more columns" if len(kept) > _COLUMNS else "")


def _problems(name: str, file: PreparedFile, table: PreparedTable) -> Iterator[str]:
    where = f"{name}, {table.origin}" if table.origin and len(file.tables) > 1 else name
    if table.broken_row_count:
        count = table.broken_row_count
        rows, which = ("row", "is") if count == 1 else ("rows", "are")
        first = table.broken_rows[0] if table.broken_rows else None
        at = f" (line {first.line}: {first.problem.rstrip('.')})" if first and first.line else ""
        yield f"{count:,} {rows} of {where} couldn't be read and {which} left out{at}: --broken refuse to stop there"
    noted = [column for column in table.columns if column.note or column.unfit_count]
    for column in noted[:_NOTES]:
        yield f"{where}, {column.name}: {'; '.join(_told(column))}"


def _told(column: PreparedColumn) -> Iterator[str]:
    if column.note:
        yield column.note
    if column.unfit_count:
        yield f"{column.unfit_count:,} values that are no {column.type} are left empty"
