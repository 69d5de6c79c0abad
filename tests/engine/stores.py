"""The rows of a small catalog in each kind of database, and what a query gives there."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

import asyncpg
import duckdb

from services.ml_gateway.engine.model import Catalog, DataType, TableKey
from tests.builders.mariadb import MariaServer
from tests.builders.postgres import PostgresCluster
from tests.engine.data import database

Rows = list[tuple[Any, ...]]
_TYPES = {
    "duckdb": ("BIGINT", "DECIMAL(12, 2)", "VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP", "TIMESTAMPTZ"),
    "postgres": ("bigint", "numeric(12, 2)", "text", "boolean", "date", "timestamp", "timestamptz"),
    "mysql": ("BIGINT", "DECIMAL(12, 2)", "VARCHAR(200) COLLATE utf8mb4_bin", "BOOLEAN", "DATE", "DATETIME",
              "TIMESTAMP NULL"),
    "clickhouse": ("Int64", "Decimal(12, 2)", "String", "Bool", "Date32", "DateTime64(3)", "DateTime64(3, 'UTC')"),
}  # fmt: skip
_KINDS = (DataType.INTEGER, DataType.NUMBER, DataType.TEXT, DataType.BOOLEAN, DataType.DATE, DataType.TIMESTAMP,
          DataType.TIMESTAMP_TZ)  # fmt: skip


class Store(Protocol):
    def run(self, sql: str) -> Rows: ...


def in_schema(catalog: Catalog, schema: str) -> Catalog:
    """The catalog with all of its tables in one schema of that name: a store holds several catalogs."""

    def moved(key: TableKey) -> TableKey:
        return TableKey(schema, key.name)

    return replace(
        catalog,
        tables=tuple(replace(table, schema=schema) for table in catalog.tables),
        relationships=tuple(replace(r, table=moved(r.table), target=moved(r.target)) for r in catalog.relationships),
        metrics=tuple(
            replace(
                metric,
                table=moved(metric.table),
                time_column=replace(metric.time_column, table=moved(metric.time_column.table))
                if metric.time_column
                else None,
            )
            for metric in catalog.metrics
        ),
    )


def fill(store: Store, catalog: Catalog, dialect: str) -> None:
    """Make the catalog's tables and give them the rows that SQLite's have."""
    quote = "`" if dialect == "mysql" else '"'
    schema = catalog.tables[0].schema
    if dialect == "mysql":  # whose databases are the server's: another module's tests may have left theirs
        store.run(f"DROP DATABASE IF EXISTS {schema}")
    store.run(f"CREATE {'SCHEMA' if dialect in ('duckdb', 'postgres') else 'DATABASE'} {schema}")
    types = dict(zip(_KINDS, _TYPES[dialect], strict=True))
    source = database(catalog)
    for table in catalog.tables:
        columns = []
        for column in table.columns:
            kind = types.get(column.data_type, types[DataType.TEXT])
            if dialect == "clickhouse" and column.nullable:
                kind = f"Nullable({kind})"
            name = column.name.replace(quote, quote * 2)
            columns.append(f"{quote}{name}{quote} {kind}")
        engine = " ENGINE = MergeTree ORDER BY tuple()" if dialect == "clickhouse" else ""
        place = f"{schema}.{quote}{table.name}{quote}"
        store.run(f"CREATE TABLE {place} ({', '.join(columns)}){engine}")
        rows = source.execute(f'SELECT * FROM "{schema}"."{table.name}"').fetchall()
        listed = ", ".join(f"({', '.join(map(_literal, row))})" for row in rows)
        store.run(f"INSERT INTO {place} VALUES {listed}")
    source.close()


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    return "'" + str(value).replace("'", "''") + "'"


def plain(rows: Rows) -> Rows:
    """Values as they compare between databases: numbers as rounded floats, days and instants as texts."""
    return [tuple(_plain(value) for value in row) for row in rows]


def _plain(value: object) -> object:
    if isinstance(value, bool | int | float | Decimal):
        return round(float(value), 6)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ")[:19]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value[4:5] == value[7:8] == "-" and len(value) > 10:
        return value[:19]
    return value


class DuckdbStore:
    def __init__(self) -> None:
        self._connection = duckdb.connect(":memory:")
        self._connection.execute("SET TimeZone = 'UTC'")

    def run(self, sql: str) -> Rows:
        """By Arrow, as sources are read: instants come as they are, without a package of time zones."""
        found = self._connection.sql(sql)
        if found is None:  # a statement without rows
            return []
        return list(zip(*(column.to_pylist() for column in found.to_arrow_table().columns), strict=True))


class PostgresStore:
    def __init__(self, url: str) -> None:
        self._url = url

    def run(self, sql: str) -> Rows:
        return asyncio.run(self._run(sql))

    async def _run(self, sql: str) -> Rows:
        connection = await asyncpg.connect(self._url, server_settings={"timezone": "UTC"})
        try:
            return [tuple(row.values()) for row in await connection.fetch(sql)]
        finally:
            await connection.close()


class ClickhouseStore:
    """An embedded server in a process of its own, asked line by line."""

    def __init__(self, child: "subprocess.Popen[str]") -> None:
        self._child = child

    def run(self, sql: str) -> Rows:
        assert self._child.stdin
        assert self._child.stdout
        self._child.stdin.write(json.dumps(sql) + "\n")
        self._child.stdin.flush()
        answer = json.loads(self._child.stdout.readline())
        assert "error" not in answer, answer["error"]
        return [tuple(row) for row in answer["rows"]]


@contextmanager
def opened(dialect: str, postgres: PostgresCluster, mariadb: MariaServer) -> Iterator[Store]:
    if dialect == "duckdb":
        yield DuckdbStore()
    elif dialect == "postgres":
        made = postgres.empty_database("dialects")
        yield PostgresStore(made.superuser_url)
        postgres.drop(made)
    elif dialect == "mysql":
        held = mariadb.empty_database("dialects")
        yield held
        mariadb.drop(held)
    else:
        pipe = subprocess.PIPE
        with subprocess.Popen([sys.executable, "-m", __name__], stdin=pipe, stdout=pipe, text=True) as child:
            yield ClickhouseStore(child)


def _serve() -> None:
    from chdb import session

    server: Any = session.Session()  # type: ignore[no-untyped-call]
    server.query("SET join_use_nulls = 1, session_timezone = 'UTC', output_format_json_quote_64bit_integers = 0")
    for line in sys.stdin:
        answer: dict[str, Any] = {"rows": []}
        try:
            found = str(server.query(json.loads(line), "JSONCompact"))
            answer["rows"] = json.loads(found)["data"] if found.strip() else []
        except RuntimeError as error:
            answer = {"error": str(error)[:400]}
            server.query("SELECT 1")  # what a failed query had written already comes with the next reply
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
