"""What PostgreSQL's own catalog says: tables and views the role may read, their columns and keys.

Texts and plain numbers alone cross the wire, lists as JSON: a role that may not call set_config can still be read.
"""

from __future__ import annotations

import json
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
SELECT count(*) OVER ()::bigint AS total,
       c.oid::bigint AS id, n.nspname::text AS schema, c.relname::text AS name, c.relkind::text AS kind,
       c.reltuples::float8 AS estimate, pg_catalog.obj_description(c.oid, 'pg_class') AS description
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
   AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
   AND (pg_catalog.json_array_length({schemas}::json) = 0
        OR n.nspname::text IN (SELECT pg_catalog.json_array_elements_text({schemas}::json)))
   AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
   AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'
                      AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
 ORDER BY n.nspname, c.relname LIMIT {most}
"""
# A domain is as its base type; typcategory is inherited over any number of domains.
_COLUMNS = """
SELECT count(*) OVER ()::bigint AS total,
       a.attrelid::bigint AS table_id, a.attname::text AS name,
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS native, NOT a.attnotnull AS nullable,
       coalesce(bb.typname, b.typname, t.typname)::text AS base,
       coalesce(bb.typtype, b.typtype, t.typtype)::text AS kind,
       t.typcategory::text AS category, pg_catalog.col_description(a.attrelid, a.attnum) AS description
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_catalog.pg_type b ON t.typtype = 'd' AND b.oid = t.typbasetype
  LEFT JOIN pg_catalog.pg_type bb ON b.typtype = 'd' AND bb.oid = b.typbasetype
 WHERE a.attnum > 0 AND NOT a.attisdropped
   AND a.attrelid::bigint IN (SELECT pg_catalog.json_array_elements_text({ids}::json)::bigint)
   AND pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')
 ORDER BY a.attrelid, a.attnum LIMIT {most}
"""
_KEYS = """
SELECT k.contype::text AS kind, k.conrelid::bigint AS table_id, k.confrelid::bigint AS target_id,
       (SELECT pg_catalog.json_agg(a.attname::text ORDER BY u.n)::text
          FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY u(attnum, n)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum) AS columns,
       (SELECT pg_catalog.json_agg(a.attname::text ORDER BY u.n)::text
          FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY u(attnum, n)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum) AS target_columns
  FROM pg_catalog.pg_constraint k
 WHERE k.contype IN ('p', 'u', 'f') AND k.conparentid = 0
   AND k.conrelid::bigint IN (SELECT pg_catalog.json_array_elements_text({ids}::json)::bigint)
 ORDER BY k.conrelid, k.conname
"""
_BY_NAME = {
    "bool": ColumnType.BOOLEAN, "int2": ColumnType.INTEGER, "int4": ColumnType.INTEGER, "int8": ColumnType.INTEGER,
    "float4": ColumnType.NUMBER, "float8": ColumnType.NUMBER, "numeric": ColumnType.DECIMAL,
    "date": ColumnType.DATE, "timestamp": ColumnType.TIMESTAMP, "timestamptz": ColumnType.TIMESTAMP_TZ,
    "time": ColumnType.TIME, "timetz": ColumnType.TIME, "uuid": ColumnType.UUID,
    "json": ColumnType.JSON, "jsonb": ColumnType.JSON,
}  # fmt: skip


_STATISTICS = """
SELECT schemaname::text AS schema, tablename::text AS name, attname::text AS column,
       n_distinct::float8 AS distinct_values
  FROM pg_catalog.pg_stats
 WHERE n_distinct <> 0 AND schemaname IN (SELECT pg_catalog.json_array_elements_text({schemas}::json))
 LIMIT {most}
"""
_TABLE_KINDS = "rmp"  # views and foreign tables can't be sampled in place


class Postgres:
    """The port Dialect."""

    by_values = False
    columnar = False
    readers = 3

    async def structure(self, reader: Reader, schemas: Sequence[str]) -> Structure:
        async def rows(sql: str, most: int, names: Sequence[Any]) -> Sequence[tuple[Any, ...]]:
            listed = sql_text.text(json.dumps(list(names)))
            filled = sql.format(schemas=listed, ids=listed, most=most)
            return await reader.rows(filled, timeout_seconds=STRUCTURE_SECONDS)

        tables = await rows(_TABLES, MAX_TABLES, schemas)
        names: dict[int, TableName] = {row[1]: (row[2], row[3]) for row in tables}
        columns: dict[TableName, list[Column]] = {}
        column_rows = await rows(_COLUMNS, MAX_COLUMNS, list(names))
        for row in column_rows:
            columns.setdefault(names[row[1]], []).append(_column(row))
        keys = [
            _key(row, names) for row in await rows(_KEYS, MAX_COLUMNS, list(names)) if row[0] != "f" or row[2] in names
        ]
        distinct: dict[TableName, dict[str, float]] = {}
        for schema, table, column, count in await rows(_STATISTICS, MAX_COLUMNS, sorted({row[2] for row in tables})):
            distinct.setdefault((schema, table), {})[column] = count
        notes = capped_notes(tables[0][0] if tables else 0, column_rows[0][0] if column_rows else 0)
        return assembled((_found(row, distinct.get((row[2], row[3]), {})) for row in tables), columns, keys, notes)

    def quoted(self, identifier: str) -> str:
        return sql_text.double_quoted(identifier)

    def relation(self, found: Found) -> str:
        return f"{self.quoted(found.table.schema)}.{self.quoted(found.table.name)}"

    def value(self, column: Column, expression: str, characters: int) -> str:
        return f"left(({expression})::text, {characters})"

    def typed_value(self, column: Column, expression: str, characters: int) -> str:
        return self.value(column, expression, characters)

    def time_check(self, expression: str) -> str:
        return "0"

    def sample(self, found: Found, columns: Sequence[str], rows: int, wanted: int) -> str:
        relation = self.relation(found)
        if found.kind not in _TABLE_KINDS or rows <= wanted:
            return f"(SELECT * FROM {relation} LIMIT {wanted})"  # noqa: S608  quoted by us
        percent = min(100.0, 120.0 * wanted / rows)  # of pages: some more than wanted, then cut
        return f"(SELECT * FROM {relation} TABLESAMPLE SYSTEM ({percent:.6f}) REPEATABLE (42) LIMIT {wanted})"  # noqa: S608


def _found(row: tuple[Any, ...], distinct: dict[str, float]) -> Found:
    _, _, schema, name, kind, estimate, description = row
    table = Table(schema, name, (), is_view=kind in "vm", description=described(description))
    known = kind in _TABLE_KINDS and estimate >= 0
    return Found(table, int(estimate) if known else None, kind=kind, distinct=distinct)


def _column(row: tuple[Any, ...]) -> Column:
    _, _, name, native, nullable, base, kind, category, description = row
    return Column(name, _type(base, kind, category), native, nullable, described(description))


def _key(row: tuple[Any, ...], names: dict[int, TableName]) -> Key:
    kind, table, target, columns, target_columns = row
    return Key(
        kind,
        names[table],
        tuple(json.loads(columns or "[]")),
        names.get(target, ("", "")),
        tuple(json.loads(target_columns or "[]")),
    )


def _type(base: str, kind: str, category: str) -> ColumnType:
    if base in _BY_NAME:
        return _BY_NAME[base]
    # S: text and its like, also those of extensions; E: enumerations
    return ColumnType.TEXT if kind == "e" or category in "SE" else ColumnType.OTHER
