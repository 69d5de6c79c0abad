"""Native types and the families that they are of."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import duckdb
import pytest

from services.integration.catalog.dialects import clickhouse, mysql, sqlite
from services.integration.catalog.dialects import duckdb as duck
from services.integration.catalog.model import ColumnType
from services.integration.catalog.profile import ProfileLimits
from services.integration.catalog.reading import read_catalog
from tests.integration.catalog.readers import dial_to

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CLICKHOUSE = {
    "Bool": "boolean", "UInt8": "integer", "UInt256": "integer", "Nullable(Int64)": "integer", "Float32": "number",
    "Decimal(38, 10)": "decimal", "Nullable(Decimal(10, 2))": "decimal", "String": "text", "FixedString(3)": "text",
    "LowCardinality(String)": "text", "LowCardinality(Nullable(String))": "text", "Enum8('a' = 1, 'b' = 2)": "text",
    "Nullable(Enum16('it''s' = 1))": "text", "Date": "date", "Date32": "date", "DateTime": "timestamp",
    "DateTime('UTC')": "timestamp_tz", "DateTime64(3)": "timestamp", "DateTime64(3, 'Europe/Paris')": "timestamp_tz",
    "Nullable(DateTime64(6, 'UTC'))": "timestamp_tz", "UUID": "uuid", "IPv4": "text", "JSON": "json",
    "Array(String)": "other", "Map(String, UInt8)": "other", "Tuple(a UInt8)": "other",
    "SimpleAggregateFunction(sum, UInt64)": "integer", "AggregateFunction(uniq, String)": "other",
}  # fmt: skip
MYSQL = {
    ("tinyint", "tinyint(1)"): "boolean", ("tinyint", "tinyint(4)"): "integer",
    ("bigint", "bigint(20) unsigned"): "integer", ("decimal", "decimal(10,2)"): "decimal",
    ("double", "double"): "number", ("bit", "bit(1)"): "boolean", ("bit", "bit(8)"): "other",
    ("year", "year(4)"): "integer", ("enum", "enum('a','b')"): "text", ("set", "set('a')"): "text",
    ("longtext", "longtext"): "text", ("varbinary", "varbinary(16)"): "other", ("blob", "blob"): "other",
    ("date", "date"): "date", ("datetime", "datetime(6)"): "timestamp", ("timestamp", "timestamp"): "timestamp_tz",
    ("time", "time"): "time", ("json", "json"): "json", ("geometry", "geometry"): "other",
}  # fmt: skip
DUCKDB = {
    "BOOLEAN": "boolean", "HUGEINT": "integer", "UBIGINT": "integer", "DECIMAL(18,3)": "decimal", "DOUBLE": "number",
    "VARCHAR": "text", "ENUM('a', 'b')": "text", "DATE": "date", "TIMESTAMP": "timestamp", "TIMESTAMP_NS": "timestamp",
    "TIMESTAMP WITH TIME ZONE": "timestamp_tz", "TIME": "time", "UUID": "uuid", "JSON": "json", "BLOB": "other",
    "INTEGER[]": "other", "STRUCT(a INTEGER)": "other", "MAP(VARCHAR, INTEGER)": "other", "INTERVAL": "other",
}  # fmt: skip
SQLITE = {
    "INTEGER": "integer", "bigint unsigned": "integer", "VARCHAR(20)": "text", "NVARCHAR(20)": "text", "DATE": "date",
    "DATETIME": "timestamp", "BOOLEAN": "boolean", "NUMERIC(10,2)": "decimal", "REAL": "number", "FLOAT": "number",
    "BLOB": "other", "": "other", "MONEY": "decimal", "whatever": "decimal",
}  # fmt: skip


@pytest.mark.parametrize(("native", "family"), CLICKHOUSE.items())
def test_clickhouse(native: str, family: str) -> None:
    assert clickhouse.column_type(native) == family


@pytest.mark.parametrize(("native", "family"), MYSQL.items())
def test_mysql(native: tuple[str, str], family: str) -> None:
    assert mysql.column_type(*native) == family


@pytest.mark.parametrize(("native", "family"), DUCKDB.items())
def test_duckdb(native: str, family: str) -> None:
    assert duck.column_type(native) == family


@pytest.mark.parametrize(("native", "family"), SQLITE.items())
def test_sqlite_as_declared(native: str, family: str) -> None:
    assert sqlite.declared_type(native) == family


def test_every_type_that_duckdb_has_gives_a_catalog() -> None:
    assert {duck.column_type(str(duckdb.sqltype(name))) for name in ("HUGEINT", "UHUGEINT")} == {ColumnType.INTEGER}


VALUES = {
    "days": ("TEXT", ["2024-02-29", "2025-01-31", None], "date"),
    "moments": ("TEXT", ["2024-02-29 10:00", "2025-01-31T10:00:00.5"], "timestamp"),
    "days_and_moments": ("DATETIME", ["2024-02-29", "2025-01-31 10:00:00"], "timestamp"),
    "in_utc": ("TEXT", ["2024-02-29T10:00:00Z", "2025-01-31 10:00:00+00:00"], "timestamp_tz"),
    "no_such_day": ("TEXT", ["2024-02-30"], "text"),
    "one_isnt": ("TEXT", ["2024-02-29", "soon"], "text"),
    "empty_text": ("TEXT", ["2024-02-29", ""], "text"),
    "american": ("DATE", ["02/29/2024", "01/31/2025"], "text"),
    "elsewhere": ("DATETIME", ["2024-02-29 10:00:00+02:00"], "text"),
    "epoch": ("DATETIME", [1700000000, 1700000001], "integer"),
    "number_texts": ("TEXT", ["1", "2"], "text"),
    "zip_codes": ("TEXT", ["01234", "99999"], "text"),
    "flags": ("BOOLEAN", [0, 1, None], "boolean"),
    "letters": ("BOOLEAN", ["Y", "N"], "text"),
    "more_than_flags": ("BOOLEAN", [0, 1, 2], "integer"),
    "halves": ("INTEGER", [1, 2.5], "number"),
    "mostly": ("INTEGER", [1, "n/a"], "text"),
    "prices": ("DECIMAL(10,2)", [1, 2.5], "decimal"),
    "untyped": ("", [1, 2], "integer"),
    "untyped_text": ("", ["a"], "text"),
    "bytes": ("BLOB", [b"x"], "other"),
    "nothing": ("DATE", [None], "date"),
}


@pytest.mark.parametrize("limits", [ProfileLimits(), ProfileLimits(sampled_rows=1)], ids=["whole", "in part"])
@pytest.mark.parametrize(("declared", "values", "family"), VALUES.values(), ids=VALUES.keys())
async def test_what_sqlite_holds_is_what_its_values_are(
    declared: str, values: list[object], family: str, limits: ProfileLimits
) -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute(f'CREATE TABLE t ("value" {declared})')
        connection.executemany("INSERT INTO t VALUES (?)", [(value,) for value in values])
        catalog = await read_catalog("sqlite", dial_to(connection), limits=limits, now=NOW)
    connection.close()
    (column,) = catalog.tables[0].columns
    if limits.sampled_rows == 1 and family in ("text", "number", "integer"):
        return  # other values than the first decide
    assert column.type == family


@pytest.mark.parametrize("values", [["2024-02-29", "soon"], ["2024-02-29", "2024-02-30"], ["2024-02-29", ""]])
async def test_a_text_of_which_a_part_are_dates_is_no_date(values: list[str]) -> None:
    """Also where only the first rows were fetched."""
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE t (value TEXT)")
        connection.executemany("INSERT INTO t VALUES (?)", [(value,) for value in values])
        catalog = await read_catalog("sqlite", dial_to(connection), limits=ProfileLimits(sampled_rows=1), now=NOW)
    connection.close()
    assert catalog.tables[0].columns[0].type is ColumnType.TEXT


async def test_dates_of_sqlite_are_those_that_its_own_functions_read() -> None:
    """What gets a date's family is cut and compared as text by the engine, and must come out right."""
    with sqlite3.connect(":memory:") as connection:
        for form in ("2024-02-29", "2024-02-29 23:59", "2024-02-29T23:59:59.999", "2024-02-29T10:00:00Z"):
            ((day, within),) = connection.execute(
                "SELECT date(?1), ?1 >= '2024-02-29' AND ?1 < '2024-03-01'", (form,)
            ).fetchall()
            assert (day, within) == ("2024-02-29", 1)
    connection.close()
