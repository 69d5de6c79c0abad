"""PostgreSQL's part of the contract."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pyarrow as pa

from tests.builders.postgres import Database, PostgresCluster
from tests.integration.executors import executor
from tests.integration.executors.contract import Contract, Subject, Value


@contextmanager
def _prepare(cluster: PostgresCluster) -> Iterator[Database]:
    database = cluster.empty_database("contract")
    yield database
    cluster.drop(database)


@asynccontextmanager
async def _open(database: Database) -> AsyncIterator[Subject]:
    runner = executor(database)
    yield Subject(runner, lambda: _running(database))
    await runner.end()


def _running(database: Database) -> int:
    (found,) = database.run(
        f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database.name}' AND state = 'active' "
        "AND application_name = 'infinure'"
    )
    return int(found)


POSTGRES = Contract(
    name="postgres",
    server="postgres",
    prepare=_prepare,
    open=_open,
    values={
        "largest int64": Value("9223372036854775807::int8", pa.int64(), 9223372036854775807),
        "smallest int64": Value("(-9223372036854775808)::int8", pa.int64(), -9223372036854775808),
        "beyond int64": Value("18446744073709551615::numeric", pa.decimal128(38, 0), Decimal(18446744073709551615)),
        "decimal": Value("1.50::numeric(10,2)", pa.decimal128(38, 2), Decimal("1.50")),
        "decimal of 30 digits": Value(
            "-1234567890123456789012345678.25",
            pa.decimal128(38, 2),
            Decimal("-1234567890123456789012345678.25"),
        ),
        "smallest decimal": Value("0.000000000000000001", pa.decimal128(38, 18), Decimal("1E-18")),
        "float": Value("0.1::float8 + 0.2::float8", pa.float64(), 0.30000000000000004),
        "float32": Value("0.1::float4", pa.float64(), 0.1),
        "true": Value("true", pa.bool_(), True),
        "empty text": Value("''::text", pa.string(), ""),
        "quotes and lines": Value("'a\"b,\nc\\'::text", pa.string(), 'a"b,\nc\\'),
        "unicode": Value("'Grüße 東京 🎉'::text", pa.string(), "Grüße 東京 🎉"),
        "date": Value("date '2024-02-29'", pa.date32(), date(2024, 2, 29)),
        "date beyond reach": Value("'infinity'::date", pa.string(), "infinity"),
        "time": Value("time '13:14:15.5'", pa.time64("us"), time(13, 14, 15, 500000)),
        "timestamp": Value(
            "timestamp '2025-01-01 01:02:03.000004'", pa.timestamp("us"), datetime(2025, 1, 1, 1, 2, 3, 4)
        ),
        "timestamp with zone": Value(
            "timestamptz '2025-07-01 12:00+02'", pa.timestamp("us", tz="UTC"), datetime(2025, 7, 1, 10, tzinfo=UTC)
        ),
        "bytes": Value("'\\x00ff'::bytea", pa.string(), "\\x00ff"),
        "uuid": Value(
            "'8b7e9d0e-5c0b-4f5e-9d6f-0d7c1c1a2b3c'::uuid", pa.string(), "8b7e9d0e-5c0b-4f5e-9d6f-0d7c1c1a2b3c"
        ),
        "json": Value("'{\"a\": [1, null]}'::jsonb", pa.string(), '{"a": [1, null]}'),
        "interval": Value("interval '1 day 2 hours'", pa.string(), "1 day 02:00:00"),
        "list": Value("ARRAY['x', NULL]", pa.string(), "{x,NULL}"),
    },
    typed_nulls={
        kind: (f"SELECT v FROM (VALUES (NULL::{kind}), (NULL)) t(v)", f"SELECT NULL::{kind} AS v WHERE false")
        for kind in ("int8", "numeric", "text", "date", "timestamptz", "bool", "float8", "uuid")
    },
    rows="SELECT g, repeat('x', {width}) AS t, g * 0.5 AS n FROM generate_series(1, {n}) g",
    # In the list of columns: as a table, all of it would be made before the first row.
    endless="SELECT generate_series(1, 1000000000) AS g, repeat('x', {width}) AS t",
    slow="SELECT pg_sleep(60)",
    failures=(
        "SELECT 1 / (random() * 0)::int",
        "SELECT 'canary'::text::int",
        "SELECT (9223372036854775807 + g)::int8 FROM generate_series(1, 2) g",
        "SELECT (SELECT g FROM generate_series(1, 2) g)",
        "SELECT canary FROM public.gone",
        "SELEC canary",
    ),
)
