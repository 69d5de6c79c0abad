"""Catalogs of SQLite files: one schema "main", declared types that bind no value."""

from __future__ import annotations

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
)
from services.integration.executors.errors import QueryFailed, TimedOut

SCHEMA = "main"
# hidden 2 and 3 are generated columns; 1 belongs to virtual tables alone.
_TABLES = """
SELECT count(*) OVER (), m.name, m.type, m.sql LIKE '%WITHOUT ROWID%' FROM sqlite_master AS m
 WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY m.name LIMIT {most}
"""
_COLUMNS = """
SELECT count(*) OVER (), m.name, c.name, c.type, c."notnull", c.pk
  FROM sqlite_master AS m JOIN pragma_table_xinfo(m.name) AS c
 WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND c.hidden IN (0, 2, 3)
 ORDER BY m.name, c.cid LIMIT {most}
"""
_UNIQUE = """
SELECT m.name, i.name, c.name FROM sqlite_master AS m JOIN pragma_index_list(m.name) AS i
  JOIN pragma_index_info(i.name) AS c
 WHERE m.type = 'table' AND i."unique" = 1 AND i.partial = 0 AND i.origin <> 'pk'
 ORDER BY m.name, i.seq, c.seqno LIMIT {most}
"""
_FOREIGN = """
SELECT m.name, f.id, f."table", f."from", f."to" FROM sqlite_master AS m JOIN pragma_foreign_key_list(m.name) AS f
 WHERE m.type = 'table' ORDER BY m.name, f.id, f.seq LIMIT {most}
"""
_PIECES = 20
_ESTIMATE_ROWS = 200_000


class Sqlite:
    """The port Dialect."""

    by_values = True
    columnar = False
    readers = 1

    async def structure(self, reader: Reader, schemas: Sequence[str]) -> Structure:
        if schemas and SCHEMA not in schemas:
            return Structure(())

        async def rows(sql: str, most: int = MAX_COLUMNS) -> Sequence[tuple[Any, ...]]:
            return await reader.rows(sql.format(most=most), timeout_seconds=STRUCTURE_SECONDS)

        tables = await rows(_TABLES, MAX_TABLES)
        columns: dict[TableName, list[Column]] = {}
        primary: dict[TableName, dict[int, str]] = {}
        column_rows = await rows(_COLUMNS)
        for _, table, name, native, not_null, position in column_rows:
            nullable = not not_null and not (position and "INT" in native.upper())
            columns.setdefault((SCHEMA, table), []).append(Column(name, declared_type(native), native, nullable))
            if position:
                primary.setdefault((SCHEMA, table), {})[position] = name
        ordered = {table: tuple(names[n] for n in sorted(names)) for table, names in primary.items()}
        keys = [Key("p", table, names) for table, names in ordered.items()]
        keys += _unique(await rows(_UNIQUE))
        keys += _foreign(await rows(_FOREIGN), columns, ordered)
        found = [
            Found(
                Table(SCHEMA, name, (), is_view=kind == "view"),
                None if kind == "view" else await self._estimate(reader, name, bool(without)),
                kind="rowid" if kind == "table" and not without else kind,
            )
            for _, name, kind, without in tables
        ]
        notes = capped_notes(tables[0][0] if tables else 0, column_rows[0][0] if column_rows else 0)
        return assembled(found, columns, keys, notes)

    async def _estimate(self, reader: Reader, table: str, without_rowid: bool) -> int | None:
        """The last row's number where it is large: counting reads the whole table, this one page."""
        if without_rowid:
            return None
        quoted = self.quoted(table)
        try:
            found = await reader.rows(
                f"SELECT max(rowid) FROM {quoted}",  # noqa: S608  quoted by us
                timeout_seconds=STRUCTURE_SECONDS,
            )
        except (TimedOut, QueryFailed):  # a virtual table may have no row numbers
            return None
        last = found[0][0] if found else None
        return last if isinstance(last, int) and last > _ESTIMATE_ROWS else None

    def quoted(self, identifier: str) -> str:
        return sql_text.double_quoted(identifier)

    def relation(self, found: Found) -> str:
        return f"{self.quoted(SCHEMA)}.{self.quoted(found.table.name)}"

    def value(self, column: Column, expression: str, characters: int) -> str:
        return f"substr(CAST({expression} AS TEXT), 1, {characters})"

    def typed_value(self, column: Column, expression: str, characters: int) -> str:
        return (
            f"CASE typeof({expression}) WHEN 'null' THEN NULL WHEN 'blob' THEN 'b' "
            f"ELSE substr(typeof({expression}), 1, 1) || {self.value(column, expression, characters)} END"
        )

    def time_check(self, expression: str) -> str:
        form = "[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]"
        # Only a modifier makes SQLite notice that there is no 30th of February.
        return (
            f"max(CASE WHEN {expression} IS NULL THEN 0 "
            f"WHEN typeof({expression}) <> 'text' OR date({expression}, '+0 days') IS NOT substr({expression}, 1, 10) "
            f"OR NOT ({expression} GLOB '{form}' OR {expression} GLOB '{form}[ T]*') THEN 2 "
            f"WHEN length({expression}) > 10 THEN 1 ELSE 0 END)"
        )

    def sample(self, found: Found, columns: Sequence[str], rows: int, wanted: int) -> str:
        relation, names = self.relation(found), ", ".join(columns)
        if found.kind != "rowid" or rows <= wanted:
            return f"(SELECT {names} FROM {relation} LIMIT {wanted})"  # noqa: S608  quoted by us
        # Row numbers may begin anywhere and have gaps, so each piece begins some part of the way from the first to the
        # last, and takes the rows that come next.
        first, last = (f"(SELECT {end}(rowid) FROM {relation})" for end in ("min", "max"))  # noqa: S608  quoted by us
        pieces = list(sql_text.chunks(rows, wanted, _PIECES))
        starts = [f"{first} + {start} * ({last} - {first} + 1) / {rows}" for start, _ in pieces]
        ends = [*starts[1:], f"{last} + 1"]
        found_rows = " UNION ALL ".join(
            f"SELECT * FROM (SELECT {names} FROM {relation} WHERE rowid >= {start} AND rowid < {end} LIMIT {length})"  # noqa: S608  quoted by us
            for start, end, (_, length) in zip(starts, ends, pieces, strict=True)
        )
        return f"(SELECT * FROM ({found_rows}) LIMIT {wanted})"  # noqa: S608  quoted by us


def _unique(rows: Sequence[tuple[Any, ...]]) -> list[Key]:
    found: dict[tuple[str, str], list[str | None]] = {}
    for table, index, column in rows:
        found.setdefault((table, index), []).append(column)
    # An index over an expression has a column without a name.
    return [Key("u", (SCHEMA, table), tuple(c or "" for c in names)) for (table, _), names in found.items()]


def _foreign(
    rows: Sequence[tuple[Any, ...]],
    columns: dict[TableName, list[Column]],
    primary: dict[TableName, tuple[str, ...]],
) -> list[Key]:
    """SQLite takes keys' names in any case, and a target without columns for its primary key."""
    tables = {table.lower(): table for _, table in columns}
    found: dict[tuple[str, int], list[tuple[str, str, str | None]]] = {}
    for table, number, target, start, end in rows:
        found.setdefault((table, number), []).append((start, target, end))
    keys = []
    for (table, _), parts in found.items():
        target = tables.get(parts[0][1].lower(), "")
        ends = tuple(end for _, _, end in parts if end is not None) or primary.get((SCHEMA, target), ())
        home, away = (SCHEMA, table), (SCHEMA, target)
        starts = _spelled([start for start, _, _ in parts], columns.get(home, []))
        spelled = _spelled(list(ends), columns.get(away, []))
        if len(starts) == len(spelled) == len(parts):
            keys.append(Key("f", home, starts, away, spelled))
    return keys


def _spelled(names: list[str], columns: list[Column]) -> tuple[str, ...]:
    known = {column.name.lower(): column.name for column in columns}
    return tuple(known[name.lower()] for name in names if name.lower() in known)


def declared_type(native: str) -> ColumnType:
    """The family that a declaration suggests; what the values are decides in the end."""
    upper = native.upper()
    name = upper.split("(")[0].strip()
    exact = {
        "DATE": ColumnType.DATE, "DATETIME": ColumnType.TIMESTAMP, "TIMESTAMP": ColumnType.TIMESTAMP,
        "TIMESTAMPTZ": ColumnType.TIMESTAMP_TZ, "TIMESTAMP WITH TIME ZONE": ColumnType.TIMESTAMP_TZ,
        "TIMESTAMP WITHOUT TIME ZONE": ColumnType.TIMESTAMP, "TIME": ColumnType.TIME, "JSON": ColumnType.JSON,
        "JSONB": ColumnType.OTHER, "UUID": ColumnType.TEXT, "BOOL": ColumnType.BOOLEAN,
        "BOOLEAN": ColumnType.BOOLEAN, "DECIMAL": ColumnType.DECIMAL, "NUMERIC": ColumnType.DECIMAL,
        "MONEY": ColumnType.DECIMAL, "NUMBER": ColumnType.DECIMAL, "BIT": ColumnType.BOOLEAN,
        "YEAR": ColumnType.INTEGER,
    }  # fmt: skip
    if name in exact:
        return exact[name]
    if "INT" in upper and "POINT" not in upper and "INTERVAL" not in upper:
        return ColumnType.INTEGER
    if any(part in upper for part in ("CHAR", "CLOB", "TEXT", "STRING", "ENUM")):
        return ColumnType.TEXT
    if any(part in upper for part in ("REAL", "FLOA", "DOUB")):
        return ColumnType.NUMBER
    if not upper or "BLOB" in upper:
        return ColumnType.OTHER  # no declaration: decided by values
    return ColumnType.DECIMAL  # numeric affinity, as SQLite has it for every other word
