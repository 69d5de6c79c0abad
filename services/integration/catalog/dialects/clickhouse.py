"""Catalogs of ClickHouse sources; a schema is what it calls a database. Its keys sort, they don't identify."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from services.integration.catalog.dialects import sql_text
from services.integration.catalog.dialects.port import STRUCTURE_SECONDS
from services.integration.catalog.model import Column, ColumnType, Table
from services.integration.catalog.reader import Reader
from services.integration.catalog.structure import (
    MAX_COLUMNS,
    MAX_TABLES,
    Found,
    Structure,
    TableName,
    assembled,
    capped_notes,
    described,
)
from services.integration.executors.errors import QueryFailed

_SYSTEM = "('system', 'information_schema', 'INFORMATION_SCHEMA')"
_COUNTS = """
SELECT (SELECT count() FROM system.tables WHERE {schemas} AND NOT startsWith(name, '.inner')),
       (SELECT count() FROM system.columns WHERE {schemas} AND NOT startsWith(table, '.inner'))
"""
_TABLES = """
SELECT database, name, engine, total_rows, comment FROM system.tables
 WHERE {schemas} AND NOT startsWith(name, '.inner') AND NOT is_temporary ORDER BY database, name LIMIT {most}
"""
_COLUMNS = """
SELECT database, table, name, type, comment FROM system.columns
 WHERE {schemas} AND NOT startsWith(table, '.inner') ORDER BY database, table, position LIMIT {most}
"""
_CHANGES = """
SELECT database, table, toUnixTimestamp(max(modification_time)) FROM system.parts
 WHERE active AND {schemas} GROUP BY database, table LIMIT {most}
"""
_WRAPPED = re.compile(r"(?:LowCardinality|Nullable)\((.*)\)$", re.DOTALL)
_AGGREGATE = re.compile(r"SimpleAggregateFunction\([^,]+, (.*)\)$", re.DOTALL)
_ZONED = re.compile(r"DateTime(?:64)?\(.*'.+'\)$")
_FAMILIES = (
    (r"Bool", ColumnType.BOOLEAN),
    (r"U?Int(8|16|32|64|128|256)", ColumnType.INTEGER),
    (r"(Float(32|64)|BFloat16)", ColumnType.NUMBER),
    (r"Decimal(32|64|128|256)?\(.*\)", ColumnType.DECIMAL),
    (r"(String|FixedString\(\d+\)|Enum(8|16)?\(.*\)|IPv[46])", ColumnType.TEXT),
    (r"Date(32)?", ColumnType.DATE),
    (r"DateTime(64)?(\(\d+\))?", ColumnType.TIMESTAMP),
    (r"Time(64)?(\(\d+\))?", ColumnType.TIME),
    (r"UUID", ColumnType.UUID),
    (r"(JSON|Object\('json'\))(\(.*\))?", ColumnType.JSON),
)
_PIECE = 1024


class ClickHouse:
    """The port Dialect."""

    by_values = False
    columnar = True
    readers = 2

    async def structure(self, reader: Reader, schemas: Sequence[str]) -> Structure:
        listed = ", ".join(sql_text.escaped_text(schema) for schema in schemas)
        chosen = f"database IN ({listed})" if schemas else "database = currentDatabase()"
        chosen += f" AND database NOT IN {_SYSTEM}"

        async def rows(sql: str, most: int = MAX_COLUMNS) -> Sequence[tuple[Any, ...]]:
            return await reader.rows(sql.format(schemas=chosen, most=most), timeout_seconds=STRUCTURE_SECONDS)

        columns: dict[TableName, list[Column]] = {}
        for database, table, name, native, comment in await rows(_COLUMNS):
            found = Column(name, column_type(native), native, is_nullable(native), described(comment))
            columns.setdefault((database, table), []).append(found)
        tables = await rows(_TABLES, MAX_TABLES)
        try:
            changes = {(row[0], row[1]): datetime.fromtimestamp(int(row[2]), UTC) for row in await rows(_CHANGES)}
        except QueryFailed:  # the role may not look at parts
            changes = {}
        ((table_count, column_count),) = await rows(_COUNTS)
        return assembled(
            (_found(row, changes.get((row[0], row[1]))) for row in tables),
            columns,
            (),
            capped_notes(int(table_count), int(column_count)),
        )

    def quoted(self, identifier: str) -> str:
        return sql_text.escaped_quoted(identifier)

    def relation(self, found: Found) -> str:
        return f"{self.quoted(found.table.schema)}.{self.quoted(found.table.name)}"

    def value(self, column: Column, expression: str, characters: int) -> str:
        if column.type is ColumnType.TIMESTAMP_TZ:
            return f"concat(toString({expression}, 'UTC'), '+00')"
        if column.type is ColumnType.TEXT:
            return f"substringUTF8(toString({expression}), 1, {characters})"
        return f"toString({expression})"

    def typed_value(self, column: Column, expression: str, characters: int) -> str:
        return self.value(column, expression, characters)

    def time_check(self, expression: str) -> str:
        return "0"

    def sample(self, found: Found, columns: Sequence[str], rows: int, wanted: int) -> str:
        relation, names = self.relation(found), ", ".join(columns)
        if rows <= wanted or "MergeTree" not in found.kind:
            return f"(SELECT {names} FROM {relation} LIMIT {wanted})"  # noqa: S608  quoted by us
        period = max(_PIECE, rows * _PIECE // wanted)
        # Parts are read by granules: those without a chosen row are skipped, unlike by a SAMPLE or a hash.
        return (
            f"(SELECT {names} FROM {relation} WHERE _part_offset % {period} < {_PIECE} "  # noqa: S608  quoted by us
            f"LIMIT {wanted})"
        )


def _found(row: tuple[Any, ...], changed: datetime | None) -> Found:
    database, name, engine, count, comment = row
    table = Table(
        database,
        name,
        (),
        is_view=engine.endswith("View"),
        description=described(comment),
        change_time=changed,
    )
    known = count is not None and not table.is_view
    return Found(table, int(count) if known else None, exact=known and "MergeTree" in engine, kind=engine)


def is_nullable(native: str) -> bool:
    """Whether a column of this type may be empty."""
    return native.startswith(("Nullable(", "LowCardinality(Nullable("))


def column_type(native: str) -> ColumnType:
    """The family of a type as ClickHouse writes it; arrays, maps and tuples are OTHER.

    A DateTime without a zone of its own is a time on the wall; one with a zone is a moment.
    """
    inner = native
    while wrapped := _WRAPPED.match(inner) or _AGGREGATE.match(inner):
        inner = wrapped[1]
    if _ZONED.fullmatch(inner):
        return ColumnType.TIMESTAMP_TZ
    return next((family for form, family in _FAMILIES if re.fullmatch(form, inner, re.DOTALL)), ColumnType.OTHER)
