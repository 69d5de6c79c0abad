"""Catalogs of MySQL and MariaDB sources; a schema is what they call a database."""

from __future__ import annotations

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
    Key,
    Structure,
    TableName,
    assembled,
    capped_notes,
    described,
)

_SYSTEM = "('information_schema', 'mysql', 'performance_schema', 'sys')"
_COUNTS = """
SELECT (SELECT count(*) FROM information_schema.tables WHERE {schemas}),
       (SELECT count(*) FROM information_schema.columns WHERE {schemas})
"""
_TABLES = """
SELECT table_schema, table_name, table_type, table_rows, UNIX_TIMESTAMP(update_time), table_comment
  FROM information_schema.tables WHERE {schemas} ORDER BY table_schema, table_name LIMIT {most}
"""
_COLUMNS = """
SELECT table_schema, table_name, column_name, data_type, column_type, is_nullable, column_comment
  FROM information_schema.columns WHERE {schemas} ORDER BY table_schema, table_name, ordinal_position LIMIT {most}
"""
_UNIQUE = """
SELECT table_schema, table_name, index_name, column_name FROM information_schema.statistics
 WHERE {schemas} AND non_unique = 0 ORDER BY table_schema, table_name, index_name, seq_in_index LIMIT {most}
"""
_FOREIGN = """
SELECT table_schema, table_name, constraint_name, column_name, referenced_table_schema, referenced_table_name,
       referenced_column_name
  FROM information_schema.key_column_usage WHERE {schemas} AND referenced_table_name IS NOT NULL
 ORDER BY table_schema, table_name, constraint_name, ordinal_position LIMIT {most}
"""
_BY_NAME = {
    "tinyint": ColumnType.INTEGER, "smallint": ColumnType.INTEGER, "mediumint": ColumnType.INTEGER,
    "int": ColumnType.INTEGER, "integer": ColumnType.INTEGER, "bigint": ColumnType.INTEGER, "year": ColumnType.INTEGER,
    "decimal": ColumnType.DECIMAL, "numeric": ColumnType.DECIMAL, "float": ColumnType.NUMBER,
    "double": ColumnType.NUMBER, "char": ColumnType.TEXT, "varchar": ColumnType.TEXT, "tinytext": ColumnType.TEXT,
    "text": ColumnType.TEXT, "mediumtext": ColumnType.TEXT, "longtext": ColumnType.TEXT, "enum": ColumnType.TEXT,
    "set": ColumnType.TEXT, "date": ColumnType.DATE, "datetime": ColumnType.TIMESTAMP,
    "timestamp": ColumnType.TIMESTAMP_TZ, "time": ColumnType.TIME, "json": ColumnType.JSON, "uuid": ColumnType.UUID,
    "inet4": ColumnType.TEXT, "inet6": ColumnType.TEXT,
}  # fmt: skip
_PIECES = 20


class MySql:
    """The port Dialect."""

    by_values = False
    columnar = False
    readers = 3

    async def structure(self, reader: Reader, schemas: Sequence[str]) -> Structure:
        listed = ", ".join(sql_text.escaped_text(schema) for schema in schemas)
        chosen = f"table_schema IN ({listed})" if schemas else "table_schema = DATABASE()"
        chosen += f" AND table_schema NOT IN {_SYSTEM}"

        async def rows(sql: str, most: int = MAX_COLUMNS) -> Sequence[tuple[Any, ...]]:
            return await reader.rows(sql.format(schemas=chosen, most=most), timeout_seconds=STRUCTURE_SECONDS)

        columns: dict[TableName, list[Column]] = {}
        for schema, table, name, base, native, nullable, comment in await rows(_COLUMNS):
            found = Column(
                name, column_type(base, _plain(native)), _plain(native), nullable == "YES", described(comment)
            )
            columns.setdefault((schema, table), []).append(found)
        tables = [_found(row) for row in await rows(_TABLES, MAX_TABLES)]
        keys = [*_unique(await rows(_UNIQUE)), *_foreign(await rows(_FOREIGN))]
        ((table_count, column_count),) = await rows(_COUNTS)
        return assembled(tables, columns, keys, capped_notes(int(table_count), int(column_count)))

    def quoted(self, identifier: str) -> str:
        return sql_text.back_quoted(identifier)

    def relation(self, found: Found) -> str:
        return f"{self.quoted(found.table.schema)}.{self.quoted(found.table.name)}"

    def value(self, column: Column, expression: str, characters: int) -> str:
        if column.type is ColumnType.TIMESTAMP_TZ:  # whatever the session's zone is
            return f"CONCAT(CAST(CONVERT_TZ({expression}, @@session.time_zone, '+00:00') AS CHAR), '+00')"
        if column.type is ColumnType.BOOLEAN:
            return f"CAST({expression} + 0 AS CHAR)"
        if column.type is ColumnType.TEXT:
            return f"LEFT(CONVERT({expression} USING utf8mb4), {characters})"
        return f"CAST({expression} AS CHAR({characters}))"

    def typed_value(self, column: Column, expression: str, characters: int) -> str:
        return self.value(column, expression, characters)

    def time_check(self, expression: str) -> str:
        return "0"

    def sample(self, found: Found, columns: Sequence[str], rows: int, wanted: int) -> str:
        relation, names = self.relation(found), ", ".join(columns)
        types = {column.name: column.type for column in found.table.columns}
        key = found.table.primary_key
        if rows <= wanted or len(key) != 1 or types[key[0]] is not ColumnType.INTEGER:
            return f"(SELECT {names} FROM {relation} LIMIT {wanted})"  # noqa: S608  quoted by us
        number = self.quoted(key[0])
        # Pieces of the key's range: there is nothing else in MySQL that skips rows without reading them.
        pieces = " UNION ALL ".join(
            f"(SELECT {names} FROM {relation} WHERE {number} >= (SELECT min({number}) + "  # noqa: S608  quoted by us
            f"(max({number}) - min({number})) * {piece / _PIECES} FROM {relation}) "
            f"ORDER BY {number} LIMIT {max(1, wanted // _PIECES)})"
            for piece in range(_PIECES)
        )
        return f"({pieces})"


def _plain(native: object) -> str:
    """MySQL 8 gives column types as bytes over some drivers."""
    return native.decode() if isinstance(native, bytes) else str(native)


def _found(row: tuple[Any, ...]) -> Found:
    schema, name, kind, count, changed, comment = row
    is_view = "VIEW" in kind
    table = Table(
        schema,
        name,
        (),
        is_view=is_view,
        description="" if is_view else described(comment),  # a view's comment is the word "VIEW"
        change_time=datetime.fromtimestamp(float(changed), UTC) if changed is not None else None,
    )
    return Found(table, None if is_view or count is None else int(count))


def _unique(rows: Sequence[tuple[Any, ...]]) -> list[Key]:
    found: dict[tuple[str, str, str], list[str]] = {}
    for schema, table, index, column in rows:
        found.setdefault((schema, table, index), []).append(column or "")  # an expression has no column
    return [
        Key("p" if index == "PRIMARY" else "u", (schema, table), tuple(names))
        for (schema, table, index), names in found.items()
    ]


def _foreign(rows: Sequence[tuple[Any, ...]]) -> list[Key]:
    found: dict[tuple[str, str, str], list[tuple[Any, ...]]] = {}
    for row in rows:
        found.setdefault(row[:3], []).append(row[3:])
    return [
        Key(
            "f",
            (schema, table),
            tuple(part[0] for part in parts),
            (parts[0][1], parts[0][2]),
            tuple(part[3] for part in parts),
        )
        for (schema, table, _), parts in found.items()
    ]


def column_type(base: str, native: str) -> ColumnType:
    """The family of a type by its name ("tinyint") and as declared ("tinyint(1) unsigned")."""
    if base == "tinyint" and native.startswith("tinyint(1)"):
        return ColumnType.BOOLEAN
    if base == "bit":
        return ColumnType.BOOLEAN if native == "bit(1)" else ColumnType.OTHER
    return _BY_NAME.get(base.lower(), ColumnType.OTHER)
