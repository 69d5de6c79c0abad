"""Queries on files in confined workers, against the same queries in this process; and what the pool weighs."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import duckdb
import psutil
import pyarrow as pa
import pyarrow.parquet

from benchmarks.figures import Aim, Figure, median, p95
from services.integration.boundary.model import GuardedQuery, Limits
from services.integration.executors.duckdb import THREADS, DuckdbExecutor
from services.integration.workers import Workers

SUBJECT = "workers"
MIB = 1024 * 1024
ROWS = 1_000_000
# Most of the time of a small query is the worker's start; that of a large one is passing the rows on.
SMALL = "SELECT grp, count(*) AS n, sum(amount) AS total FROM main.facts WHERE id < 50000 GROUP BY grp ORDER BY grp"
LARGE = "SELECT * FROM main.facts"
PAUSE_SECONDS = 0.05
LARGE_SHARE = 0.4
OVERHEAD_AIM, MEMORY_AIM = Aim(10.0), Aim(128.0)
UNLIMITED = Limits(max_bytes=2**40, statement_timeout_ms=120_000)


async def measure(seconds: float) -> list[Figure]:
    """Rounds of one query here and one in a worker, small ones and then large ones, until `seconds` are over."""
    with tempfile.TemporaryDirectory(prefix="infinure-bench-") as folder:
        file = Path(folder) / "facts.parquet"
        await asyncio.to_thread(_write, file)
        bare = _bare(file)
        async with Workers.open(warm=2) as workers:
            runner = DuckdbExecutor(workers, {"facts": file})
            weight = await _weight(workers)
            small = await _rounds(lambda: bare(SMALL), lambda: _query(runner, SMALL), seconds * (1 - LARGE_SHARE))
            large = await _rounds(lambda: bare(LARGE), lambda: _query(runner, LARGE), seconds * LARGE_SHARE)
    return [*_small(small), *_large(large), weight]


def _write(file: Path) -> None:
    ids = pa.array(range(ROWS))
    table = pa.table(
        {
            "id": ids,
            "grp": pa.array([f"group {n % 50}" for n in range(ROWS)]),
            "amount": pa.array([n % 1000 for n in range(ROWS)], pa.int64()).cast(pa.decimal128(21, 2)),
            "ratio": pa.array([n * 0.37 for n in range(ROWS)]),
            "at": pa.array([1_700_000_000_000_000 + n * 1_000_000 for n in range(ROWS)], pa.timestamp("us")),
        }
    )
    pa.parquet.write_table(table, file)


def _bare(file: Path) -> Callable[[str], Awaitable[int]]:
    connection = duckdb.connect(":memory:", config={"threads": THREADS})
    connection.execute(f"CREATE VIEW facts AS SELECT * FROM read_parquet('{file}')")

    async def query(sql: str) -> int:
        return sum(batch.num_rows for batch in connection.sql(sql).to_arrow_reader(16_384))

    return query


async def _query(runner: DuckdbExecutor, sql: str) -> int:
    async with runner.execute(GuardedQuery(sql, ("main.facts",), ROWS, "all"), UNLIMITED) as execution:
        return sum([batch.num_rows async for batch in execution])


async def _rounds(
    bare: Callable[[], Awaitable[int]], worker: Callable[[], Awaitable[int]], seconds: float
) -> list[tuple[float, float]]:
    """Milliseconds of both in each round. Raises if they differ in rows."""
    if await bare() != await worker():
        raise RuntimeError("a worker's result has other rows")
    found = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        times = []
        for query in (bare, worker):
            begun = time.perf_counter()
            await query()
            times.append(1000 * (time.perf_counter() - begun))
            await asyncio.sleep(PAUSE_SECONDS)  # the next worker is forked meanwhile, as between people's questions
        found.append((times[0], times[1]))
    return found


def _small(times: list[tuple[float, float]]) -> list[Figure]:
    bare, worker = zip(*times, strict=True)
    over = [one - other for other, one in times]
    note = f"{len(times)} rounds"
    return [
        Figure(SUBJECT, "small query, in this process", "ms", median(bare), p95(bare), note=note),
        Figure(SUBJECT, "small query, warm worker", "ms", median(worker), p95(worker), note=note),
        Figure(SUBJECT, "overhead of a warm worker", "ms", median(over), p95(over), aim=OVERHEAD_AIM, aim_on="median"),
    ]


def _large(times: list[tuple[float, float]]) -> list[Figure]:
    bare, worker = zip(*times, strict=True)
    rate = ROWS / 1e6 / (median(worker) / 1000)
    ratio = median([other / one for other, one in times])
    baseline = "all rows, in this process"
    return [
        Figure(SUBJECT, baseline, "ms", median(bare), p95(bare), note=f"{ROWS:,} rows, 5 columns"),
        Figure(SUBJECT, "all rows, warm worker", "ms", median(worker), p95(worker), note=f"{len(times)} rounds"),
        Figure(SUBJECT, "rows a second from a worker", "M", rate, ratio=ratio, baseline=baseline),
    ]


async def _weight(workers: Workers) -> Figure:
    """PSS counts what forked processes share once in all; what this process shares with them counts in part."""
    async with asyncio.timeout(10):
        while len(workers.idle_pids) < 2:  # noqa: ASYNC110  other processes decide
            await asyncio.sleep(PAUSE_SECONDS)
    zygote = psutil.Process(workers.zygote_pid)
    sizes = [one.memory_full_info().pss / MIB for one in (zygote, *zygote.children())]
    name = "zygote and two warm workers"
    return Figure(SUBJECT, name, "MiB", sum(sizes), aim=MEMORY_AIM, aim_on="median", note="idle, PSS")
