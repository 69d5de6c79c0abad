"""What a SQLite column becomes: by its declaration where all is null, else by what is really in it."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from services.integration.boundary.model import Limits
from services.integration.executors.errors import QueryFailed
from services.integration.executors.sqlite import SqliteExecutor
from services.integration.workers import Workers
from tests.integration.executors import fetched

INT, FLOAT, TEXT, BOOL = pa.int64(), pa.float64(), pa.string(), pa.bool_()
COLUMNS: dict[str, tuple[str, list[Any], pa.DataType, list[Any]]] = {
    "declared decimal, as money is kept": ("DECIMAL(10,2)", [5, 5.25, None], FLOAT, [5.0, 5.25, None]),
    "declared decimal, whole": ("DECIMAL(10,2)", [5, 6], FLOAT, [5.0, 6.0]),
    "a decimal beside a number too large for it": ("NUMERIC", [0.5, 2**53 + 1], TEXT, ["0.5", "9007199254740993"]),
    "whole numbers too large for a decimal": ("NUMERIC", [2**53 + 1], INT, [2**53 + 1]),
    "a text among numbers": ("INTEGER", [1, "n/a", 2.5], TEXT, ["1", "n/a", "2.5"]),
    "bytes among texts": ("TEXT", ["a", b"\x01\xff"], TEXT, ["a", "\\x01ff"]),
    "truth": ("BOOLEAN", [1, 0, None], BOOL, [True, False, None]),
    "truth that isn't": ("BOOLEAN", [1, 2], INT, [1, 2]),
    "dates": ("DATE", ["2024-02-29", "someday"], TEXT, ["2024-02-29", "someday"]),
    "seconds as dates": ("DATETIME", [1700000000, None], INT, [1700000000, None]),
    "infinity": ("REAL", [float("inf"), 1.5], FLOAT, [float("inf"), 1.5]),
    "undeclared": ("", [None, 3], INT, [None, 3]),
}


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers.open(warm=1) as opened:
        yield opened


def _file(folder: Path, declared: str, values: list[Any]) -> Path:
    file = folder / "columns.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"CREATE TABLE t (id INTEGER PRIMARY KEY, v {declared})")
        connection.executemany("INSERT INTO t (v) VALUES (?)", [(value,) for value in values])
        connection.commit()
    return file


@pytest.mark.parametrize("case", COLUMNS)
async def test_a_column_is_what_is_in_it(workers: Workers, tmp_path: Path, case: str) -> None:
    declared, stored, kind, wanted = COLUMNS[case]
    runner = SqliteExecutor(workers, _file(tmp_path, declared, stored))
    (batch,), _ = await fetched(runner, "SELECT v FROM t ORDER BY id")
    assert (batch.schema.field("v").type, batch["v"].to_pylist()) == (kind, wanted)


async def test_text_of_another_encoding_is_readable_where_it_can_be(workers: Workers, tmp_path: Path) -> None:
    file = _file(tmp_path, "TEXT", [])
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("INSERT INTO t (v) VALUES (CAST(x'4772fcdf65' AS TEXT))")
        connection.commit()
    (batch,), _ = await fetched(SqliteExecutor(workers, file), "SELECT v FROM t")
    assert batch["v"].to_pylist() == ["Gr\ufffd\ufffde"]


async def test_another_kind_far_down_is_refused_rather_than_bent(workers: Workers, tmp_path: Path) -> None:
    file = _file(tmp_path, "INTEGER", [1] * 1_100_000 + ["n/a"])
    runner = SqliteExecutor(workers, file)
    patient = Limits(statement_timeout_ms=60_000)
    with pytest.raises(QueryFailed, match="cast it to text"):
        await fetched(runner, "SELECT v FROM t ORDER BY id", patient, 10**7)
    batches, _ = await fetched(runner, "SELECT CAST(v AS TEXT) AS v FROM t ORDER BY id", patient, 10**7)
    assert batches[-1]["v"].to_pylist()[-1] == "n/a"


async def test_a_file_that_is_no_database_or_damaged_is_told_so(workers: Workers, tmp_path: Path) -> None:
    file = tmp_path / "lies.sqlite"
    file.write_bytes(b"id,name\n1,canary\n" * 1000)
    with pytest.raises(QueryFailed, match="damaged"):
        await fetched(SqliteExecutor(workers, file), "SELECT 1 FROM sqlite_master")
    whole = _file(tmp_path, "TEXT", ["x" * 500] * 500)
    content = bytearray(whole.read_bytes())
    content[8192:40960] = b"\xff" * (40960 - 8192)
    whole.write_bytes(content)
    with pytest.raises(QueryFailed, match="damaged"):
        await fetched(SqliteExecutor(workers, whole), "SELECT v FROM t")
