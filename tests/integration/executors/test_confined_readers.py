"""Reading catalogs of files: many statements of one worker, and another worker after one had to be killed."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from services.integration.catalog.reader import Reader
from services.integration.executors.duckdb_reader import DuckdbReader
from services.integration.executors.errors import QueryFailed, TimedOut, Unreachable
from services.integration.executors.sqlite_reader import SqliteReader
from services.integration.workers import Workers
from tests.workers.processes import at_work, below
from tests.workers.running import until

SLOW = {
    "duckdb": "SELECT count(*) FROM range(1000000) a(x), range(1000000) b(y) WHERE (x * y) % 7 = 8",
    "sqlite": "WITH RECURSIVE r(g) AS (SELECT 1 UNION ALL SELECT g + 1 FROM r) SELECT count(*) FROM r",
}
Made = tuple[str, Reader]


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers.open(warm=1) as opened:
        yield opened


def _duckdb(workers: Workers, folder: Path) -> Reader:
    pa.parquet.write_table(pa.table({"n": [1, 2], "t": ["a", None]}), folder / "t.parquet")
    return DuckdbReader(workers, {"t": folder / "t.parquet"})


def _sqlite(workers: Workers, folder: Path) -> Reader:
    with closing(sqlite3.connect(folder / "t.sqlite")) as connection:
        connection.execute("CREATE TABLE t (n INTEGER, t TEXT)")
        connection.execute("INSERT INTO t VALUES (1, 'a'), (2, NULL)")
        connection.commit()
    return SqliteReader(workers, folder / "t.sqlite")


@pytest.fixture(params=[("duckdb", _duckdb), ("sqlite", _sqlite)], ids=lambda param: param[0])
async def made(workers: Workers, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Made]:
    name: str = request.param[0]
    make: Callable[[Workers, Path], Reader] = request.param[1]
    reader = make(workers, tmp_path)
    yield name, reader
    await reader.close()


async def test_statements_follow_each_other_in_one_worker(made: Made, workers: Workers) -> None:
    _, reader = made
    assert await reader.rows("SELECT 1", timeout_seconds=60) == [(1,)]
    # Another may be on its way to those that wait for work.
    await until(lambda: at_work(workers) == 1 and len(workers.idle_pids) == 1)
    (own,) = below(workers)
    for _ in range(20):
        assert await reader.rows("SELECT n, t FROM t ORDER BY n", timeout_seconds=60) == [(1, "a"), (2, None)]
        assert below(workers) == [own]
    assert await reader.rows("SELECT n FROM t WHERE n > 9", timeout_seconds=60) == []
    await reader.close()
    await until(lambda: at_work(workers) == 0)


async def test_a_statement_that_is_refused_or_too_slow_ends_no_reading(made: Made) -> None:
    name, reader = made
    with pytest.raises(QueryFailed):
        await reader.rows("SELECT gone FROM gone", timeout_seconds=60)
    assert await reader.rows("SELECT 1", timeout_seconds=60) == [(1,)]
    with pytest.raises(TimedOut):
        await reader.rows(SLOW[name], timeout_seconds=0.2)
    assert await reader.rows("SELECT 2", timeout_seconds=60) == [(2,)]


async def test_a_reader_knows_what_the_database_says_of_itself(workers: Workers, tmp_path: Path) -> None:
    reader = _sqlite(workers, tmp_path)
    found = await reader.rows(
        "SELECT m.name, c.name, c.type FROM sqlite_master AS m JOIN pragma_table_xinfo(m.name) AS c", timeout_seconds=60
    )
    await reader.close()
    assert found == [("t", "n", "INTEGER"), ("t", "t", "TEXT")]


async def test_a_file_that_is_gone_is_unreachable(workers: Workers, tmp_path: Path) -> None:
    for reader in (_duckdb(workers, tmp_path), _sqlite(workers, tmp_path)):
        for file in tmp_path.iterdir():
            file.unlink()
        with pytest.raises(Unreachable):
            await reader.rows("SELECT 1", timeout_seconds=60)
        await reader.close()
