"""SQLite's part of the contract: a file, each query in a worker."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import pyarrow as pa
import pytest

from services.integration.executors.sqlite import SqliteExecutor
from services.integration.workers import Workers
from tests.integration.executors.contract import Contract, Subject, Value
from tests.workers.processes import at_work

# As people declare columns; SQLite keeps any value in any of them.
TYPES = {
    "INTEGER": 1,
    "BIGINT": 2,
    "NUMERIC(10,2)": 2.5,
    "REAL": 0.5,
    "VARCHAR(20)": "x",
    "DATE": "2024-02-29",
    "DATETIME": "2025-01-01 01:02:03",
    "BOOLEAN": 1,
    "BLOB": b"\x00",
    "": "x",
}
_TEXTS = "SQLite has no such type: texts stay what they are"
_ROWS = "WITH RECURSIVE r(g) AS (SELECT 1 UNION ALL SELECT g + 1 FROM r WHERE g < {n}) "


@contextmanager
def _prepare(folders: pytest.TempPathFactory) -> Iterator[Path]:
    file = folders.mktemp("sqlite") / "it's 100% a? database#.sqlite"
    columns = ", ".join(f"c{number} {declared}" for number, declared in enumerate(TYPES))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"CREATE TABLE kinds (id INTEGER PRIMARY KEY, {columns})")
        marks = ", ".join("?" * len(TYPES))
        connection.execute(f"INSERT INTO kinds VALUES (1, {marks})", tuple(TYPES.values()))
        connection.execute(f"INSERT INTO kinds VALUES (2, {', '.join(['NULL'] * len(TYPES))})")
        connection.execute(f"INSERT INTO kinds VALUES (3, {', '.join(['NULL'] * len(TYPES))})")
        connection.commit()
    yield file


@asynccontextmanager
async def _open(file: Path) -> AsyncIterator[Subject]:
    async with Workers.open() as workers:
        yield Subject(SqliteExecutor(workers, file), lambda: at_work(workers))


SQLITE = Contract(
    name="sqlite",
    server="tmp_path_factory",
    prepare=_prepare,
    open=_open,
    values={
        "largest int64": Value("9223372036854775807", pa.int64(), 9223372036854775807),
        "smallest int64": Value("-9223372036854775807 - 1", pa.int64(), -9223372036854775808),
        "decimal": Value("1.50", pa.float64(), 1.5),
        "smallest decimal": Value("0.000000000000000001", pa.float64(), 1e-18),
        "float": Value("0.1 + 0.2", pa.float64(), 0.30000000000000004),
        "empty text": Value("''", pa.string(), ""),
        "quotes and lines": Value("'a\"b,\nc\\'", pa.string(), 'a"b,\nc\\'),
        "unicode": Value("'Grüße 東京 🎉'", pa.string(), "Grüße 東京 🎉"),
        "date": Value("date('2024-02-29')", pa.string(), "2024-02-29"),
        "time": Value("time('13:14:15')", pa.string(), "13:14:15"),
        "timestamp": Value("datetime('2025-01-01 01:02:03')", pa.string(), "2025-01-01 01:02:03"),
        "timestamp with zone": Value("datetime('2025-07-01 12:00+02:00')", pa.string(), "2025-07-01 10:00:00"),
        "bytes": Value("x'00ff'", pa.string(), "\\x00ff"),
        "json": Value("json('{\"a\": [1, null]}')", pa.string(), '{"a":[1,null]}'),
        "true": Value("true", pa.int64(), 1),
    },
    absent={
        "beyond int64": "SQLite reads such a number as floating point",
        "decimal of 30 digits": "SQLite reads such a number as floating point",
        "float32": "SQLite's are all of 64 bits",
        "date beyond reach": _TEXTS,
        "uuid": _TEXTS,
        "interval": _TEXTS,
        "list": _TEXTS,
    },
    typed_nulls={
        declared or "nothing": (
            f"SELECT c{number} AS v FROM kinds WHERE id > 1",
            f"SELECT c{number} AS v FROM kinds WHERE id > 9",
        )
        for number, declared in enumerate(TYPES)
    },
    rows=_ROWS + "SELECT g, printf('%.*c', {width}, 'x') AS t, g * 0.5 AS n FROM r",
    endless="WITH RECURSIVE r(g) AS (SELECT 1 UNION ALL SELECT g + 1 FROM r) "
    "SELECT g, printf('%.*c', {width}, 'x') AS t FROM r",
    slow="WITH RECURSIVE r(g) AS (SELECT 1 UNION ALL SELECT g + 1 FROM r) SELECT count(*) FROM r",
    failures=(
        "SELECT sum(v) FROM (SELECT 9223372036854775807 AS v UNION ALL SELECT 1)",
        "SELECT json_extract('canary', '$.a')",
        "SELECT canary FROM gone",
        "SELEC canary",
        "SELECT 1; SELECT 'canary'",
        "ATTACH '/tmp/canary.db' AS other",
        "SELECT load_extension('canary')",
        "PRAGMA writable_schema = ON",
        "PRAGMA database_list",
        "INSERT INTO kinds (c4) VALUES ('canary')",
        "CREATE TEMP TABLE canary (a)",
        "VACUUM INTO '/tmp/canary.db'",
    ),
)
