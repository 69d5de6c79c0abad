"""Results on their way in: PostgreSQL against bare ADBC, and figures of the warehouse through the boundary."""

import time
from collections.abc import Awaitable, Callable

import adbc_driver_postgresql.dbapi as adbc
import clickhouse_connect

from benchmarks.figures import Aim, Figure, median
from services.integration.boundary.guard import guard
from services.integration.boundary.model import ColumnType, GuardedQuery, Limits, Relation, Scope
from services.integration.executors.clickhouse import ClickhouseExecutor
from services.integration.executors.clickhouse_connection import ClickhouseConnection, ClickhouseTarget
from services.integration.executors.clickhouse_connection import dial as dial_clickhouse
from services.integration.executors.port import Executor
from services.integration.executors.tls import Tls
from tests.builders.clickhouse import USER, RunningClickHouse, running_clickhouse
from tests.builders.postgres import running_postgres
from tests.integration.executors import executor

SUBJECT = "sources"
ROWS, COUNTED, ROUNDS = 1_000_000, 10_000_000, 5
UNLIMITED = Limits(max_rows=ROWS, statement_timeout_ms=120_000, max_bytes=1 << 32)
FACTS = f"""
CREATE TABLE facts AS SELECT g AS id, date '2020-01-01' + g % 1500 AS day, (g % 1000000)::float8 / 7 AS amount,
       'place ' || g % 50 AS place, g % 3 = 0 AS paid FROM generate_series(1, {ROWS}) g; ANALYZE
"""
ALL = "SELECT id, day, amount, place, paid FROM facts"
FILL = (
    "CREATE TABLE counted (id Int64, day Date, place String, amount Float64) ENGINE = MergeTree ORDER BY id",
    f"INSERT INTO counted SELECT number, toDate('2024-01-01') + number % 700, toString(number % 50), "
    f"sipHash64(number) % 100000 / 100 FROM numbers({COUNTED})",
)
FIGURES = (
    "SELECT place, dateTrunc('month', day) AS month, count(*) AS n, sum(amount) AS total FROM counted "
    "GROUP BY place, month"
)


async def measure() -> list[Figure]:
    """Both read the same rows in turn, in this process."""
    return [await _postgres(), await _warehouse()]


async def _postgres() -> Figure:
    with running_postgres() as cluster:
        database = cluster.empty_database("bench")
        database.run(FACTS)
        ours = executor(database)
        try:
            with adbc.connect(database.superuser_url) as connection, connection.cursor() as cursor:

                async def bare() -> int:
                    cursor.execute(ALL.replace("facts", "public.facts"))
                    return int(cursor.fetch_arrow_table().num_rows)

                async def through() -> int:
                    return await _read(ours, GuardedQuery(ALL.replace("facts", "public.facts"), (), ROWS, ""))

                ratios, seconds = await _rounds(bare, through)
        finally:
            await ours.end()
    name = f"{ROWS:,} rows of PostgreSQL into Arrow, time to bare ADBC's"
    note = f"{ROWS / seconds:,.0f} rows/s"
    return Figure(SUBJECT, name, "x", median(ratios), aim=Aim(1.3), aim_on="median", note=note)


async def _warehouse() -> Figure:
    with running_clickhouse() as server, server.database("bench") as name, server.client(database=name) as client:
        for statement in FILL:
            client.command(statement)
        ours = ClickhouseExecutor(lambda: _dialled(server, name))
        bare_client = await clickhouse_connect.get_async_client(
            host="127.0.0.1", port=server.port, username=USER, password=server.password, database=name, compress=False
        )
        scope = _scope(name)
        try:

            async def bare() -> int:
                return int((await bare_client.query_arrow(FIGURES)).num_rows)

            async def through() -> int:
                return await _read(ours, guard(FIGURES, scope, UNLIMITED))

            ratios, seconds = await _rounds(bare, through)
        finally:
            await ours.end()
            await bare_client.close()
    title = f"figures over {COUNTED:,} rows through the boundary, time to a bare client's"
    return Figure(SUBJECT, title, "x", median(ratios), aim=Aim(1.1), aim_on="median", note=f"{seconds * 1000:,.0f} ms")


def _scope(database: str) -> Scope:
    columns = (("id", "Int64"), ("day", "Date"), ("place", "String"), ("amount", "Float64"))
    relation = Relation(database, "counted", tuple(ColumnType(*column) for column in columns))
    return Scope(dialect="clickhouse", relations=(relation,), policy_version="all", search_path=(database,))


async def _dialled(server: RunningClickHouse, database: str) -> ClickhouseConnection:
    target = ClickhouseTarget("localhost", "127.0.0.1", server.port, database, USER, server.password, Tls.DISABLE)
    return await dial_clickhouse(target, 5.0)


async def _read(runner: Executor, query: GuardedQuery) -> int:
    async with runner.execute(query, UNLIMITED) as execution:
        return sum([batch.num_rows async for batch in execution])


async def _rounds(
    bare: Callable[[], Awaitable[int]], through: Callable[[], Awaitable[int]]
) -> tuple[list[float], float]:
    """Our seconds by the bare ones, round by round; and the median of ours. Raises if they differ in rows."""
    if await bare() != await through():
        raise RuntimeError("the two differ in rows")
    both = []
    for _ in range(ROUNDS):
        taken = []
        for read in (bare, through):
            begun = time.perf_counter()
            await read()
            taken.append(time.perf_counter() - begun)
        both.append(taken)
    return [ours / theirs for theirs, ours in both], median([ours for _, ours in both])
