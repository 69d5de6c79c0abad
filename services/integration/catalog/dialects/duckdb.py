"""Catalogs of files that DuckDB reads: each is a table or a view of its schema "main"."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from services.integration.catalog.dialects import sql_text
from services.integration.catalog.dialects.port import STRUCTURE_SECONDS
from services.integration.catalog.model import Column, ColumnType, Table
from services.integration.catalog.reader import Reader
from services.integration.catalog.structure import (
    MAX_COLUMNS,
    MAX_TABLES,
    Found,
    Key,
    Structure,
    TableName,
    assembled,
    capped_notes,
    described,
)

_TABLES = """
SELECT count(*) OVER (), schema_name, name, comment FROM (
    SELECT schema_name, table_name AS name, comment FROM duckdb_tables()
     WHERE database_name = current_database() AND NOT internal
    UNION ALL
    SELECT schema_name, view_name, comment FROM duckdb_views()
     WHERE database_name = current_database() AND NOT internal)
 WHERE {schemas} ORDER BY schema_name, name LIMIT {most}
"""
_COLUMNS = """
SELECT count(*) OVER (), schema_name, table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns()
 WHERE database_name = current_database() AND NOT internal AND {schemas}
 ORDER BY schema_name, table_name, column_index LIMIT {most}
"""
_KEYS = """
SELECT constraint_type, schema_name, table_name, to_json(constraint_column_names)::VARCHAR, referenced_table,
       to_json(referenced_column_names)::VARCHAR
  FROM duckdb_constraints() WHERE database_name = current_database()
   AND constraint_type IN ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY')
 ORDER BY schema_name, table_name, constraint_index LIMIT {most}
"""
_KINDS = {"PRIMARY KEY": "p", "UNIQUE": "u", "FOREIGN KEY": "f"}
_BY_NAME = {
    "BOOLEAN": ColumnType.BOOLEAN, "TINYINT": ColumnType.INTEGER, "SMALLINT": ColumnType.INTEGER,
    "INTEGER": ColumnType.INTEGER, "BIGINT": ColumnType.INTEGER, "HUGEINT": ColumnType.INTEGER,
    "UTINYINT": ColumnType.INTEGER, "USMALLINT": ColumnType.INTEGER, "UINTEGER": ColumnType.INTEGER,
    "UBIGINT": ColumnType.INTEGER, "UHUGEINT": ColumnType.INTEGER, "BIGNUM": ColumnType.INTEGER,
    "VARINT": ColumnType.INTEGER, "FLOAT": ColumnType.NUMBER, "DOUBLE": ColumnType.NUMBER,
    "DECIMAL": ColumnType.DECIMAL, "VARCHAR": ColumnType.TEXT, "ENUM": ColumnType.TEXT, "DATE": ColumnType.DATE,
    "TIMESTAMP": ColumnType.TIMESTAMP, "TIMESTAMP_S": ColumnType.TIMESTAMP, "TIMESTAMP_MS": ColumnType.TIMESTAMP,
    "TIMESTAMP_NS": ColumnType.TIMESTAMP, "TIMESTAMP WITH TIME ZONE": ColumnType.TIMESTAMP_TZ,
    "TIMESTAMP_NS WITH TIME ZONE": ColumnType.TIMESTAMP_TZ, "TIME": ColumnType.TIME, "TIME_NS": ColumnType.TIME,
    "TIME WITH TIME ZONE": ColumnType.TIME, "UUID": ColumnType.UUID, "JSON": ColumnType.JSON,
}  # fmt: skip
_PIECE_ROWS = 1_000
_PIECES = 6  # of a file's rows: each opens a row group of all columns


class DuckDb:
    """The port Dialect."""

    by_values = False
    columnar = True
    readers = 1  # a statement uses every core by itself

    async def structure(self, reader: Reader, schemas: Sequence[str]) -> Structure:
        listed = ", ".join(sql_text.text(schema) for schema in schemas)
        chosen = f"schema_name IN ({listed})" if schemas else "schema_name NOT IN ('information_schema', 'pg_catalog')"

        async def rows(sql: str, most: int) -> Sequence[tuple[Any, ...]]:
            return await reader.rows(sql.format(schemas=chosen, most=most), timeout_seconds=STRUCTURE_SECONDS)

        tables = await rows(_TABLES, MAX_TABLES)
        columns: dict[TableName, list[Column]] = {}
        column_rows = await rows(_COLUMNS, MAX_COLUMNS)
        for _, schema, table, name, native, nullable, comment in column_rows:
            found = Column(name, column_type(native), native, bool(nullable), described(comment))
            columns.setdefault((schema, table), []).append(found)
        keys = [
            Key(
                _KINDS[kind],
                (schema, table),
                tuple(json.loads(names or "[]")),
                (schema, target or ""),
                tuple(json.loads(ends or "[]")),
            )
            for kind, schema, table, names, target, ends in await rows(_KEYS, MAX_COLUMNS)
        ]
        notes = capped_notes(tables[0][0] if tables else 0, column_rows[0][0] if column_rows else 0)
        return assembled(
            (
                Found(Table(schema, name, (), description=described(comment)))  # a view of a file is a table to people
                for _, schema, name, comment in tables
            ),
            columns,
            keys,
            notes,
        )

    def quoted(self, identifier: str) -> str:
        return sql_text.double_quoted(identifier)

    def relation(self, found: Found) -> str:
        return f"{self.quoted(found.table.schema)}.{self.quoted(found.table.name)}"

    def value(self, column: Column, expression: str, characters: int) -> str:
        if column.type is ColumnType.TIMESTAMP_TZ:  # whatever the session's zone is
            return f"CAST(({expression}) AT TIME ZONE 'UTC' AS VARCHAR) || '+00'"
        return f"left(CAST({expression} AS VARCHAR), {characters})"

    def typed_value(self, column: Column, expression: str, characters: int) -> str:
        return self.value(column, expression, characters)

    def time_check(self, expression: str) -> str:
        return "0"

    def sample(self, found: Found, columns: Sequence[str], rows: int, wanted: int) -> str:
        relation, names = self.relation(found), ", ".join(columns)
        if rows <= wanted:
            return f"(SELECT {names} FROM {relation} LIMIT {wanted})"  # noqa: S608  quoted by us
        # TABLESAMPLE decodes the whole file; an OFFSET skips what lies before it.
        pieces = " UNION ALL ".join(
            f"(SELECT {names} FROM {relation} LIMIT {length} OFFSET {start})"  # noqa: S608  quoted by us
            for start, length in sql_text.chunks(rows, wanted, min(_PIECES, max(1, wanted // _PIECE_ROWS)))
        )
        return f"({pieces})"


def column_type(native: str) -> ColumnType:
    """The family of a type as DuckDB writes it; nested ones (STRUCT, MAP, lists) are OTHER."""
    if native.endswith("]"):
        return ColumnType.OTHER
    return _BY_NAME.get(re.sub(r"\(.*\)", "", native).strip(), ColumnType.OTHER)
