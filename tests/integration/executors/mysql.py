"""MySQL's and MariaDB's part of the contract."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import date, datetime, time
from decimal import Decimal

import pyarrow as pa

from tests.builders.mariadb import MariaDatabase, MariaServer
from tests.integration.executors.contract import Contract, Subject, Value
from tests.integration.mysql import connections, executor


@contextmanager
def _prepare(server: MariaServer) -> Iterator[MariaDatabase]:
    database = server.empty_database("contract")
    yield database
    server.drop(database)


@asynccontextmanager
async def _open(database: MariaDatabase) -> AsyncIterator[Subject]:
    runner = executor(database)
    yield Subject(runner, lambda: connections(database, "Query"))
    await runner.end()


MYSQL = Contract(
    name="mysql",
    server="mariadb",
    prepare=_prepare,
    open=_open,
    values={
        "largest int64": Value("9223372036854775807", pa.int64(), 9223372036854775807),
        "smallest int64": Value("CAST('-9223372036854775808' AS SIGNED)", pa.int64(), -9223372036854775808),
        "beyond int64": Value("18446744073709551615", pa.uint64(), 18446744073709551615),
        "decimal": Value("CAST(1.5 AS DECIMAL(10,2))", pa.decimal128(38, 2), Decimal("1.50")),
        "decimal of 30 digits": Value(
            "-1234567890123456789012345678.25", pa.decimal128(38, 2), Decimal("-1234567890123456789012345678.25")
        ),
        "smallest decimal": Value("0.000000000000000001", pa.decimal128(38, 18), Decimal("1E-18")),
        "float": Value("0.1e0 + 0.2e0", pa.float64(), 0.30000000000000004),
        "float32": Value("CAST(0.1 AS FLOAT)", pa.float64(), 0.1),
        "empty text": Value("''", pa.string(), ""),
        "quotes and lines": Value("'a\"b,\nc\\\\'", pa.string(), 'a"b,\nc\\'),
        "unicode": Value("'Grüße 東京 🎉'", pa.string(), "Grüße 東京 🎉"),
        "date": Value("DATE '2024-02-29'", pa.date32(), date(2024, 2, 29)),
        "date beyond reach": Value("CAST('0000-00-00' AS DATE)", pa.date32(), None),
        "time": Value("TIME '13:14:15.5'", pa.time64("us"), time(13, 14, 15, 500000)),
        "timestamp": Value(
            "TIMESTAMP '2025-01-01 01:02:03.000004'", pa.timestamp("us"), datetime(2025, 1, 1, 1, 2, 3, 4)
        ),
        "bytes": Value("x'00ff'", pa.string(), "\\x00ff"),
        "uuid": Value(
            "CAST('8b7e9d0e-5c0b-4f5e-9d6f-0d7c1c1a2b3c' AS UUID)", pa.string(), "8b7e9d0e-5c0b-4f5e-9d6f-0d7c1c1a2b3c"
        ),
        "json": Value("JSON_OBJECT('a', JSON_ARRAY(1, NULL))", pa.string(), '{"a": [1, null]}'),
    },
    absent={
        "true": "a truth is a number; only a column can be a BIT(1), see test_mysql_executor.py",
        "timestamp with zone": "only a column can be a TIMESTAMP, see test_mysql_executor.py",
        "interval": "there is no such type",
        "list": "there is no such type",
    },
    typed_nulls={
        kind: (
            f"SELECT v FROM (SELECT CAST(NULL AS {kind}) AS v UNION ALL SELECT NULL) AS t",
            f"SELECT v FROM (SELECT CAST(NULL AS {kind}) AS v UNION ALL SELECT NULL) AS t WHERE FALSE",
        )
        for kind in ("SIGNED", "DECIMAL(10,2)", "CHAR", "DATE", "DATETIME(6)", "TIME", "DOUBLE", "UUID", "BINARY")
    },
    rows="SELECT seq AS g, repeat('x', {width}) AS t, seq * 0.5 AS n FROM seq_1_to_{n}",
    endless="SELECT seq AS g, repeat('x', {width}) AS t FROM seq_1_to_1000000000",
    slow="SELECT count(*) FROM seq_1_to_1000000 AS a JOIN seq_1_to_1000000 AS b ON (a.seq * b.seq) % 7 = 8",
    failures=(
        "SELECT 9223372036854775807 + CAST(seq AS SIGNED) FROM seq_1_to_2",
        "SELECT (SELECT seq FROM seq_1_to_2)",
        "SELECT canary FROM gone",
        "SELECT 'canary' REGEXP '('",
        "SELEC canary",
        "SELECT 'canary' INTO OUTFILE '/nowhere/canary'",
        "CREATE TABLE canary (id INT)",
        "SELECT 1; SELECT 'canary'",
    ),
)
