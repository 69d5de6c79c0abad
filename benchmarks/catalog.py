"""How long the catalog of one wide, long table takes: `python -m benchmarks.catalog [--rows N] [--dialect NAME]`.

100 columns of all families; as a Parquet file that DuckDB reads, or in PostgreSQL or ClickHouse built for it.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from services.integration.catalog.model import Catalog
from services.integration.catalog.profile import ProfileLimits
from services.integration.catalog.reader import Dial, Reader
from services.integration.catalog.reading import read_catalog
from services.integration.executors import clickhouse_connection, postgres_connection
from services.integration.executors.clickhouse_reader import ClickhouseReader
from services.integration.executors.duckdb_reader import duckdb_dial
from services.integration.executors.postgres_reader import PostgresReader
from services.integration.workers import Workers
from tests.builders.clickhouse import running_clickhouse
from tests.builders.postgres import running_postgres
from tests.integration import clickhouse, executors

COLUMNS = 100
# By family, over `range` (the row) and `h` (a number that differs by row and column).
_DUCKDB = (
    "({h} % 1000000)::INTEGER", "({h} % 100000 / 100.0)::DOUBLE", "({h} % 1000000 / 100.0)::DECIMAL(12,2)",
    "'state ' || ({h} % 7)", "'customer ' || ({h} % 100000)", "DATE '2020-01-01' + ({h} % 2000)::INTEGER",
    "TIMESTAMP '2020-01-01' + to_seconds(({h} % 100000000)::BIGINT)", "({h} % 2 = 0)", "({h} % 500)::SMALLINT",
    "'code ' || ({h} % 5000000)", "CASE WHEN {h} % 3 = 0 THEN NULL ELSE ({h} % 12)::SMALLINT END",
)  # fmt: skip
_POSTGRES = (
    "({h} % 1000000)::integer", "({h} % 100000 / 100.0)::float8", "({h} % 1000000 / 100.0)::numeric(12,2)",
    "'state ' || ({h} % 7)", "'customer ' || ({h} % 100000)", "date '2020-01-01' + ({h} % 2000)::integer",
    "timestamp '2020-01-01' + ({h} % 100000000) * interval '1 second'", "({h} % 2 = 0)", "({h} % 500)::smallint",
    "'code ' || ({h} % 5000000)", "CASE WHEN {h} % 3 = 0 THEN NULL ELSE ({h} % 12)::smallint END",
)  # fmt: skip
_CLICKHOUSE = (
    "toInt32({h} % 1000000)", "{h} % 100000 / 100.", "toDecimal64({h} % 1000000 / 100., 2)",
    "concat('state ', toString({h} % 7))", "concat('customer ', toString({h} % 100000))",
    "toDate('2020-01-01') + toUInt16({h} % 2000)", "toDateTime('2020-01-01 00:00:00') + toUInt32({h} % 100000000)",
    "({h} % 2 = 0)::Bool", "toInt16({h} % 500)", "concat('code ', toString({h} % 5000000))",
    "if({h} % 3 = 0, NULL, toInt16({h} % 12))",
)  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--dialect", choices=("duckdb", "postgres", "clickhouse"), default="duckdb")
    options.add_argument("--file", type=Path, help="a Parquet file to use, made there if it isn't")
    chosen = options.parse_args()
    measure = {"duckdb": _duckdb, "postgres": _postgres, "clickhouse": _clickhouse}[chosen.dialect]
    measure(chosen.rows, chosen.file)


def _items(snippets: tuple[str, ...], number: Callable[[int], str]) -> str:
    return ", ".join(f"{snippets[n % len(snippets)].format(h=number(n))} AS c{n}" for n in range(COLUMNS - 1))


def _duckdb(rows: int, file: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = file or Path(folder) / "wide.parquet"
        connection = duckdb.connect()
        connection.execute("SET threads = 2; SET memory_limit = '4GB'")
        if not path.exists():
            items = _items(_DUCKDB, lambda n: f"hash(range + {n * 7919})")
            connection.execute(f"COPY (SELECT range AS id, {items} FROM range({rows})) TO '{path}' (FORMAT parquet)")
        connection.close()
        asyncio.run(_parquet(path))


async def _parquet(path: Path) -> None:
    async with Workers.open(warm=1) as workers:
        await _report("duckdb", duckdb_dial(workers, {"wide": path}))


def _postgres(rows: int, file: Path | None) -> None:
    with running_postgres() as cluster:
        database = cluster.empty_database("wide")
        items = _items(_POSTGRES, lambda n: f"abs(hashint8(g + {n * 7919})::bigint)")
        database.run(
            f"CREATE UNLOGGED TABLE wide AS SELECT g AS id, {items} FROM generate_series(1::bigint, {rows}) AS g;"
            "ANALYZE wide"
        )

        async def dial() -> Reader:
            return PostgresReader(await postgres_connection.dial(executors.target(database), 5.0))

        asyncio.run(_report("postgres", dial))


def _clickhouse(rows: int, file: Path | None) -> None:
    with running_clickhouse(INFINURE_STORE_MEMORY_BYTES=str(4 << 30)) as server, server.database("wide") as name:
        client = server.client(database=name, send_receive_timeout=3600)
        items = _items(_CLICKHOUSE, lambda n: f"intHash64(number + {n * 7919})")
        columns = f"SELECT number AS id, {items} FROM numbers({{}})"
        client.command(f"CREATE TABLE wide ENGINE = MergeTree ORDER BY tuple() AS {columns.format(0)}")
        step = 1_000_000
        for start in range(0, rows, step):
            part = columns.replace("number", f"(number + {start})").replace(f"(number + {start})s(", "numbers(")
            client.command(f"INSERT INTO wide {part.format(min(step, rows - start))}")
        client.close()

        async def dial() -> Reader:
            return ClickhouseReader(await clickhouse_connection.dial(clickhouse.target(server, name), 5.0))

        asyncio.run(_report("clickhouse", dial))


async def _report(dialect: str, dial: Dial) -> None:
    started = time.perf_counter()
    catalog = await read_catalog(dialect, dial, limits=ProfileLimits(total_seconds=60), now=datetime.now(UTC))
    seconds = time.perf_counter() - started
    _say(dialect, catalog, seconds)


def _say(dialect: str, catalog: Catalog, seconds: float) -> None:
    (wide,) = catalog.tables
    counted = sum(column.distinct_count is not None for column in wide.columns)
    ranged = sum(bool(column.max_value) for column in wide.columns)
    sampled = sum(bool(column.samples) for column in wide.columns)
    complete = sum(column.samples_complete for column in wide.columns)
    sys.stdout.write(
        f"{dialect}: {wide.row_count:,} rows of {len(wide.columns)} columns in {seconds:.1f} s; "
        f"{counted} distinct counts, {ranged} ranges, {sampled} samples ({complete} complete), "
        f"latest {wide.latest_time or 'unknown'}\n"
    )


if __name__ == "__main__":
    main()
