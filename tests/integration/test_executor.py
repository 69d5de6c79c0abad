"""What every executor must hold: types, limits, outcomes, and that leaving ends the query in the source."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from services.integration.boundary.model import Limits
from services.integration.executors.errors import (
    CredentialsRejected,
    DatabaseUnknown,
    QueryFailed,
    SourceRemoved,
    TimedOut,
    TlsFailed,
    TooLarge,
    Unreachable,
)
from services.integration.executors.port import BATCH_BYTES
from services.integration.executors.postgres import PostgresExecutor
from services.integration.executors.postgres_connection import dial
from services.integration.executors.tls import Tls
from tests.builders.ports import free_port
from tests.builders.postgres import Database, PostgresCluster
from tests.integration.executors import active, executor, fetched, guarded, rows, target


@pytest.fixture(scope="module")
def database(postgres: PostgresCluster) -> Iterator[Database]:
    made = postgres.empty_database("executor")
    made.run(
        "CREATE TYPE mood AS ENUM ('fine', 'sad'); CREATE DOMAIN price AS numeric(8,2);"
        "CREATE SEQUENCE numbers; CREATE TABLE written (id int);"
        "CREATE FUNCTION writes() RETURNS int LANGUAGE sql AS 'INSERT INTO public.written VALUES (1) RETURNING 1'"
    )
    yield made
    postgres.drop(made)


@pytest.fixture
async def runner(database: Database) -> AsyncIterator[PostgresExecutor]:
    made = executor(database)
    yield made
    await made.end()


VALUES = {
    "9223372036854775807::int8": (pa.int64(), 9223372036854775807),
    "(-32768)::int2": (pa.int64(), -32768),
    "1.50::numeric(10,2)": (pa.decimal128(38, 2), Decimal("1.50")),
    "-0.000000000000000001::numeric": (pa.decimal128(38, 18), Decimal("-1E-18")),
    "12345678901234567890123456789012345678901.5": (
        pa.decimal256(76, 1),
        Decimal("12345678901234567890123456789012345678901.5"),
    ),
    "repeat('9', 90)::numeric": (pa.string(), "9" * 90),
    "'NaN'::numeric": (pa.string(), "NaN"),
    "3.5::public.price": (pa.decimal128(38, 2), Decimal("3.50")),
    "0.1::float8 + 0.2::float8": (pa.float64(), 0.30000000000000004),
    "'-Infinity'::float8": (pa.float64(), float("-inf")),
    "true": (pa.bool_(), True),
    "''::text": (pa.string(), ""),
    "'a\"b,\nc'::text": (pa.string(), 'a"b,\nc'),
    "'\\.'::text": (pa.string(), "\\."),
    "'Grüße 東京 🎉'::varchar": (pa.string(), "Grüße 東京 🎉"),
    "'fine'::public.mood": (pa.string(), "fine"),
    "date '2024-02-29'": (pa.date32(), date(2024, 2, 29)),
    "'infinity'::date": (pa.string(), "infinity"),
    "date '0044-03-15 BC'": (pa.string(), "0044-03-15 BC"),
    "time '13:14:15.5'": (pa.time64("us"), time_of_day(13, 14, 15, 500000)),
    "timestamp '2025-01-01 01:02:03.000004'": (pa.timestamp("us"), datetime(2025, 1, 1, 1, 2, 3, 4)),
    "timestamptz '2025-07-01 12:00+02'": (pa.timestamp("us", tz="UTC"), datetime(2025, 7, 1, 10, 0, tzinfo=UTC)),
    "'8b7e9d0e-5c0b-4f5e-9d6f-0d7c1c1a2b3c'::uuid": (pa.string(), "8b7e9d0e-5c0b-4f5e-9d6f-0d7c1c1a2b3c"),
    "'{\"a\": [1, null]}'::jsonb": (pa.string(), '{"a": [1, null]}'),
    "ARRAY['x', NULL, 'y z']": (pa.string(), '{x,NULL,"y z"}'),
    "'\\x00ff'::bytea": (pa.string(), "\\x00ff"),
    "interval '1 day 2 hours'": (pa.string(), "1 day 02:00:00"),
}


@pytest.mark.parametrize("expression", VALUES)
async def test_values_keep_their_type(runner: PostgresExecutor, expression: str) -> None:
    kind, value = VALUES[expression]
    (batch,), _ = await fetched(runner, f"SELECT {expression} AS v, NULL::text AS nothing")
    assert (batch.schema.field("v").type, batch.to_pylist()) == (kind, [{"v": value, "nothing": None}])


@pytest.mark.parametrize("kind", ["int8", "numeric", "text", "date", "timestamptz", "bool", "float8", "uuid"])
async def test_nulls_and_no_rows_keep_the_type(runner: PostgresExecutor, kind: str) -> None:
    (typed,), _ = await fetched(runner, f"SELECT v FROM (VALUES (NULL::{kind}), (NULL)) t(v)")
    (empty,), execution = await fetched(runner, f"SELECT NULL::{kind} AS v WHERE false")
    assert typed.to_pylist() == [{"v": None}, {"v": None}]
    assert (empty.num_rows, empty.schema, execution.row_count) == (0, typed.schema, 0)


async def test_decimals_of_one_column_share_the_largest_scale(runner: PostgresExecutor) -> None:
    found = await rows(runner, "SELECT v FROM (VALUES (1::numeric), (2.5), (3.125)) t(v)")
    assert [str(row["v"]) for row in found] == ["1.000", "2.500", "3.125"]


async def test_columns_of_one_name_both_come(runner: PostgresExecutor) -> None:
    (batch,), _ = await fetched(runner, "SELECT 1 AS a, 2 AS a")
    assert [column.to_pylist() for column in batch.columns] == [[1], [2]]


async def test_rows_are_cut_at_the_wanted_number_and_it_is_said(runner: PostgresExecutor) -> None:
    batches, execution = await fetched(runner, "SELECT g FROM generate_series(1, 11) g", max_rows=10)
    assert sum(batch.num_rows for batch in batches) == execution.row_count == 10
    assert execution.truncated
    _, execution = await fetched(runner, "SELECT g FROM generate_series(1, 10) g", max_rows=10)
    assert not execution.truncated


async def test_large_results_come_in_small_batches_of_one_schema(runner: PostgresExecutor) -> None:
    sql = "SELECT g, repeat('x', 1000) AS t, g * 0.5 AS n FROM generate_series(1, 20000) g"
    batches, execution = await fetched(runner, sql, max_rows=100_000)
    assert len(batches) > 15
    assert max(batch.nbytes for batch in batches) <= BATCH_BYTES
    assert {batch.schema for batch in batches} == {batches[0].schema}
    assert [value for batch in batches for value in batch["g"].to_pylist()] == list(range(1, 20001))
    assert execution.row_count == 20000


async def test_a_result_over_the_bytes_is_too_large(runner: PostgresExecutor, database: Database) -> None:
    sql = "SELECT repeat('x', 1000) AS t FROM generate_series(1, 1000000)"
    with pytest.raises(TooLarge):
        await fetched(runner, sql, Limits(max_bytes=1_000_000))
    assert await rows(runner, "SELECT 1 AS one") == [{"one": 1}]


async def test_one_row_too_large_for_a_message_is_too_large(runner: PostgresExecutor) -> None:
    with pytest.raises(TooLarge):
        await fetched(runner, "SELECT repeat('x', 4000000) AS t")


FAILURES = {
    "SELECT 1 / (random() * 0)::int": "22012",
    "SELECT 'canary-4711'::text::int": "22P02",
    "SELECT (9223372036854775807 + g)::int8 FROM generate_series(1, 2) g": "22003",
    "SELECT (SELECT g FROM generate_series(1, 2) g)": "21000",
    "SELECT nothing FROM public.gone": "42P01",
    "INSERT INTO public.gone VALUES (1)": "42P01",
    "SELEC": "42601",
}


@pytest.mark.parametrize("sql", FAILURES)
async def test_failures_have_their_code_and_none_of_the_data(runner: PostgresExecutor, sql: str) -> None:
    with pytest.raises(QueryFailed) as failed:
        await fetched(runner, sql)
    assert failed.value.sqlstate == FAILURES[sql]
    assert "canary" not in failed.value.text
    assert failed.value.__cause__ is None
    assert await rows(runner, "SELECT 1 AS one") == [{"one": 1}]


@pytest.mark.parametrize("sql", ["SELECT nextval('public.numbers')", "SELECT public.writes()"])
async def test_what_writes_is_refused_by_the_transaction(
    runner: PostgresExecutor, database: Database, sql: str
) -> None:
    """Without the guard, and as a superuser."""
    with pytest.raises(QueryFailed) as failed:
        await fetched(runner, sql)
    assert failed.value.sqlstate == "25006"
    assert database.run("SELECT count(*) FROM public.written") == ["0"]


async def test_what_the_guard_read_means_the_same_in_the_source(postgres: PostgresCluster) -> None:
    """Defaults that a tenant gave the role or the database can't change how a guarded text is read."""
    database = postgres.empty_database("defaults")
    database.run(
        "CREATE FUNCTION public.lower(text) RETURNS text LANGUAGE sql AS $$ SELECT 'shadowed' $$;"
        f"ALTER DATABASE {database.name} SET standard_conforming_strings = off;"
        f"ALTER DATABASE {database.name} SET search_path = public, pg_catalog;"
        f"ALTER DATABASE {database.name} SET timezone = 'Asia/Tokyo';"
        f"ALTER DATABASE {database.name} SET datestyle = 'German';"
        f"ALTER DATABASE {database.name} SET transform_null_equals = on;"
    )
    runner = executor(database)
    found = await rows(
        runner,
        r"SELECT '\' AS a, lower('X') AS b, date '2025-03-01' AS c, '2025-03-01 00:00'::timestamptz AS d, "
        "count(*) AS e FROM (VALUES (NULL::int)) t(v) WHERE v = NULL",
    )
    await runner.end()
    assert found == [{"a": "\\", "b": "x", "c": date(2025, 3, 1), "d": datetime(2025, 3, 1, tzinfo=UTC), "e": 0}]
    postgres.drop(database)


async def test_a_slow_query_times_out(runner: PostgresExecutor) -> None:
    started = time.monotonic()
    with pytest.raises(TimedOut):
        await fetched(runner, "SELECT pg_sleep(30)", Limits(statement_timeout_ms=300))
    assert time.monotonic() - started < 20  # and not after its 30 seconds


async def test_leaving_ends_the_query_in_the_source(runner: PostgresExecutor, database: Database) -> None:
    async with runner.execute(guarded("SELECT pg_sleep(30)"), Limits(statement_timeout_ms=60_000)):
        await _until(lambda: _running(database) == 1)
    await _until(lambda: _running(database) == 0)


async def test_leaving_in_the_middle_of_rows_ends_the_query(runner: PostgresExecutor, database: Database) -> None:
    sql = "SELECT g, repeat('x', 500) FROM generate_series(1, 100000000) g"
    limits = Limits(statement_timeout_ms=60_000, max_bytes=10**12)
    async with runner.execute(guarded(sql, 10**9), limits) as execution:
        async for batch in execution:
            assert batch.num_rows
            break
    await _until(lambda: _running(database) == 0)


async def test_fifty_cancelled_queries_leave_nothing(database: Database) -> None:
    runner = executor(database)

    async def query(delay: float) -> None:
        async with runner.execute(guarded("SELECT pg_sleep(30)"), Limits(statement_timeout_ms=60_000)) as execution:
            await asyncio.wait_for(_drained(execution), delay)

    outcomes = await asyncio.gather(*(query(0.01 + n * 0.01) for n in range(50)), return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {TimeoutError}
    await _until(lambda: _running(database) == 0)
    await runner.end()
    await _until(lambda: active(database) == 0)


async def test_ending_the_executor_ends_its_queries(database: Database) -> None:
    runner = executor(database)
    async with runner.execute(guarded("SELECT pg_sleep(30)"), Limits(statement_timeout_ms=60_000)) as execution:
        await _until(lambda: _running(database) == 1)
        await runner.end()
        with pytest.raises(SourceRemoved):
            await _drained(execution)
    await _until(lambda: active(database) == 0)


async def test_connections_are_used_again_and_closed_when_idle(runner: PostgresExecutor, database: Database) -> None:
    first = await rows(runner, "SELECT pg_backend_pid() AS pid")
    assert await rows(runner, "SELECT pg_backend_pid() AS pid") == first
    assert not runner.idle
    await runner.close_idle(0)
    assert runner.idle
    await _until(lambda: active(database) == 0)


async def test_a_connection_that_died_while_idle_is_replaced(runner: PostgresExecutor, database: Database) -> None:
    await rows(runner, "SELECT 1 AS one")
    database.run(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        f"WHERE datname = '{database.name}' AND application_name = 'infinure'"
    )
    assert await rows(runner, "SELECT 1 AS one") == [{"one": 1}]


async def test_a_source_that_goes_away_is_unreachable(runner: PostgresExecutor, database: Database) -> None:
    async with runner.execute(guarded("SELECT pg_sleep(30)"), Limits(statement_timeout_ms=60_000)) as execution:
        await _until(lambda: _running(database) == 1)
        database.run(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            f"WHERE datname = '{database.name}' AND application_name = 'infinure'"
        )
        with pytest.raises(Unreachable):
            await _drained(execution)


async def test_a_role_that_may_not_set_config_can_ask(postgres: PostgresCluster) -> None:
    database = postgres.empty_database("strict")
    database.run(
        "REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC;"
        "DROP ROLE IF EXISTS strict_reader; CREATE ROLE strict_reader LOGIN PASSWORD 'reader';"
        "CREATE TYPE colour AS ENUM ('red'); CREATE TABLE things (c colour, tags text[], pair point);"
        "INSERT INTO things VALUES ('red', ARRAY['a'], '(1,2)'); GRANT SELECT ON things TO strict_reader"
    )
    runner = executor(database, username="strict_reader", password="reader")
    found = await rows(runner, "SELECT c, tags, pair FROM public.things")
    await runner.end()
    assert found == [{"c": "red", "tags": "{a}", "pair": "(1,2)"}]
    postgres.drop(database)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"password": "canary-4711"}, CredentialsRejected),
        ({"username": "nobody_here"}, CredentialsRejected),
        ({"database": "no_such_database"}, DatabaseUnknown),
        ({"tls": Tls.REQUIRE}, TlsFailed),
        ({"tls": Tls.VERIFY_FULL}, TlsFailed),
    ],
)
async def test_connecting_fails_in_kinds(database: Database, changes: dict[str, Any], kind: type[Exception]) -> None:
    with pytest.raises(kind) as failed:
        await dial(target(database, **changes), 30.0)
    assert "canary" not in str(failed.value)


async def test_preferring_tls_takes_what_the_server_has(database: Database) -> None:
    connection = await dial(target(database, tls=Tls.PREFER), 30.0)
    assert await connection.fetchval("SELECT 1") == 1
    await connection.close()


async def test_nobody_listening_and_somebody_silent_are_unreachable(database: Database) -> None:
    with pytest.raises(Unreachable):
        await dial(target(database, port=free_port()), 30.0)
    silent = await asyncio.start_server(lambda _r, _w: asyncio.sleep(0), "127.0.0.1", 0)
    async with silent:
        with pytest.raises(Unreachable):
            await dial(target(database, port=silent.sockets[0].getsockname()[1]), 0.3)


async def test_something_else_that_listens_is_unreachable(database: Database) -> None:
    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as other:
        with pytest.raises(Unreachable):
            await dial(target(database, port=other.sockets[0].getsockname()[1]), 2.0)


async def _drained(execution: Any) -> None:
    async for _ in execution:
        pass


def _running(database: Database) -> int:
    (found,) = database.run(
        f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database.name}' AND state = 'active' "
        "AND application_name = 'infinure'"
    )
    return int(found)


async def _until(condition: Any, seconds: float = 20.0) -> None:
    """Looks until it is so: before what runs would end by itself, and however busy the machine is."""
    async with asyncio.timeout(seconds):
        while not await asyncio.to_thread(condition):  # noqa: ASYNC110  another process decides
            await asyncio.sleep(0.02)
