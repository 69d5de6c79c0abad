"""ClickHouse's part of the contract."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pyarrow as pa
from clickhouse_connect.driver.client import Client

from tests.builders.clickhouse import RunningClickHouse
from tests.integration.clickhouse import executor, running
from tests.integration.executors.contract import Contract, Subject, Value

# A text is repeated a million times at most.
_TEXT = "concat(" + ", ".join(f"repeat('x', intDiv({{width}} + {part}, 4))" for part in range(4)) + ")"


@contextmanager
def _prepare(server: RunningClickHouse) -> Iterator[tuple[RunningClickHouse, Client]]:
    with server.client() as client:
        yield server, client


@asynccontextmanager
async def _open(place: tuple[RunningClickHouse, Client]) -> AsyncIterator[Subject]:
    server, client = place
    runner = executor(server)
    yield Subject(runner, lambda: running(client))
    await runner.end()


CLICKHOUSE = Contract(
    name="clickhouse",
    server="clickhouse",
    prepare=_prepare,
    open=_open,
    values={
        "largest int64": Value("toInt64(9223372036854775807)", pa.int64(), 9223372036854775807),
        "smallest int64": Value("toInt64('-9223372036854775808')", pa.int64(), -9223372036854775808),
        "beyond int64": Value("toUInt64(18446744073709551615)", pa.uint64(), 18446744073709551615),
        "decimal": Value("toDecimal32('1.50', 2)", pa.decimal128(38, 2), Decimal("1.50")),
        "decimal of 30 digits": Value(
            "toDecimal128('-1234567890123456789012345678.25', 2)",
            pa.decimal128(38, 2),
            Decimal("-1234567890123456789012345678.25"),
        ),
        "smallest decimal": Value("toDecimal64('0.000000000000000001', 18)", pa.decimal128(38, 18), Decimal("1E-18")),
        "float": Value("0.1::Float64 + 0.2::Float64", pa.float64(), 0.30000000000000004),
        "float32": Value("0.1::Float32", pa.float64(), 0.1),
        "true": Value("true", pa.bool_(), True),
        "empty text": Value("''", pa.string(), ""),
        "quotes and lines": Value("'a\"b,\nc\\\\'", pa.string(), 'a"b,\nc\\'),
        "unicode": Value("'Grüße 東京 🎉'", pa.string(), "Grüße 東京 🎉"),
        "date": Value("toDate('2024-02-29')", pa.date32(), date(2024, 2, 29)),
        "date beyond reach": Value("toDate32('1900-01-01')", pa.date32(), date(1900, 1, 1)),
        "time": Value("toTime64('13:14:15.5', 1)", pa.time64("us"), time(13, 14, 15, 500000)),
        "timestamp with zone": Value(
            "toDateTime64('2025-07-01 12:00:00', 3, 'Europe/Berlin')",
            pa.timestamp("us", tz="UTC"),
            datetime(2025, 7, 1, 10, tzinfo=UTC),
        ),
        "bytes": Value("unhex('00ff')", pa.string(), "\0\\xff"),
        "uuid": Value(
            "toUUID('8b7e9d0e-5c0b-4f5e-9d6f-0d7c1c1a2b3c')", pa.string(), "8b7e9d0e-5c0b-4f5e-9d6f-0d7c1c1a2b3c"
        ),
        "json": Value("'{\"a\":[1,null]}'::JSON", pa.string(), '{"a":[1,null]}'),
        "list": Value("['x', NULL]", pa.string(), '["x", null]'),
    },
    absent={
        "timestamp": "every moment has a zone, UTC where none is named",
        "interval": "an interval is a number of one unit",
    },
    typed_nulls={
        kind: (
            f"SELECT CAST(NULL AS Nullable({kind})) AS v FROM numbers(2)",
            f"SELECT CAST(NULL AS Nullable({kind})) AS v WHERE 0",
        )
        for kind in (
            "Int64",
            "UInt32",
            "Decimal(12,2)",
            "String",
            "Date",
            "DateTime",
            "Bool",
            "Float64",
            "UUID",
            "IPv4",
        )
    },
    rows=f"SELECT number + 1 AS g, {_TEXT} AS t, g / 2 AS n FROM numbers({{n}}) ORDER BY g",
    endless=f"SELECT number + 1 AS g, {_TEXT} AS t FROM numbers(1000000000000)",
    same_names="SELECT * FROM (SELECT 1 AS a) AS l, (SELECT 2 AS a) AS r, (SELECT 3 AS b) AS s",
    slow="SELECT sum(cityHash64(number)) FROM numbers(1000000000000)",
    failures=(
        "SELECT intDiv(1, number) FROM numbers(1)",
        "SELECT toInt32('canary')",
        "SELECT (SELECT number FROM numbers(2))",
        "SELECT canary FROM gone",
        "SELEC canary",
        "SELECT max(throwIf(number = 3, 'canary')) FROM numbers(10)",
        "SELECT * FROM file('/etc/passwd', 'LineAsString')",
        "SELECT * FROM url('http://127.0.0.1:1/canary', 'LineAsString')",
    ),
)
