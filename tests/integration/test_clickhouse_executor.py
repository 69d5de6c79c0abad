"""ClickHouse: types, limits, outcomes, and that leaving ends the query in the server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from clickhouse_connect.driver.client import Client

from services.integration.boundary.model import Limits
from services.integration.executors.clickhouse import ClickhouseExecutor
from services.integration.executors.clickhouse_connection import dial
from services.integration.executors.clickhouse_inspection import inspect
from services.integration.executors.clickhouse_reader import ClickhouseReader
from services.integration.executors.errors import (
    CredentialsRejected,
    DatabaseUnknown,
    QueryFailed,
    SourceError,
    TimedOut,
    TlsFailed,
    Unreachable,
)
from services.integration.executors.tls import Tls
from tests.builders.clickhouse import RunningClickHouse
from tests.builders.ports import free_port
from tests.integration.clickhouse import executor, running, target
from tests.integration.executors import fetched, rows

SLOW = "SELECT sum(cityHash64(number)) AS s FROM numbers(1000000000000)"
LONG = Limits(statement_timeout_ms=60_000)


@pytest.fixture(scope="module")
def server(clickhouse: RunningClickHouse) -> RunningClickHouse:
    return clickhouse


@pytest.fixture(scope="module")
def admin(server: RunningClickHouse) -> Iterator[Client]:
    client = server.client()
    yield client
    client.close()


@pytest.fixture
async def runner(server: RunningClickHouse) -> AsyncIterator[ClickhouseExecutor]:
    made = executor(server)
    yield made
    await made.end()


VALUES = {
    "toInt64(9223372036854775807)": (pa.int64(), 9223372036854775807),
    "toUInt64(18446744073709551615)": (pa.uint64(), 18446744073709551615),
    "toInt8(-128)": (pa.int64(), -128),
    "toUInt32(5)": (pa.int64(), 5),
    "toInt128('-170141183460469231731687303715884105727')": (
        pa.decimal256(76, 0),
        Decimal("-170141183460469231731687303715884105727"),
    ),
    "toUInt256('115792089237316195423570985008687907853269984665640564039457584007913129639935')": (
        pa.string(),
        "115792089237316195423570985008687907853269984665640564039457584007913129639935",
    ),
    "toDecimal32('-1.50', 2)": (pa.decimal128(38, 2), Decimal("-1.50")),
    "toDecimal256('12345678901234567890123456789012345678901.5', 1)": (
        pa.decimal256(76, 1),
        Decimal("12345678901234567890123456789012345678901.5"),
    ),
    "0.1::Float64 + 0.2::Float64": (pa.float64(), 0.30000000000000004),
    "1.5::BFloat16": (pa.float64(), 1.5),
    "toFloat32(-inf)": (pa.float64(), float("-inf")),
    "-inf": (pa.float64(), float("-inf")),
    "true": (pa.bool_(), True),
    "''": (pa.string(), ""),
    "'a\"b,\\n\\'c'": (pa.string(), "a\"b,\n'c"),
    "'Grüße 東京 🎉'": (pa.string(), "Grüße 東京 🎉"),
    "unhex('61FF62')": (pa.string(), "a\\xffb"),
    "toFixedString('abc', 5)": (pa.string(), "abc"),
    "toLowCardinality('x')": (pa.string(), "x"),
    "CAST('it\\'s', 'Enum8(\\'fine\\' = 1, \\'it\\\\\\'s\\' = -2)')": (pa.string(), "it's"),
    "toUUID('8b7e9d0e-5c0b-4f5e-9d6f-0d7c1c1a2b3c')": (pa.string(), "8b7e9d0e-5c0b-4f5e-9d6f-0d7c1c1a2b3c"),
    "toIPv4('10.1.2.3')": (pa.string(), "10.1.2.3"),
    "toIPv6('2001:db8::1')": (pa.string(), "2001:db8::1"),
    "toDate('2024-02-29')": (pa.date32(), date(2024, 2, 29)),
    "toDate32('1920-01-01')": (pa.date32(), date(1920, 1, 1)),
    "toDateTime('2025-07-01 12:00:00')": (pa.timestamp("us", tz="UTC"), datetime(2025, 7, 1, 12, tzinfo=UTC)),
    "toDateTime('2025-07-01 12:00:00', 'Asia/Tokyo')": (
        pa.timestamp("us", tz="UTC"),
        datetime(2025, 7, 1, 3, tzinfo=UTC),
    ),
    "toDateTime64('2025-07-01 12:00:00.000004999', 9, 'Asia/Tokyo')": (
        pa.timestamp("us", tz="UTC"),
        datetime(2025, 7, 1, 3, 0, 0, 4, tzinfo=UTC),
    ),
    "toTime('13:14:15')": (pa.time64("us"), time_of_day(13, 14, 15)),
    "['x', 'y z']": (pa.string(), '["x", "y z"]'),
    "[unhex('61FF'), NULL]": (pa.string(), '["a\\\\xff", null]'),
    "map('ä', 1)": (pa.string(), '{"ä": 1}'),
    "'{\"a\":[1,null]}'::JSON": (pa.string(), '{"a":[1,null]}'),
    "NULL": (pa.string(), None),
}


@pytest.mark.parametrize("expression", VALUES)
async def test_values_keep_their_type(runner: ClickhouseExecutor, expression: str) -> None:
    kind, value = VALUES[expression]
    (batch,), _ = await fetched(runner, f"SELECT {expression} AS v, CAST(NULL AS Nullable(String)) AS nothing")
    assert (batch.schema.field("v").type, batch.to_pylist()) == (kind, [{"v": value, "nothing": None}])


@pytest.mark.parametrize(
    "kind", ["Int64", "Decimal(12,2)", "String", "Date", "DateTime", "Bool", "Float64", "UUID", "Enum8('a' = 1)"]
)
async def test_nulls_and_no_rows_keep_the_type(runner: ClickhouseExecutor, kind: str) -> None:
    value = f"CAST(NULL AS Nullable({kind}))"
    (typed,), _ = await fetched(runner, f"SELECT {value} AS v FROM numbers(2)")
    (empty,), execution = await fetched(runner, f"SELECT {value} AS v WHERE 0")
    assert typed.to_pylist() == [{"v": None}, {"v": None}]
    assert (empty.num_rows, empty.schema, execution.row_count) == (0, typed.schema, 0)


NOTHING = {
    "SELECT max(number) AS v FROM numbers(0)": [None],
    "SELECT sum(a) AS v FROM (SELECT max(number) AS a, 1 AS g FROM numbers(0)) AS t GROUP BY g": [None],
    "SELECT sumIf(number, number > 5) AS v FROM numbers(2) GROUP BY number % 1": [None],
    "SELECT sum(number) FILTER (WHERE number > 5) AS v FROM numbers(2) GROUP BY number % 1": [None],
    "SELECT sum(number) OVER (ORDER BY number ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING) AS v FROM numbers(2)": [
        None,
        0,
    ],
    "SELECT sum(number) AS v FROM numbers(3) GROUP BY number % 1": [3],
    "SELECT count() AS v FROM numbers(0)": [0],
}


@pytest.mark.parametrize("sql", NOTHING)
async def test_the_sum_of_nothing_is_null(runner: ClickhouseExecutor, sql: str) -> None:
    assert [row["v"] for row in await rows(runner, sql)] == NOTHING[sql]


async def test_what_isnt_there_is_null_and_times_are_utc(runner: ClickhouseExecutor) -> None:
    found = await rows(
        runner,
        "SELECT r.v AS missing, (SELECT sum(number) FROM numbers(0)) AS nothing, toHour(toDateTime(0)) AS hour "
        "FROM (SELECT 1 AS k) AS l LEFT JOIN (SELECT 2 AS k, 7 AS v) AS r ON l.k = r.k",
    )
    assert found == [{"missing": None, "nothing": None, "hour": 0}]


FAILURES = {
    "SELECT intDiv(1, number) FROM numbers(1)": "153",
    "SELECT toInt32('canary-4711')": "6",
    "SELECT (SELECT number FROM numbers(2))": "125",
    "SELECT nothing FROM gone": "497",
    "SELECT nothing FROM numbers(1)": "47",
    "SELEC 'canary-4711'": "62",
    "SELECT throwIf(number = 3000000, 'canary-4711') FROM numbers(10000000)": "395",
}


@pytest.mark.parametrize("sql", FAILURES)
async def test_failures_have_their_code_and_none_of_the_data(runner: ClickhouseExecutor, sql: str) -> None:
    with pytest.raises(QueryFailed) as failed:
        await fetched(runner, sql, max_rows=10**9)
    assert failed.value.sqlstate == FAILURES[sql]
    assert "canary" not in failed.value.text
    assert failed.value.__cause__ is None
    assert await rows(runner, "SELECT 1 AS one") == [{"one": 1}]


@pytest.mark.parametrize("statement", ["INSERT INTO {}.t VALUES (2)", "DROP TABLE {}.t", "CREATE TABLE {}.u (a Int8)"])
async def test_what_writes_is_refused(server: RunningClickHouse, admin: Client, statement: str) -> None:
    """Without the guard."""
    with server.database() as name:
        admin.command(f"CREATE TABLE {name}.t (a Int8) ENGINE = MergeTree ORDER BY a")
        admin.command(f"INSERT INTO {name}.t VALUES (1)")
        runner = executor(server, name)
        with pytest.raises(SourceError):
            await fetched(runner, statement.format(name))
        assert await rows(runner, f"SELECT count() AS n FROM {name}.t") == [{"n": 1}]
        await runner.end()


async def test_clients_are_used_again_and_closed_when_idle(runner: ClickhouseExecutor) -> None:
    await rows(runner, "SELECT 1 AS one")
    assert not runner.idle
    await runner.close_idle(0)
    assert runner.idle


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
async def test_connecting_fails_in_kinds(
    server: RunningClickHouse, changes: dict[str, Any], kind: type[Exception]
) -> None:
    with pytest.raises(kind) as failed:
        await dial(target(server, **changes), 30.0)
    assert "canary" not in str(failed.value)


async def test_preferring_tls_takes_what_the_server_has(server: RunningClickHouse) -> None:
    connection = await dial(target(server, tls=Tls.PREFER), 30.0)
    assert await connection.rows("SELECT 1", timeout_ms=60_000) == [(1,)]
    await connection.close(timeout=1)


async def test_nobody_listening_and_somebody_silent_are_unreachable(server: RunningClickHouse) -> None:
    with pytest.raises(Unreachable):
        await dial(target(server, port=free_port()), 30.0)
    silent = await asyncio.start_server(lambda _r, _w: asyncio.sleep(0), "127.0.0.1", 0)
    async with silent:
        with pytest.raises(Unreachable):
            await dial(target(server, port=silent.sockets[0].getsockname()[1]), 0.3)


@asynccontextmanager
async def answering(answer: bytes, heard: list[bytes]) -> AsyncIterator[int]:
    """A port at which every request gets this answer; `heard` is what was asked."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(answer)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as other:
        yield other.sockets[0].getsockname()[1]


async def test_a_redirect_leads_nowhere(server: RunningClickHouse) -> None:
    asked: list[bytes] = []
    elsewhere: list[bytes] = []
    async with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", elsewhere) as other:
        moved = f"HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:{other}/\r\nContent-Length: 0\r\n\r\n"
        async with answering(moved.encode(), asked) as port:
            with pytest.raises(Unreachable):
                await dial(target(server, port=port), 30.0)
    assert (len(asked), elsewhere) == (1, [])


async def test_the_environments_proxy_isnt_used(server: RunningClickHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[bytes] = []
    async with answering(b"HTTP/1.1 502 Bad\r\nContent-Length: 0\r\n\r\n", heard) as port:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
        connection = await dial(target(server, host="store.example.test"), 30.0)
        await connection.close(timeout=1)
    assert heard == []


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<html>hi</html>",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nreadonly\t0\n",
        b"HTTP/1.1 500 Oops\r\nContent-Length: 99999999999\r\n\r\nsecret",
    ],
)
async def test_something_else_that_listens_is_unreachable(server: RunningClickHouse, answer: bytes) -> None:
    async with answering(answer, []) as port:
        with pytest.raises(Unreachable) as failed:
            await dial(target(server, port=port), 2.0)
    assert "secret" not in str(failed.value)


async def test_an_account_that_may_more_than_read_is_warned_of(server: RunningClickHouse) -> None:
    connection = await dial(target(server), 30.0)
    version, warnings = await inspect(connection)
    await connection.close(timeout=1)
    assert version.startswith("ClickHouse 2")
    assert "may write" in warnings[0]


async def test_the_catalogs_reader_goes_on_after_a_failure_and_ends_what_it_left(
    server: RunningClickHouse, admin: Client
) -> None:
    reader = ClickhouseReader(await dial(target(server), 30.0))
    sql = "SELECT number, toDate('2024-02-29'), CAST('a' AS Enum8('a' = 1)) FROM numbers(2)"
    assert await reader.rows(sql, timeout_seconds=60) == [(0, date(2024, 2, 29), "a"), (1, date(2024, 2, 29), "a")]
    assert await reader.rows("SELECT 1 WHERE 0", timeout_seconds=60) == []
    with pytest.raises(QueryFailed):
        await reader.rows("SELECT nothing FROM numbers(1)", timeout_seconds=60)
    with pytest.raises(TimedOut):
        await reader.rows(SLOW, timeout_seconds=0.2)
    assert await reader.rows("SELECT 1", timeout_seconds=60) == [(1,)]
    left = asyncio.create_task(reader.rows(SLOW, timeout_seconds=30))
    await until(lambda: running(admin) == 1)
    left.cancel()
    await asyncio.wait([left])
    await reader.close()
    await until(lambda: running(admin) == 0)


async def drained(execution: Any) -> None:
    async for _ in execution:
        pass


async def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Looks until it is so: before what runs would end by itself, and however busy the machine is."""
    async with asyncio.timeout(seconds):
        while not await asyncio.to_thread(condition):  # noqa: ASYNC110  another process decides
            await asyncio.sleep(0.02)
