"""What PostgreSQL's own catalog says: tables and views the role may read, their columns and keys.

Texts and plain numbers alone cross the wire, lists as JSON: a role that may not call set_config can still be read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from services.integration.catalog.model import Column, ColumnType, Relationship, Table

Connection = Any  # asyncpg.Connection: its stubs can't name the record class of a plain connection

MAX_TABLES = 2_000
MAX_COLUMNS = 10_000
_DESCRIPTION = 500

_TABLES = """
SELECT c.oid::bigint AS id, n.nspname::text AS schema, c.relname::text AS name, c.relkind::text AS kind,
       c.reltuples::float8 AS estimate, pg_catalog.obj_description(c.oid, 'pg_class') AS description
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
   AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
   AND (pg_catalog.json_array_length($1::json) = 0
        OR n.nspname::text IN (SELECT pg_catalog.json_array_elements_text($1::json)))
   AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
   AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'
                      AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
 ORDER BY n.nspname, c.relname LIMIT $2
"""
# A domain is as its base type; typcategory is inherited over any number of domains.
_COLUMNS = """
SELECT a.attrelid::bigint AS table_id, a.attname::text AS name,
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS native, NOT a.attnotnull AS nullable,
       coalesce(bb.typname, b.typname, t.typname)::text AS base,
       coalesce(bb.typtype, b.typtype, t.typtype)::text AS kind,
       t.typcategory::text AS category, pg_catalog.col_description(a.attrelid, a.attnum) AS description
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_catalog.pg_type b ON t.typtype = 'd' AND b.oid = t.typbasetype
  LEFT JOIN pg_catalog.pg_type bb ON b.typtype = 'd' AND bb.oid = b.typbasetype
 WHERE a.attnum > 0 AND NOT a.attisdropped
   AND a.attrelid::bigint IN (SELECT pg_catalog.json_array_elements_text($1::json)::bigint)
   AND pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')
 ORDER BY a.attrelid, a.attnum LIMIT $2
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
 WHERE k.contype IN ('p', 'f') AND k.conparentid = 0
   AND k.conrelid::bigint IN (SELECT pg_catalog.json_array_elements_text($1::json)::bigint)
 ORDER BY k.conrelid, k.conname
"""
_BY_NAME = {
    "bool": ColumnType.BOOLEAN, "int2": ColumnType.INTEGER, "int4": ColumnType.INTEGER, "int8": ColumnType.INTEGER,
    "float4": ColumnType.NUMBER, "float8": ColumnType.NUMBER, "numeric": ColumnType.DECIMAL,
    "date": ColumnType.DATE, "timestamp": ColumnType.TIMESTAMP, "timestamptz": ColumnType.TIMESTAMP_TZ,
    "time": ColumnType.TIME, "timetz": ColumnType.TIME, "uuid": ColumnType.UUID,
    "json": ColumnType.JSON, "jsonb": ColumnType.JSON,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Structure:
    """Tables without their data's traits. By (schema, name): PostgreSQL's row counts, None if unknown, and relkinds."""

    tables: tuple[Table, ...]
    relationships: tuple[Relationship, ...]
    estimates: dict[tuple[str, str], int | None]
    kinds: dict[tuple[str, str], str]


async def read_structure(connection: Connection, schemas: tuple[str, ...]) -> Structure:
    """Everything the role may SELECT from, in these schemas (none: in all but the system's). At most MAX_TABLES."""
    found = await connection.fetch(_TABLES, json.dumps(schemas), MAX_TABLES)
    ids = json.dumps([row["id"] for row in found])
    columns: dict[int, list[Column]] = {row["id"]: [] for row in found}
    for row in await connection.fetch(_COLUMNS, ids, MAX_COLUMNS):
        columns[row["table_id"]].append(_column(row))
    tables = {row["id"]: _table(row, columns[row["id"]]) for row in found if columns[row["id"]]}
    relationships = []
    for row in await connection.fetch(_KEYS, ids):
        names = tuple(json.loads(row["columns"] or "[]"))
        if row["table_id"] not in tables or not _has(tables[row["table_id"]], names):
            continue
        if row["kind"] == "p":
            tables[row["table_id"]] = replace(tables[row["table_id"]], primary_key=names)
        elif row["target_id"] in tables:
            start, end = tables[row["table_id"]], tables[row["target_id"]]
            end_names = tuple(json.loads(row["target_columns"] or "[]"))
            if _has(end, end_names):
                relationships.append(Relationship(start.schema, start.name, names, end.schema, end.name, end_names))
    keys = {row["id"]: (row["schema"], row["name"]) for row in found if row["id"] in tables}
    estimates = {keys[row["id"]]: _estimate(row) for row in found if row["id"] in keys}
    kinds = {keys[row["id"]]: row["kind"] for row in found if row["id"] in keys}
    return Structure(tuple(tables.values()), tuple(relationships), estimates, kinds)


def _has(table: Table, names: tuple[str, ...]) -> bool:
    return set(names) <= {column.name for column in table.columns}


def _estimate(row: Any) -> int | None:
    known = row["kind"] in "rmp" and row["estimate"] >= 0
    return int(row["estimate"]) if known else None


def _table(row: Any, columns: list[Column]) -> Table:
    return Table(
        schema=row["schema"],
        name=row["name"],
        columns=tuple(columns),
        is_view=row["kind"] in "vm",
        description=(row["description"] or "")[:_DESCRIPTION],
    )


def _column(row: Any) -> Column:
    return Column(
        name=row["name"],
        type=_type(row["base"], row["kind"], row["category"]),
        native_type=row["native"],
        nullable=row["nullable"],
        description=(row["description"] or "")[:_DESCRIPTION],
    )


def _type(base: str, kind: str, category: str) -> ColumnType:
    if base in _BY_NAME:
        return _BY_NAME[base]
    # S: text and its like, also those of extensions; E: enumerations
    return ColumnType.TEXT if kind == "e" or category in "SE" else ColumnType.OTHER
