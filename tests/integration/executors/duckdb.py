"""DuckDB's part of the contract: Parquet files, each query in a worker."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from services.integration.executors.duckdb import DuckdbExecutor
from services.integration.workers import Workers
from tests.integration.executors.contract import Contract, Subject, Value
from tests.workers.processes import at_work


@contextmanager
def _prepare(folders: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    file = folders.mktemp("duckdb") / "it's a table.parquet"
    pa.parquet.write_table(pa.table({"n": [1, 2, 3]}), file)
    yield {'a "strange" table': file}


@asynccontextmanager
async def _open(tables: dict[str, Path]) -> AsyncIterator[Subject]:
    async with Workers.open() as workers:
        yield Subject(DuckdbExecutor(workers, tables), lambda: at_work(workers))


DUCKDB = Contract(
    name="duckdb",
    server="tmp_path_factory",
    prepare=_prepare,
    open=_open,
    values={
        "largest int64": Value("9223372036854775807::BIGINT", pa.int64(), 9223372036854775807),
        "smallest int64": Value("(-9223372036854775808)::BIGINT", pa.int64(), -9223372036854775808),
        "beyond int64": Value("18446744073709551615::UBIGINT", pa.decimal128(38, 0), Decimal(18446744073709551615)),
        "decimal": Value("1.50::DECIMAL(10, 2)", pa.decimal128(38, 2), Decimal("1.50")),
        "decimal of 30 digits": Value(
            "-1234567890123456789012345678.25::DECIMAL(38, 2)",
            pa.decimal128(38, 2),
            Decimal("-1234567890123456789012345678.25"),
        ),
        "smallest decimal": Value("0.000000000000000001::DECIMAL(18, 18)", pa.decimal128(38, 18), Decimal("1E-18")),
        "float": Value("0.1::DOUBLE + 0.2::DOUBLE", pa.float64(), 0.30000000000000004),
        "float32": Value("0.1::FLOAT", pa.float64(), 0.1),
        "true": Value("true", pa.bool_(), True),
        "empty text": Value("''", pa.string(), ""),
        "quotes and lines": Value("'a\"b,\nc\\'", pa.string(), 'a"b,\nc\\'),
        "unicode": Value("'Grüße 東京 🎉'", pa.string(), "Grüße 東京 🎉"),
        "date": Value("DATE '2024-02-29'", pa.date32(), date(2024, 2, 29)),
        "date beyond reach": Value("'infinity'::DATE", pa.string(), "infinity"),
        "time": Value("TIME '13:14:15.5'", pa.time64("us"), time(13, 14, 15, 500000)),
        "timestamp": Value(
            "TIMESTAMP '2025-01-01 01:02:03.000004'", pa.timestamp("us"), datetime(2025, 1, 1, 1, 2, 3, 4)
        ),
        "timestamp with zone": Value(
            "TIMESTAMPTZ '2025-07-01 12:00+02'", pa.timestamp("us", tz="UTC"), datetime(2025, 7, 1, 10, tzinfo=UTC)
        ),
        "bytes": Value("'\\x00\\xFF'::BLOB", pa.string(), "\\x00ff"),
        "uuid": Value(
            "'8b7e9d0e-5c0b-4f5e-9d6f-0d7c1c1a2b3c'::UUID", pa.string(), "8b7e9d0e-5c0b-4f5e-9d6f-0d7c1c1a2b3c"
        ),
        "json": Value("'{\"a\": [1, null]}'::JSON", pa.string(), '{"a": [1, null]}'),
        "interval": Value("INTERVAL '1 day 2 hours'", pa.string(), "1 day 02:00:00"),
        "list": Value("['x', NULL]", pa.string(), "[x, NULL]"),
    },
    typed_nulls={
        kind: (f"SELECT v FROM (VALUES (NULL::{kind}), (NULL)) t(v)", f"SELECT NULL::{kind} AS v WHERE false")
        for kind in (
            "BIGINT",
            "HUGEINT",
            "DECIMAL(10,2)",
            "VARCHAR",
            "DATE",
            "TIMESTAMPTZ",
            "BOOLEAN",
            "DOUBLE",
            "UUID",
        )
    },
    rows="SELECT g, repeat('x', {width}) AS t, g * 0.5 AS n FROM range(1, {n} + 1) r(g)",
    endless="SELECT g, repeat('x', {width}) AS t FROM range(1, 1000000000) r(g)",
    slow="SELECT count(*) FROM range(1000000) a(x), range(1000000) b(y) WHERE (x * y) % 7 = 8",
    failures=(
        "SELECT 'canary'::INTEGER",
        "SELECT 9223372036854775807 + g FROM range(1, 3) r(g)",
        "SELECT (SELECT g FROM range(1, 3) r(g))",
        "SELECT canary FROM main.gone",
        "SELEC canary",
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY (SELECT 'canary') TO '/tmp/canary.csv'",
        "ATTACH '/tmp/canary.db'",
        "INSTALL httpfs",
        "SET threads = 8",
    ),
)
